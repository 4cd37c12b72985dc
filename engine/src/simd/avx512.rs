//! x86-64 with AVX-512 on vectors of 256 bits: Intel since 2019 (Ice Lake), AMD since 2022 (Zen 4).
//!
//! Bits are counted in one instruction, and the compiler makes one of two bitwise operations in a row.

use std::arch::x86_64::_mm256_popcnt_epi8;
use std::ops::{BitAnd, BitOr, BitXor};

use super::avx2::{Avx2, Register};
use super::{Lanes, Simd, Words, Work};

/// Proof that the processor has these instructions: [`detect`](Self::detect) alone makes one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(Avx2);

/// A register. Proves the same, as [`Avx512`] is needed to fill one.
#[derive(Clone, Copy)]
pub(crate) struct Register512(Register);

impl Avx512 {
    pub(super) fn detect() -> Option<Self> {
        let avx2 = Avx2::detect()?;
        let is_there = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512bitalg");
        is_there.then_some(Self(avx2))
    }

    /// Does the work in a function that may use all of the instructions.
    pub(super) fn run<W: Work>(self, work: W) -> W::Output {
        #[target_feature(enable = "avx2,bmi1,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512bitalg")]
        fn run<W: Work>(avx512: Avx512, work: W) -> W::Output {
            work.run(avx512)
        }
        // SAFETY: `self` proves that the processor has the features.
        unsafe { run(self, work) }
    }
}

impl Simd for Avx512 {
    type Lanes = Register512;

    const LOOKS_UP: bool = true;

    #[inline(always)]
    fn load(self, words: &Words) -> Register512 {
        Register512(self.0.load(words))
    }

    #[inline(always)]
    fn load_twice(self, words: &[u32; 4]) -> Register512 {
        Register512(self.0.load_twice(words))
    }

    #[inline(always)]
    fn splat(self, word: u32) -> Register512 {
        Register512(self.0.splat(word))
    }

    #[inline(always)]
    fn deposit(self, bits: u64, places: u64) -> u64 {
        self.0.deposit(bits, places)
    }

    #[inline(always)]
    fn extract(self, bits: u64, places: u64) -> u64 {
        self.0.extract(bits, places)
    }
}

impl BitAnd for Register512 {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Register512 {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitXor for Register512 {
    type Output = Self;

    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }
}

impl Lanes for Register512 {
    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        Self(self.0.and_not(other.0))
    }

    #[inline(always)]
    fn ahead(self, next: Self) -> Self {
        Self(self.0.ahead(next.0))
    }

    #[inline(always)]
    fn count_in_bytes(self) -> Self {
        // SAFETY: `self` proves AVX512_BITALG and AVX512VL.
        Self(Register(unsafe { _mm256_popcnt_epi8(self.0.0) }))
    }

    #[inline(always)]
    fn add_bytes(self, other: Self) -> Self {
        Self(self.0.add_bytes(other.0))
    }

    #[inline(always)]
    fn sum_of_bytes(self) -> Self {
        Self(self.0.sum_of_bytes())
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(self.0.add(other.0))
    }

    #[inline(always)]
    fn look_up(self, indices: Self) -> Self {
        Self(self.0.look_up(indices.0))
    }

    #[inline(always)]
    fn words(self) -> Words {
        self.0.words()
    }
}
