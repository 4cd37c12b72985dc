//! Words of 64 bits, two lanes each. Compilers turn them into vectors where there are any.

use std::array::from_fn;
use std::ops::{BitAnd, BitOr, BitXor};

use super::{Lanes, Simd, Words};

/// No instructions beyond those of the target.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable;

/// Lane `2 i` in the low half of word `i`, lane `2 i + 1` in the high one.
#[derive(Clone, Copy)]
pub(crate) struct Wide([u64; 4]);

impl Simd for Portable {
    type Lanes = Wide;

    const LOOKS_UP: bool = false;

    #[inline(always)]
    fn load(self, words: &Words) -> Wide {
        Wide(from_fn(|i| {
            u64::from(words[2 * i]) | u64::from(words[2 * i + 1]) << 32
        }))
    }

    #[inline(always)]
    fn load_twice(self, words: &[u32; 4]) -> Wide {
        self.load(&from_fn(|i| words[i % 4]))
    }

    #[inline(always)]
    fn splat(self, word: u32) -> Wide {
        Wide([u64::from(word) | u64::from(word) << 32; 4])
    }

    #[inline(always)]
    fn deposit(self, mut bits: u64, mut places: u64) -> u64 {
        match places {
            u64::MAX => return bits,
            EVEN => return to_even_bits(bits),
            _ => {}
        }
        // Run by run: function patterns are compact, so there are few.
        let mut laid = 0;
        while places != 0 {
            let run = lowest_run(places);
            laid |= bits << places.trailing_zeros() & run;
            bits >>= run.count_ones();
            places ^= run;
        }
        laid
    }

    #[inline(always)]
    fn extract(self, bits: u64, mut places: u64) -> u64 {
        match places {
            u64::MAX => bits,
            EVEN => even_bits(bits),
            _ => {
                let mut gathered = 0;
                let mut count = 0;
                while places != 0 {
                    let run = lowest_run(places);
                    gathered |= (bits & run) >> places.trailing_zeros() << count;
                    count += run.count_ones();
                    places ^= run;
                }
                gathered
            }
        }
    }
}

/// Bits 0, 2, 4, …
const EVEN: u64 = u64::MAX / 0b11;

/// Bits 0, 2, 4, … moved together.
fn even_bits(word: u64) -> u64 {
    let mut bits = word & 0x5555_5555_5555_5555;
    bits = (bits | bits >> 1) & 0x3333_3333_3333_3333;
    bits = (bits | bits >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF;
    (bits | bits >> 16) & 0x0000_0000_FFFF_FFFF
}

/// The low 32 bits moved to bits 0, 2, 4, ….
fn to_even_bits(word: u64) -> u64 {
    let mut bits = word & 0x0000_0000_FFFF_FFFF;
    bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF;
    bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}

/// The lowest run of set bits, of a word that is neither empty nor full.
fn lowest_run(word: u64) -> u64 {
    let lowest = word & word.wrapping_neg();
    word & !word.wrapping_add(lowest)
}

impl Wide {
    #[inline(always)]
    fn map(self, operation: impl Fn(u64) -> u64) -> Self {
        Self(from_fn(|i| operation(self.0[i])))
    }

    #[inline(always)]
    fn zip(self, other: Self, operation: impl Fn(u64, u64) -> u64) -> Self {
        Self(from_fn(|i| operation(self.0[i], other.0[i])))
    }
}

impl BitAnd for Wide {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        self.zip(other, |a, b| a & b)
    }
}

impl BitOr for Wide {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        self.zip(other, |a, b| a | b)
    }
}

impl BitXor for Wide {
    type Output = Self;

    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        self.zip(other, |a, b| a ^ b)
    }
}

impl Lanes for Wide {
    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    #[inline(always)]
    fn ahead(self, next: Self) -> Self {
        const TOP_OF_EACH: u64 = 0x8000_0000_8000_0000;
        self.zip(next, |a, b| a >> 1 & !TOP_OF_EACH | b << 31 & TOP_OF_EACH)
    }

    /// Sums of two bits, of four, of eight (Warren, "Hacker's Delight", 5-1).
    #[inline(always)]
    fn count_in_bytes(self) -> Self {
        self.map(|bits| {
            let pairs = bits - (bits >> 1 & 0x5555_5555_5555_5555);
            let fours = (pairs & 0x3333_3333_3333_3333) + (pairs >> 2 & 0x3333_3333_3333_3333);
            (fours + (fours >> 4)) & 0x0F0F_0F0F_0F0F_0F0F
        })
    }

    /// No sum exceeds its byte, so none carries into the next.
    #[inline(always)]
    fn add_bytes(self, other: Self) -> Self {
        self.zip(other, u64::wrapping_add)
    }

    #[inline(always)]
    fn sum_of_bytes(self) -> Self {
        self.map(|bytes| {
            let pairs = (bytes & 0x00FF_00FF_00FF_00FF) + (bytes >> 8 & 0x00FF_00FF_00FF_00FF);
            (pairs + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF
        })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        const LOW: u64 = 0x0000_0000_FFFF_FFFF;
        self.zip(other, |a, b| {
            a.wrapping_add(b) & LOW | (a & !LOW).wrapping_add(b & !LOW)
        })
    }

    #[inline(always)]
    fn look_up(self, indices: Self) -> Self {
        let table = self.0.map(u64::to_le_bytes);
        let indices = indices.0.map(u64::to_le_bytes);
        let entry = |word: usize, index: u8| {
            let (half, index) = (word / 2, usize::from(index));
            table[2 * half + index / 8][index % 8]
        };
        Self(from_fn(|word| {
            u64::from_le_bytes(indices[word].map(|index| entry(word, index)))
        }))
    }

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "half a word at a time")]
    fn words(self) -> Words {
        from_fn(|i| (self.0[i / 2] >> (32 * (i % 2))) as u32)
    }
}
