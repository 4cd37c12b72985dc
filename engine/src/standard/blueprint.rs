//! Function patterns of each version and the modules they leave free (ISO/IEC 18004:2015, 6.3).

use std::sync::OnceLock;

use super::capacity::alignment_positions;
use super::format::{FIRST_WITH_VERSION_INFORMATION, version_information};
use super::version::Version;
use super::zigzag::Strip;
use super::{Line, first, shifted};

/// What every symbol of a version has in common.
///
/// Function patterns are symmetric about the main diagonal, so that each line is both row `i`
/// and column `i`. What is not symmetric, the format information and its dark module, is left
/// light here.
#[derive(Debug)]
pub(crate) struct Blueprint {
    /// Dark modules of finder, timing and alignment patterns and of the version information.
    pub(crate) dark: Vec<Line>,
    /// Modules of the codewords and remainder bits: the ones that masks apply to.
    pub(crate) free: Vec<Line>,
    /// The free modules in the order of the codewords.
    pub(crate) strips: Vec<Strip>,
}

impl Blueprint {
    /// The blueprint of that version, drawn when first asked for.
    pub(crate) fn of(version: Version) -> &'static Self {
        static BLUEPRINTS: [OnceLock<Blueprint>; 40] = [const { OnceLock::new() }; 40];
        BLUEPRINTS[usize::from(version.number()) - 1].get_or_init(|| Self::draw(version))
    }

    fn draw(version: Version) -> Self {
        let size = version.size();
        let mut dark = vec![[0; 3]; size];
        let mut used = vec![[0; 3]; size];

        // Patterns may be drawn over each other: where two meet, they agree on every module.

        // Timing patterns (6.3.5): row 6 and column 6.
        for i in 0..size {
            stamp(&mut used, i, 6, &[1]);
            stamp(&mut used, 6, i, &[1]);
            if i % 2 == 0 {
                stamp(&mut dark, i, 6, &[1]);
                stamp(&mut dark, 6, i, &[1]);
            }
        }

        // Finder patterns (6.3.3) with their separators (6.3.4) and the format information.
        for (x, y) in [(0, 0), (size - 7, 0), (0, size - 7)] {
            stamp(&mut dark, x, y, &FINDER);
        }
        stamp(&mut used, 0, 0, &[0b1_1111_1111; 9]);
        stamp(&mut used, size - 8, 0, &[0b1111_1111; 9]);
        stamp(&mut used, 0, size - 8, &[0b1_1111_1111; 8]);

        // Alignment patterns (6.3.6), but where a finder pattern is.
        let centres = alignment_positions(version);
        let (near, far) = (6, size - 7);
        for &x in centres.as_slice() {
            for &y in centres.as_slice() {
                if [(near, near), (far, near), (near, far)].contains(&(x, y)) {
                    continue;
                }
                stamp(&mut dark, x - 2, y - 2, &ALIGNMENT);
                stamp(&mut used, x - 2, y - 2, &[0b1_1111; 5]);
            }
        }

        if version.number() >= FIRST_WITH_VERSION_INFORMATION {
            let bits = version_information(version);
            for i in 0..18 {
                let (x, y) = (size - 11 + i % 3, i / 3);
                let bit = u64::from(bits >> i & 1);
                stamp(&mut dark, x, y, &[bit]);
                stamp(&mut dark, y, x, &[bit]);
                stamp(&mut used, x, y, &[1]);
                stamp(&mut used, y, x, &[1]);
            }
        }

        let inside = first(size);
        let free: Vec<Line> = used
            .iter()
            .map(|used| std::array::from_fn(|w| inside[w] & !used[w]))
            .collect();
        let strips = Strip::all(&free);
        Self { dark, free, strips }
    }
}

/// Row by row, bit 0 at the left.
const FINDER: [u64; 7] = [
    0b111_1111, 0b100_0001, 0b101_1101, 0b101_1101, 0b101_1101, 0b100_0001, 0b111_1111,
];
const ALIGNMENT: [u64; 5] = [0b1_1111, 0b1_0001, 0b1_0101, 0b1_0001, 0b1_1111];

/// Sets the set bits of a small picture whose upper left corner is at (`x`, `y`).
fn stamp(lines: &mut [Line], x: usize, y: usize, picture: &[u64]) {
    for (line, &bits) in lines[y..].iter_mut().zip(picture) {
        for (word, bits) in line.iter_mut().zip(shifted(bits, x)) {
            *word |= bits;
        }
    }
}
