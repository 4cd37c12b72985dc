//! Format and version information (ISO/IEC 18004:2015, 7.9 and 7.10, annexes C and D).

use super::error_correction::ErrorCorrection;
use super::mask::Mask;
use super::version::Version;
use crate::simd::Words;

/// Bits of the format information, which stands twice in every symbol.
pub(crate) const FORMAT_BITS: usize = 15;

/// The first version with version information, which stands there twice.
pub(crate) const FIRST_WITH_VERSION_INFORMATION: u8 = 7;

/// Makes the format information never all light (7.9.1).
const FORMAT_MASK: u16 = 0b101_0100_0001_0010;

/// The 15 bits of format information of a level and mask, as they stand in the symbol.
pub(crate) fn format_information(level: ErrorCorrection, mask: Mask) -> u16 {
    FORMATS[level as usize][usize::from(mask.number())]
}

/// The level and mask whose format information is exactly these 15 bits.
pub(crate) fn parse_format_information(bits: u16) -> Option<(ErrorCorrection, Mask)> {
    ErrorCorrection::ALL
        .into_iter()
        .flat_map(|level| Mask::all().map(move |mask| (level, mask)))
        .find(|&(level, mask)| format_information(level, mask) == bits)
}

/// Column and row of bit `bit` (0 is the least significant) of both copies (figure 25).
pub(crate) const fn format_positions(bit: usize, size: usize) -> [(usize, usize); 2] {
    // Around the upper left finder pattern, stepping over the timing patterns …
    let near = match bit {
        0..=5 => (8, bit),
        6 => (8, 7),
        7 => (8, 8),
        8 => (7, 8),
        _ => (14 - bit, 8),
    };
    // … and beside the other two.
    let far = if bit < 8 {
        (size - 1 - bit, 8)
    } else {
        (8, size - 15 + bit)
    };
    [near, far]
}

/// Column and row of the module that is always dark (7.9.1).
pub(crate) const fn dark_module(size: usize) -> (usize, usize) {
    (8, size - 8)
}

/// The row and the column that show the format information.
pub(crate) const FORMAT_LINE: usize = 8;

/// The format information and the dark module of all masks, as they stand in one direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormatLines {
    /// The first nine modules and the last eight of line [`FORMAT_LINE`].
    pub(crate) along: [Words; 2],
    /// What lies across the first nine lines and the last eight: module [`FORMAT_LINE`] of each.
    pub(crate) across: ([Words; NEAR], [Words; FAR]),
}

/// Modules at the near end of the format lines, and at the far end.
const NEAR: usize = 9;
const FAR: usize = 8;

/// For each level, by row and by column.
pub(crate) static FORMAT_LINES: [[FormatLines; 2]; 4] = {
    const SIZE: usize = Version::MIN.size();
    const NONE: FormatLines = FormatLines {
        along: [[0; Mask::COUNT]; 2],
        across: ([[0; Mask::COUNT]; NEAR], [[0; Mask::COUNT]; FAR]),
    };

    let mut lines = [[NONE; 2]; 4];
    let mut level = 0;
    while level < 4 {
        let mut mask = 0;
        while mask < Mask::COUNT {
            let (x, y) = dark_module(SIZE);
            darken(&mut lines[level], mask, x, y, SIZE);
            let mut place = 0;
            while place < 2 * FORMAT_BITS {
                let bit = place / 2;
                if FORMATS[level][mask] >> bit & 1 == 1 {
                    let (x, y) = format_positions(bit, SIZE)[place % 2];
                    darken(&mut lines[level], mask, x, y, SIZE);
                }
                place += 1;
            }
            mask += 1;
        }
        level += 1;
    }
    lines
};

/// Darkens the module in column `x` of row `y`, one of which is [`FORMAT_LINE`].
const fn darken(lines: &mut [FormatLines; 2], mask: usize, x: usize, y: usize, size: usize) {
    let mut direction = 0;
    while direction < 2 {
        let (line, module) = if direction == 0 { (y, x) } else { (x, y) };
        let lines = &mut lines[direction];
        if line == FORMAT_LINE {
            if module < NEAR {
                lines.along[0][mask] |= 1 << module;
            } else {
                lines.along[1][mask] |= 1 << (module + FAR - size);
            }
        }
        if module == FORMAT_LINE {
            if line < NEAR {
                lines.across.0[line][mask] |= 1 << FORMAT_LINE;
            } else {
                lines.across.1[line + FAR - size][mask] |= 1 << FORMAT_LINE;
            }
        }
        direction += 1;
    }
}

/// The 18 bits of version information: the number and its BCH(18, 6) code (annex D). Only
/// versions from [`FIRST_WITH_VERSION_INFORMATION`] show it.
///
/// Bit `i` stands in row `i / 3` of column `size - 11 + i % 3`, and mirrored (figure 27).
pub(crate) const fn version_information(version: Version) -> u32 {
    let number = version.number() as u32;
    number << 12 | bch_remainder(number << 12, 0b1_1111_0010_0101)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a mask has 3 bits, format information 15"
)]
const FORMATS: [[u16; Mask::COUNT]; 4] = {
    /// The two bits that stand for each level (table 12).
    const INDICATORS: [u32; 4] = [0b01, 0b00, 0b11, 0b10];

    let mut table = [[0; Mask::COUNT]; 4];
    let mut level = 0;
    while level < 4 {
        let mut mask = 0;
        while mask < Mask::COUNT {
            let data = (INDICATORS[level] << 3 | mask as u32) << 10;
            // BCH(15, 5) with x¹⁰ + x⁸ + x⁵ + x⁴ + x² + x + 1 (annex C).
            let bits = data | bch_remainder(data, 0b101_0011_0111);
            table[level][mask] = bits as u16 ^ FORMAT_MASK;
            mask += 1;
        }
        level += 1;
    }
    table
};

/// The remainder of the polynomial division over GF(2).
const fn bch_remainder(mut dividend: u32, generator: u32) -> u32 {
    while dividend.leading_zeros() <= generator.leading_zeros() {
        dividend ^= generator << (generator.leading_zeros() - dividend.leading_zeros());
    }
    dividend
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_hold() {
        let mask = |number| Mask::new(number).unwrap();
        // Annex C.2: level M, mask 5. Table D.1: versions 7 and 40.
        assert_eq!(
            format_information(ErrorCorrection::M, mask(5)),
            0b100_0000_1100_1110
        );
        assert_eq!(version_information(Version::new(7).unwrap()), 0x07C94);
        assert_eq!(version_information(Version::MAX), 0x28C69);
    }

    #[test]
    fn every_format_information_parses_to_what_made_it() {
        for level in ErrorCorrection::ALL {
            for mask in Mask::all() {
                let bits = format_information(level, mask);
                assert_eq!(parse_format_information(bits), Some((level, mask)));
                assert_eq!(parse_format_information(bits ^ 1), None, "one wrong bit");
            }
        }
    }
}
