//! Error correction codewords (ISO/IEC 18004:2015, 7.5.2 and annex A).

use std::sync::OnceLock;

use super::galois::{EXP, multiply};
use crate::simd::{Lanes, Simd};

/// Most error correction codewords that a block has.
pub(crate) const MAX_CORRECTION: usize = 30;

/// Most data codewords that a block has.
pub(crate) const MAX_DATA: usize = 123;

/// A polynomial of less than 32 terms, highest power first, four coefficients a word.
type Polynomial = [u32; 8];

/// Division by the generator polynomial of one degree.
#[derive(Debug)]
pub(crate) struct Divider {
    /// The remainders of xⁿ, xⁿ⁺¹, … for the degree n: what the last data codeword of a block counts
    /// for, the last but one, and so on. The low half of each coefficient, and the high half.
    powers: Box<[[Polynomial; 2]; MAX_DATA]>,
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
            for factor in 1..=u8::MAX {
                // A sum of two, one of them known, or a power of α.
                let lowest = factor & factor.wrapping_neg();
                let [a, b] = [factor ^ lowest, lowest].map(|part| multiples[usize::from(part)]);
                multiples[usize::from(factor)] = if factor == lowest {
                    words(generator.map(|coefficient| multiply(coefficient, factor)))
                } else {
                    std::array::from_fn(|i| a[i] ^ b[i])
                };
            }
            let mut divider = Self {
                powers: Box::new([[[0; 8]; 2]; MAX_DATA]),
                multiples,
            };
            let mut remainder = divider.step([0; 4], 1);
            for index in 0..MAX_DATA {
                divider.powers[index] = [0, 4].map(|shift| {
                    std::array::from_fn(|i| halves(remainder[i / 2] >> (32 * (i % 2)) >> shift))
                });
                remainder = divider.step(remainder, 0);
            }
            divider
        })
    }

    /// The error correction codewords of a block of [`MAX_DATA`] codewords at most, then zeros.
    #[inline(always)]
    pub(crate) fn remainder_by<S: Simd>(&self, simd: S, data: &[u8]) -> [u8; 32] {
        if !S::LOOKS_UP {
            return self.remainder(data);
        }
        let mut sum = simd.splat(0);
        for (codeword, [low, high]) in data.iter().rev().zip(&*self.powers) {
            let [of_low, of_high] = &PRODUCTS[usize::from(*codeword)];
            let low = simd.load_twice(of_low).look_up(simd.load(low));
            let high = simd.load_twice(of_high).look_up(simd.load(high));
            sum = sum ^ low ^ high;
        }
        let mut bytes = [0; 32];
        for (chunk, word) in bytes.chunks_exact_mut(4).zip(sum.words()) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// The error correction codewords of a block, then zeros.
    #[inline]
    pub(crate) fn remainder(&self, data: &[u8]) -> [u8; 32] {
        let mut remainder = [0; 4];
        for &codeword in data {
            remainder = self.step(remainder, codeword);
        }
        let mut bytes = [0; 32];
        for (chunk, word) in bytes.chunks_exact_mut(8).zip(remainder) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// The remainder with one codeword more.
    #[inline(always)]
    fn step(&self, [a, b, c, d]: [u64; 4], codeword: u8) -> [u64; 4] {
        let multiple = &self.multiples[usize::from(a.to_le_bytes()[0] ^ codeword)];
        [
            (a >> 8 | b << 56) ^ multiple[0],
            (b >> 8 | c << 56) ^ multiple[1],
            (c >> 8 | d << 56) ^ multiple[2],
            (d >> 8) ^ multiple[3],
        ]
    }
}

/// The low half of each of four bytes.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the low half of the word is wanted"
)]
const fn halves(word: u64) -> u32 {
    word as u32 & 0x0F0F_0F0F
}

/// For each element of the field its products with 0, 1, … 15 and with 0, 16, … 240, four a word.
static PRODUCTS: [[[u32; 4]; 2]; 256] = all_products();

const fn all_products() -> [[[u32; 4]; 2]; 256] {
    let mut products = [[[0; 4]; 2]; 256];
    let mut element = 0;
    loop {
        let [low, high] = &mut products[element as usize];
        let mut half = 0;
        while half < 16 {
            let (word, shift) = (half as usize / 4, 8 * (half % 4));
            low[word] |= (multiply(element, half) as u32) << shift;
            high[word] |= (multiply(element, half << 4) as u32) << shift;
            half += 1;
        }
        if element == u8::MAX {
            return products;
        }
        element += 1;
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
