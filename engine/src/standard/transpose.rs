//! Rows to columns and columns to rows.

use super::Line;

/// Mirrors a square of modules about its main diagonal: rows become columns, or the reverse.
///
/// `from` holds as many lines as the square is wide; `to` at least as many.
pub(crate) fn transpose(from: &[Line], to: &mut [Line]) {
    let size = from.len();
    let words = size.div_ceil(64);
    for line in to.iter_mut() {
        *line = [0; 3];
    }
    for across in 0..words {
        for along in 0..words {
            let mut block = [0; 64];
            for (bits, line) in block.iter_mut().zip(&from[64 * across..]) {
                *bits = line[along];
            }
            transpose_block(&mut block);
            for (line, bits) in to[64 * along..].iter_mut().zip(block) {
                line[across] = bits;
            }
        }
    }
}

/// Transposes 64 × 64 bits in place, swapping quarters of ever smaller squares
/// (Warren, "Hacker's Delight", 7-3).
fn transpose_block(block: &mut [u64; 64]) {
    let mut half = 32;
    let mut low = u64::MAX >> 32;
    while half != 0 {
        let mut i = 0;
        while i < 64 {
            let swapped = (block[i] >> half ^ block[i + half]) & low;
            block[i] ^= swapped << half;
            block[i + half] ^= swapped;
            // The next line of an upper half.
            i = (i + half + 1) & !half;
        }
        half /= 2;
        low ^= low << half;
    }
}
