//! Rows to columns and columns to rows.

use super::Line;

/// Mirrors a square of modules about its main diagonal: rows become columns, or the reverse.
///
/// `from` holds as many lines as the square is wide, `to` as many. Lines are swapped in blocks of
/// 64 × 64 modules, in one of 32 × 32 where that is enough.
#[inline(always)]
pub(crate) fn transpose(from: &[Line], to: &mut [Line]) {
    if from.len() <= 32 {
        transpose_blocks::<32>(from, to);
    } else {
        transpose_blocks::<64>(from, to);
    }
}

#[inline(always)]
fn transpose_blocks<const SIDE: usize>(from: &[Line], to: &mut [Line]) {
    to.fill([0; 3]);
    let words = from.len().div_ceil(64);
    for across in 0..words {
        for along in 0..words {
            let mut block = [0; SIDE];
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

/// Mirrors the low `SIDE` bits of as many words in place, exchanging two quarters of ever smaller
/// squares (Warren, "Hacker's Delight", 7-3). `SIDE` is a power of two.
#[inline(always)]
fn transpose_block<const SIDE: usize>(block: &mut [u64; SIDE]) {
    let mut half = SIDE / 2;
    let mut low = (1 << half) - 1;
    while half != 0 {
        let mut i = 0;
        while i < SIDE {
            let exchanged = (block[i] >> half ^ block[i + half]) & low;
            block[i] ^= exchanged << half;
            block[i + half] ^= exchanged;
            // On to the next line of an upper half.
            i = (i + half + 1) & !half;
        }
        half /= 2;
        low ^= low << half;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::is_set;
    use crate::standard::version::Version;

    #[test]
    fn every_module_changes_row_for_column() {
        for version in Version::range(Version::MIN, Version::MAX) {
            let size = version.size();
            let mut rng = fastrand::Rng::with_seed(size as u64);
            let inside = crate::standard::first(size);
            let rows: Vec<Line> = (0..size)
                .map(|_| inside.map(|word| word & rng.u64(..)))
                .collect();
            let mut columns = vec![[u64::MAX; 3]; size];
            transpose(&rows, &mut columns);
            for (y, row) in rows.iter().enumerate() {
                for (x, column) in columns.iter().enumerate() {
                    assert_eq!(is_set(row, x), is_set(column, y), "{version}: {x}, {y}");
                }
            }
            // And nothing is set beyond the size.
            let set = |lines: &[Line]| {
                lines
                    .iter()
                    .flatten()
                    .map(|word| word.count_ones())
                    .sum::<u32>()
            };
            assert_eq!(set(&rows), set(&columns), "{version}");
        }
    }
}
