//! Lines of several candidates, worked on side by side.
//!
//! Each operation is a loop over an array of a fixed size, which compilers turn into operations on
//! vectors.

use std::array::from_fn;
use std::ops::{BitAnd, BitOr, BitXor, Not};

use crate::standard::Line;
use crate::standard::mask::LineOfAll;

/// One line of `LANES` candidates, `WORDS` words long: bit `i % 64` of word `i / 64` is module `i`.
#[derive(Clone, Copy)]
pub(crate) struct Lanes<const LANES: usize, const WORDS: usize>([[u64; LANES]; WORDS]);

impl<const LANES: usize, const WORDS: usize> Lanes<LANES, WORDS> {
    /// The line of the candidates from `start` on.
    #[inline]
    pub(crate) fn load(line: &LineOfAll, start: usize) -> Self {
        Self(from_fn(|w| from_fn(|l| line[w][start + l])))
    }

    /// The line of one lane.
    pub(crate) fn line(self, lane: usize) -> Line {
        from_fn(|w| if w < WORDS { self.0[w][lane] } else { 0 })
    }

    /// The same line in all lanes.
    pub(crate) fn splat(line: Line) -> Self {
        Self(from_fn(|w| [line[w]; LANES]))
    }

    /// In the place of each module the one `distance` after it, light beyond the end.
    #[inline]
    pub(crate) fn ahead(self, distance: usize) -> Self {
        Self(from_fn(|w| {
            from_fn(|l| {
                let next = if w + 1 < WORDS {
                    self.0[w + 1][l] << (64 - distance)
                } else {
                    0
                };
                self.0[w][l] >> distance | next
            })
        }))
    }

    /// In the place of each module the one `distance` before it, light beyond the start.
    #[inline]
    pub(crate) fn behind(self, distance: usize) -> Self {
        Self(from_fn(|w| {
            from_fn(|l| {
                let before = if w > 0 {
                    self.0[w - 1][l] >> (64 - distance)
                } else {
                    0
                };
                self.0[w][l] << distance | before
            })
        }))
    }

    /// Set bits in each lane.
    #[inline]
    pub(crate) fn count(self) -> [u64; LANES] {
        from_fn(|l| {
            self.0
                .iter()
                .map(|words| u64::from(words[l].count_ones()))
                .sum()
        })
    }

    /// Whether any bit of any lane is set.
    #[inline]
    pub(crate) fn any(self) -> bool {
        self.0.iter().flatten().fold(0, |any, word| any | word) != 0
    }

    #[inline]
    fn zip(self, other: Self, operation: impl Fn(u64, u64) -> u64) -> Self {
        Self(from_fn(|w| {
            from_fn(|l| operation(self.0[w][l], other.0[w][l]))
        }))
    }
}

impl<const LANES: usize, const WORDS: usize> BitAnd for Lanes<LANES, WORDS> {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        self.zip(other, |a, b| a & b)
    }
}

impl<const LANES: usize, const WORDS: usize> BitOr for Lanes<LANES, WORDS> {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        self.zip(other, |a, b| a | b)
    }
}

impl<const LANES: usize, const WORDS: usize> BitXor for Lanes<LANES, WORDS> {
    type Output = Self;

    #[inline]
    fn bitxor(self, other: Self) -> Self {
        self.zip(other, |a, b| a ^ b)
    }
}

impl<const LANES: usize, const WORDS: usize> Not for Lanes<LANES, WORDS> {
    type Output = Self;

    #[inline]
    fn not(self) -> Self {
        self.zip(self, |a, _| !a)
    }
}
