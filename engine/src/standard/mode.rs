//! Modes of data and how each packs its characters (ISO/IEC 18004:2015, 7.3 and 7.4).

use std::fmt;

use super::version::Version;

/// How a segment of the data is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Digits `0` to `9`, three in 10 bits.
    Numeric,
    /// Digits, upper-case letters, space and `$%*+-./:`, two in 11 bits.
    Alphanumeric,
    /// Any byte, 8 bits each.
    Byte,
    /// Characters of JIS X 0208, 13 bits each.
    Kanji,
    /// Extended Channel Interpretation: says how the bytes that follow are to be understood.
    Eci,
}

/// Bits of every mode indicator (7.4.1).
pub(crate) const MODE_INDICATOR_BITS: usize = 4;
/// The mode indicator that ends the data (7.4.9).
pub(crate) const TERMINATOR: u8 = 0b0000;
/// What fills up the codewords after the data, in turn (7.4.10).
pub(crate) const PAD_CODEWORDS: [u8; 2] = [0b1110_1100, 0b0001_0001];
/// ECI assignment number of UTF-8.
pub(crate) const ECI_UTF_8: u8 = 26;
/// Bits of an ECI designator below 128 (7.4.2, table 4).
pub(crate) const ECI_DESIGNATOR_BITS: usize = 8;
/// Bits of a character in Kanji mode (7.4.6).
pub(crate) const KANJI_BITS: usize = 13;

impl Mode {
    /// The 4-bit mode indicator (table 2).
    pub(crate) const fn indicator(self) -> u8 {
        match self {
            Self::Numeric => 0b0001,
            Self::Alphanumeric => 0b0010,
            Self::Byte => 0b0100,
            Self::Kanji => 0b1000,
            Self::Eci => 0b0111,
        }
    }

    /// Bits of the character count indicator (table 3). An ECI header has none.
    pub(crate) const fn count_bits(self, version: Version) -> usize {
        let by_group = match self {
            Self::Numeric => [10, 12, 14],
            Self::Alphanumeric => [9, 11, 13],
            Self::Byte => [8, 16, 16],
            Self::Kanji => [8, 10, 12],
            Self::Eci => [0, 0, 0],
        };
        match version.number() {
            ..=9 => by_group[0],
            10..=26 => by_group[1],
            27.. => by_group[2],
        }
    }

    /// Bits of that many characters without their header. There are none after an ECI header.
    pub(crate) const fn data_bits(self, characters: usize) -> usize {
        match self {
            Self::Numeric => (characters * 10).div_ceil(3),
            Self::Alphanumeric => (characters * 11).div_ceil(2),
            Self::Byte => characters * 8,
            Self::Kanji => characters * KANJI_BITS,
            Self::Eci => 0,
        }
    }
}

/// The lower-case name: `numeric`, `alphanumeric`, `byte`, `kanji`, `eci`.
impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Numeric => "numeric",
            Self::Alphanumeric => "alphanumeric",
            Self::Byte => "byte",
            Self::Kanji => "kanji",
            Self::Eci => "eci",
        })
    }
}

/// The characters of alphanumeric mode; the place of each is its value (table 5).
pub(crate) const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// What [`ALPHANUMERIC_VALUE`] holds for a byte that alphanumeric mode can't write.
pub(crate) const NOT_ALPHANUMERIC: u8 = u8::MAX;

/// The alphanumeric value of each byte, or [`NOT_ALPHANUMERIC`].
#[expect(clippy::cast_possible_truncation, reason = "there are 45 values")]
pub(crate) static ALPHANUMERIC_VALUE: [u8; 256] = {
    let mut values = [NOT_ALPHANUMERIC; 256];
    let mut value = 0;
    while value < ALPHANUMERIC.len() {
        values[ALPHANUMERIC[value] as usize] = value as u8;
        value += 1;
    }
    values
};
