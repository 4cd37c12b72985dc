//! Versions 1 to 40 and their sizes (ISO/IEC 18004:2015, 6.3.2).

use std::fmt;

/// The version of a symbol, 1 to 40, which fixes its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// Version 1, 21 × 21 modules.
    pub const MIN: Self = Self(1);
    /// Version 40, 177 × 177 modules.
    pub const MAX: Self = Self(40);

    /// First and last version of each group with equally long character count indicators (7.4.1,
    /// table 3).
    pub(crate) const GROUPS: [[Self; 2]; 3] = [
        [Self(1), Self(9)],
        [Self(10), Self(26)],
        [Self(27), Self(40)],
    ];

    /// The version of that number, if it is 1 to 40.
    pub const fn new(number: u8) -> Option<Self> {
        match number {
            1..=40 => Some(Self(number)),
            _ => None,
        }
    }

    /// The number, 1 to 40.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Modules per side: 21, 25, … 177.
    pub const fn size(self) -> usize {
        17 + 4 * self.0 as usize
    }

    /// The version of a symbol with that many modules per side, if there is one.
    pub(crate) fn from_size(size: usize) -> Option<Self> {
        Self::range(Self::MIN, Self::MAX).find(|version| version.size() == size)
    }

    /// All versions from `first` to `last`.
    pub(crate) fn range(first: Self, last: Self) -> impl Iterator<Item = Self> {
        (first.0..=last.0).map(Self)
    }
}

/// The number.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
