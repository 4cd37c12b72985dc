//! Whether a block is a code word of the Reed-Solomon code of QR (ISO/IEC 18004, clause 7.5.2).
//!
//! It is if the polynomial that it is has the roots α⁰, α¹, … of the code, as many as the block has
//! error correction codewords.

/// The most error correction codewords that a block has (ISO/IEC 18004, table 9).
const ROOTS: usize = 30;

/// x⁸ + x⁴ + x³ + x² + 1, over which the bytes are a field.
const FIELD_POLYNOMIAL: usize = 0b1_0001_1101;

/// The multiples of each root: `MULTIPLES[i][x]` is `x` times αⁱ.
static MULTIPLES: [[u8; 256]; ROOTS] = multiples();

#[expect(
    clippy::cast_possible_truncation,
    reason = "a residue of a polynomial of degree 8 has 8 bits"
)]
const fn multiples() -> [[u8; 256]; ROOTS] {
    let mut multiples = [[0; 256]; ROOTS];
    let mut x = 0;
    while x < 256 {
        let mut multiple = x;
        let mut i = 0;
        while i < ROOTS {
            multiples[i][x] = multiple as u8;
            multiple <<= 1;
            if multiple >= 256 {
                multiple ^= FIELD_POLYNOMIAL;
            }
            i += 1;
        }
        x += 1;
    }
    multiples
}

/// Whether no codeword of `block`, whose last ones are `corrections` for error correction, is wrong.
pub(super) fn is_intact(block: &[u8], corrections: usize) -> bool {
    let mut values = [0; ROOTS];
    let Some(values) = values.get_mut(..corrections) else {
        return false;
    };
    for codeword in block {
        for (value, multiples) in values.iter_mut().zip(&MULTIPLES) {
            *value = multiples[usize::from(*value)] ^ codeword;
        }
    }
    values.iter().all(|value| *value == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the symbol in ISO/IEC 18004, annex I: version 1-M, "01234567".
    const BLOCK: [u8; 26] = [
        0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec,
        0x11, 0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55,
    ];

    #[test]
    fn the_block_of_the_standard_is_intact() {
        assert!(is_intact(&BLOCK, 10));
        assert!(!is_intact(&BLOCK, 11), "it has 10 roots, not 11");
        assert!(!is_intact(&BLOCK, ROOTS + 1), "no block has so many");
    }

    #[test]
    fn a_block_with_one_wrong_bit_is_not() {
        for codeword in 0..BLOCK.len() {
            for bit in 0..8 {
                let mut block = BLOCK;
                block[codeword] ^= 1 << bit;
                assert!(!is_intact(&block, 10), "bit {bit} of codeword {codeword}");
            }
        }
    }
}
