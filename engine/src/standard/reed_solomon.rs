//! Error correction codewords (ISO/IEC 18004:2015, 7.5.2 and annex A).

use std::sync::OnceLock;

use super::galois::{EXP, multiply};

/// Most error correction codewords that a block has.
pub(crate) const MAX_CORRECTION: usize = 30;

/// Division by the generator polynomial of one degree.
#[derive(Debug)]
pub(crate) struct Divider {
    /// The generator polynomial times each element of the field, without its leading term:
    /// coefficient `i` is byte `i % 8` of word `i / 8`, highest power first.
    multiples: Box<[[u64; 4]; 256]>,
}

impl Divider {
    /// The divider for blocks of that many error correction codewords, at most
    /// [`MAX_CORRECTION`], built when first asked for.
    pub(crate) fn of_degree(degree: usize) -> &'static Self {
        static DIVIDERS: [OnceLock<Divider>; MAX_CORRECTION + 1] =
            [const { OnceLock::new() }; MAX_CORRECTION + 1];
        DIVIDERS[degree].get_or_init(|| {
            let generator = generator(degree);
            let mut multiples = Box::new([[0; 4]; 256]);
            for (factor, multiple) in (0..=u8::MAX).zip(multiples.iter_mut()) {
                *multiple = words(generator.map(|coefficient| multiply(coefficient, factor)));
            }
            Self { multiples }
        })
    }

    /// The error correction codewords of a block, then zeros.
    pub(crate) fn remainder(&self, data: &[u8]) -> [u8; 32] {
        let mut remainder = [0u64; 4];
        for &codeword in data {
            let [a, b, c, d] = remainder;
            let multiple = &self.multiples[usize::from(a.to_le_bytes()[0] ^ codeword)];
            remainder = [
                (a >> 8 | b << 56) ^ multiple[0],
                (b >> 8 | c << 56) ^ multiple[1],
                (c >> 8 | d << 56) ^ multiple[2],
                (d >> 8) ^ multiple[3],
            ];
        }
        let mut bytes = [0; 32];
        for (chunk, word) in bytes.chunks_exact_mut(8).zip(remainder) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }
}

fn words(bytes: [u8; 32]) -> [u64; 4] {
    std::array::from_fn(|w| u64::from_le_bytes(std::array::from_fn(|i| bytes[8 * w + i])))
}

/// The coefficients of (x - α⁰)(x - α¹) … without the leading 1, highest power first, then zeros.
fn generator(degree: usize) -> [u8; 32] {
    let mut coefficients = [0; 32];
    coefficients[degree - 1] = 1;
    for &root in &EXP[..degree] {
        for i in 0..degree {
            let next = if i + 1 < degree {
                coefficients[i + 1]
            } else {
                0
            };
            coefficients[i] = multiply(coefficients[i], root) ^ next;
        }
    }
    coefficients
}
