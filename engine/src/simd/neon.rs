//! `AArch64`, where Advanced SIMD (NEON) is always there: two registers of four lanes.

use std::arch::aarch64::{
    uint32x4_t, vaddq_u8, vaddq_u32, vandq_u32, vbicq_u32, vcntq_u8, vdupq_n_u32, veorq_u32,
    vld1q_u32, vorrq_u32, vpaddlq_u8, vpaddlq_u16, vqtbl1q_u8, vreinterpretq_u8_u32,
    vreinterpretq_u32_u8, vshrq_n_u32, vsliq_n_u32, vst1q_u32,
};
use std::array::from_fn;
use std::ops::{BitAnd, BitOr, BitXor};

use super::portable::Portable;
use super::{Lanes, Simd, Words};

/// The instructions are part of every `AArch64` target.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neon;

/// Lanes 0 to 3 and 4 to 7.
#[derive(Clone, Copy)]
pub(crate) struct Registers([uint32x4_t; 2]);

impl Simd for Neon {
    type Lanes = Registers;

    const LOOKS_UP: bool = true;

    #[inline(always)]
    fn load(self, words: &Words) -> Registers {
        let [low, high] = halves(words);
        // SAFETY: 16 bytes may be read at each half.
        Registers(unsafe { [vld1q_u32(low.as_ptr()), vld1q_u32(high.as_ptr())] })
    }

    #[inline(always)]
    fn load_twice(self, words: &[u32; 4]) -> Registers {
        // SAFETY: 16 bytes may be read at `words`.
        Registers([unsafe { vld1q_u32(words.as_ptr()) }; 2])
    }

    #[inline(always)]
    fn splat(self, word: u32) -> Registers {
        // SAFETY: NEON is always there.
        Registers([unsafe { vdupq_n_u32(word) }; 2])
    }

    #[inline(always)]
    fn deposit(self, bits: u64, places: u64) -> u64 {
        Portable.deposit(bits, places)
    }

    #[inline(always)]
    fn extract(self, bits: u64, places: u64) -> u64 {
        Portable.extract(bits, places)
    }
}

/// The first four words and the last four.
#[inline(always)]
fn halves(words: &Words) -> [[u32; 4]; 2] {
    from_fn(|half| from_fn(|i| words[4 * half + i]))
}

impl Registers {
    #[inline(always)]
    fn map(self, operation: impl Fn(uint32x4_t) -> uint32x4_t) -> Self {
        Self(self.0.map(operation))
    }

    #[inline(always)]
    fn zip(self, other: Self, operation: impl Fn(uint32x4_t, uint32x4_t) -> uint32x4_t) -> Self {
        Self(from_fn(|i| operation(self.0[i], other.0[i])))
    }
}

impl BitAnd for Registers {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(other, |a, b| unsafe { vandq_u32(a, b) })
    }
}

impl BitOr for Registers {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(other, |a, b| unsafe { vorrq_u32(a, b) })
    }
}

impl BitXor for Registers {
    type Output = Self;

    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(other, |a, b| unsafe { veorq_u32(a, b) })
    }
}

impl Lanes for Registers {
    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(other, |a, b| unsafe { vbicq_u32(a, b) })
    }

    #[inline(always)]
    fn ahead(self, next: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(next, |a, b| unsafe {
            vsliq_n_u32::<31>(vshrq_n_u32::<1>(a), b)
        })
    }

    #[inline(always)]
    fn count_in_bytes(self) -> Self {
        // SAFETY: NEON is always there.
        self.map(|a| unsafe { vreinterpretq_u32_u8(vcntq_u8(vreinterpretq_u8_u32(a))) })
    }

    #[inline(always)]
    fn add_bytes(self, other: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(other, |a, b| unsafe {
            vreinterpretq_u32_u8(vaddq_u8(vreinterpretq_u8_u32(a), vreinterpretq_u8_u32(b)))
        })
    }

    #[inline(always)]
    fn sum_of_bytes(self) -> Self {
        // SAFETY: NEON is always there.
        self.map(|a| unsafe { vpaddlq_u16(vpaddlq_u8(vreinterpretq_u8_u32(a))) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(other, |a, b| unsafe { vaddq_u32(a, b) })
    }

    #[inline(always)]
    fn look_up(self, indices: Self) -> Self {
        // SAFETY: NEON is always there.
        self.zip(indices, |a, b| unsafe {
            vreinterpretq_u32_u8(vqtbl1q_u8(vreinterpretq_u8_u32(a), vreinterpretq_u8_u32(b)))
        })
    }

    #[inline(always)]
    fn words(self) -> Words {
        let mut halves = [[0; 4]; 2];
        for (half, register) in halves.iter_mut().zip(self.0) {
            // SAFETY: 16 bytes may be written at each half.
            unsafe { vst1q_u32(half.as_mut_ptr(), register) };
        }
        from_fn(|i| halves[i / 4][i % 4])
    }
}
