//! Codewords of each version and level and their blocks (ISO/IEC 18004:2015, tables 1, 7 and 9).

use super::error_correction::ErrorCorrection;
use super::format::FIRST_WITH_VERSION_INFORMATION;
use super::version::Version;

/// How the codewords of a symbol are divided into error correction blocks (7.5.1, table 9).
///
/// The first [`short_blocks`](Self::short_blocks) blocks carry
/// [`short_data`](Self::short_data) data codewords each, the others one more; each block
/// carries the same number of error correction codewords.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_field_names,
    reason = "short blocks, not short anything"
)]
pub(crate) struct Blocks {
    /// Number of blocks: 1 to 81.
    pub(crate) count: usize,
    /// Error correction codewords per block: 7 to 30.
    pub(crate) correction: usize,
    /// Blocks of the shorter kind, at least one.
    pub(crate) short_blocks: usize,
    /// Data codewords of a shorter block.
    pub(crate) short_data: usize,
}

impl Blocks {
    /// The blocks of a symbol.
    pub(crate) const fn of(version: Version, level: ErrorCorrection) -> Self {
        let (row, column) = (level as usize, version.number() as usize - 1);
        let count = BLOCKS[row][column] as usize;
        let correction = CORRECTION_PER_BLOCK[row][column] as usize;
        let total = total_codewords(version);
        Self {
            count,
            correction,
            short_blocks: count - total % count,
            short_data: total / count - correction,
        }
    }

    /// Data codewords of block `index`.
    pub(crate) const fn data_of(&self, index: usize) -> usize {
        self.short_data + (index >= self.short_blocks) as usize
    }

    /// Data codewords of all blocks.
    pub(crate) const fn data(&self) -> usize {
        self.count * self.short_data + (self.count - self.short_blocks)
    }
}

/// Modules that carry codewords or remainder bits (table 1): all but function patterns, format
/// and version information.
pub(crate) const fn data_modules(version: Version) -> usize {
    let size = version.size();
    let finders_and_format = 3 * 8 * 8 + 2 * 15 + 1;
    let timing = 2 * (size - 16);
    let per_side = alignment_positions(version).count;
    let alignment = if per_side == 0 {
        0
    } else {
        // Those in row and column 6 share five modules each with a timing pattern.
        25 * (per_side * per_side - 3) - 2 * 5 * (per_side - 2)
    };
    let has_version_information = version.number() >= FIRST_WITH_VERSION_INFORMATION;
    let version_information = if has_version_information { 2 * 18 } else { 0 };
    size * size - finders_and_format - timing - alignment - version_information
}

/// Codewords of a symbol, data and error correction: 26 to 3706 (table 1). Up to 7 remainder bits
/// stay over.
pub(crate) const fn total_codewords(version: Version) -> usize {
    data_modules(version) / 8
}

/// Most codewords that any symbol has.
pub(crate) const MAX_CODEWORDS: usize = total_codewords(Version::MAX);

/// Most characters that any symbol holds: the digits of version 40-L (table 7).
pub(crate) const MAX_CHARACTERS: usize = 7089;

/// Data codewords of a symbol (table 7).
pub(crate) fn data_codewords(version: Version, level: ErrorCorrection) -> usize {
    DATA_CODEWORDS[level as usize][usize::from(version.number()) - 1]
}

/// Bits that headers and data of a symbol may take together (table 7).
pub(crate) fn capacity_bits(version: Version, level: ErrorCorrection) -> usize {
    8 * data_codewords(version, level)
}

/// The centres of the alignment patterns, the same along rows and columns (annex E).
#[derive(Clone, Copy, Debug)]
pub(crate) struct AlignmentPositions {
    /// Ascending; the first is 6, the last `size - 7`.
    positions: [usize; 7],
    count: usize,
}

impl AlignmentPositions {
    /// The positions, ascending; none in version 1.
    pub(crate) const fn as_slice(&self) -> &[usize] {
        self.positions.split_at(self.count).0
    }
}

/// Annex E: evenly spaced from the far end with an even step, the rest of it at the near end.
pub(crate) const fn alignment_positions(version: Version) -> AlignmentPositions {
    let number = version.number() as usize;
    let mut positions = [0; 7];
    if number == 1 {
        return AlignmentPositions {
            positions,
            count: 0,
        };
    }
    let count = number / 7 + 2;
    let step = (number * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    positions[0] = 6;
    let mut i = 1;
    while i < count {
        positions[i] = version.size() - 7 - (count - 1 - i) * step;
        i += 1;
    }
    AlignmentPositions { positions, count }
}

static DATA_CODEWORDS: [[usize; 40]; 4] = {
    let mut table = [[0; 40]; 4];
    let mut row = 0;
    while row < 4 {
        let mut number = 1;
        while let Some(version) = Version::new(number) {
            table[row][number as usize - 1] = Blocks::of(version, ErrorCorrection::ALL[row]).data();
            number += 1;
        }
        row += 1;
    }
    table
};

/// Error correction codewords per block, by level and version (table 9).
#[rustfmt::skip]
const CORRECTION_PER_BLOCK: [[u8; 40]; 4] = [
    [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
    [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
];

/// Number of blocks, by level and version (table 9).
#[rustfmt::skip]
const BLOCKS: [[u8; 40]; 4] = [
    [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
    [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
    [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68],
    [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81],
];
