//! What symbols hold, by tables that this project did not write.

use qrgen_engine::{ErrorCorrection, Mode};
use rxing::qrcode::common::{ErrorCorrectionLevel, Version};

/// Bits for headers and data (ISO/IEC 18004:2015, table 7), by the tables of `rxing`.
pub(crate) fn bits(version: u32, level: ErrorCorrection) -> usize {
    let level = match level {
        ErrorCorrection::L => ErrorCorrectionLevel::L,
        ErrorCorrection::M => ErrorCorrectionLevel::M,
        ErrorCorrection::Q => ErrorCorrectionLevel::Q,
        ErrorCorrection::H => ErrorCorrectionLevel::H,
    };
    let table = Version::getVersionForNumber(version).unwrap();
    let correction = table.getECBlocksForLevel(level).getTotalECCodewords();
    8 * (table.getTotalCodewords() - correction) as usize
}

/// Bits of mode and character count indicator (table 3).
pub(crate) fn header_bits(version: u32, mode: Mode) -> usize {
    let group = usize::from(version > 9) + usize::from(version > 26);
    let count = match mode {
        Mode::Numeric => [10, 12, 14],
        Mode::Alphanumeric => [9, 11, 13],
        Mode::Byte => [8, 16, 16],
        Mode::Kanji => [8, 10, 12],
        Mode::Eci => unreachable!("it has no characters"),
    };
    4 + count[group]
}

/// The most characters of one mode that a version holds.
pub(crate) fn most_characters(version: u32, level: ErrorCorrection, mode: Mode) -> usize {
    let bits = bits(version, level) - header_bits(version, mode);
    match mode {
        Mode::Numeric => bits / 10 * 3 + [0, 0, 0, 0, 1, 1, 1, 2, 2, 2][bits % 10],
        Mode::Alphanumeric => bits / 11 * 2 + usize::from(bits % 11 >= 6),
        Mode::Byte => bits / 8,
        Mode::Kanji => bits / 13,
        Mode::Eci => unreachable!("it has no characters"),
    }
}
