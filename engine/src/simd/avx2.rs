//! x86-64 with AVX2, BMI2 and POPCNT: Intel since 2013 (Haswell), AMD since 2017 (Zen).

use std::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm256_add_epi8, _mm256_add_epi32, _mm256_and_si256,
    _mm256_andnot_si256, _mm256_broadcastsi128_si256, _mm256_loadu_si256, _mm256_madd_epi16,
    _mm256_maddubs_epi16, _mm256_or_si256, _mm256_set1_epi8, _mm256_set1_epi16, _mm256_set1_epi32,
    _mm256_setr_epi8, _mm256_shuffle_epi8, _mm256_slli_epi32, _mm256_srli_epi16, _mm256_srli_epi32,
    _mm256_storeu_si256, _mm256_xor_si256, _pdep_u64, _pext_u64,
};
use std::ops::{BitAnd, BitOr, BitXor};

use super::{Lanes, Simd, Words, Work};

/// Proof that the processor has these instructions: [`detect`](Self::detect) alone makes one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

/// A register. Proves the same, as [`Avx2`] is needed to fill one.
#[derive(Clone, Copy)]
pub(crate) struct Register(pub(super) __m256i);

impl Avx2 {
    pub(super) fn detect() -> Option<Self> {
        let is_there = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt");
        is_there.then_some(Self(()))
    }

    /// Does the work in a function that may use all of the instructions.
    pub(super) fn run<W: Work>(self, work: W) -> W::Output {
        #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
        fn run<W: Work>(avx2: Avx2, work: W) -> W::Output {
            work.run(avx2)
        }
        // SAFETY: `self` proves that the processor has the features.
        unsafe { run(self, work) }
    }
}

impl Simd for Avx2 {
    type Lanes = Register;

    const LOOKS_UP: bool = true;

    #[inline(always)]
    fn load(self, words: &Words) -> Register {
        // SAFETY: `self` proves AVX2, and 32 bytes may be read at `words`, aligned or not.
        Register(unsafe { _mm256_loadu_si256(words.as_ptr().cast()) })
    }

    #[inline(always)]
    fn load_twice(self, words: &[u32; 4]) -> Register {
        // SAFETY: `self` proves AVX2, and 16 bytes may be read at `words`, aligned or not.
        Register(unsafe { _mm256_broadcastsi128_si256(_mm_loadu_si128(words.as_ptr().cast())) })
    }

    #[inline(always)]
    fn splat(self, word: u32) -> Register {
        // SAFETY: `self` proves AVX2.
        Register(unsafe { _mm256_set1_epi32(word.cast_signed()) })
    }

    #[inline(always)]
    fn deposit(self, bits: u64, places: u64) -> u64 {
        // SAFETY: `self` proves BMI2.
        unsafe { _pdep_u64(bits, places) }
    }

    #[inline(always)]
    fn extract(self, bits: u64, places: u64) -> u64 {
        // SAFETY: `self` proves BMI2.
        unsafe { _pext_u64(bits, places) }
    }
}

impl BitAnd for Register {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe { _mm256_and_si256(self.0, other.0) })
    }
}

impl BitOr for Register {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe { _mm256_or_si256(self.0, other.0) })
    }
}

impl BitXor for Register {
    type Output = Self;

    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe { _mm256_xor_si256(self.0, other.0) })
    }
}

impl Lanes for Register {
    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe { _mm256_andnot_si256(other.0, self.0) })
    }

    #[inline(always)]
    fn ahead(self, next: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        unsafe {
            let moved = Self(_mm256_srli_epi32::<1>(self.0));
            moved | Self(_mm256_slli_epi32::<31>(next.0))
        }
    }

    /// Each half byte by a look-up.
    #[inline(always)]
    fn count_in_bytes(self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe {
            let counts = _mm256_setr_epi8(
                0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, //
                0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
            );
            let half = _mm256_set1_epi8(0x0F);
            let low = _mm256_and_si256(self.0, half);
            let high = _mm256_and_si256(_mm256_srli_epi16::<4>(self.0), half);
            _mm256_add_epi8(
                _mm256_shuffle_epi8(counts, low),
                _mm256_shuffle_epi8(counts, high),
            )
        })
    }

    #[inline(always)]
    fn add_bytes(self, other: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe { _mm256_add_epi8(self.0, other.0) })
    }

    /// Bytes are taken as unsigned by `maddubs`, and two of them add up to less than 2¹⁵.
    #[inline(always)]
    fn sum_of_bytes(self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe {
            let pairs = _mm256_maddubs_epi16(self.0, _mm256_set1_epi8(1));
            _mm256_madd_epi16(pairs, _mm256_set1_epi16(1))
        })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe { _mm256_add_epi32(self.0, other.0) })
    }

    #[inline(always)]
    fn look_up(self, indices: Self) -> Self {
        // SAFETY: `self` proves AVX2.
        Self(unsafe { _mm256_shuffle_epi8(self.0, indices.0) })
    }

    #[inline(always)]
    fn words(self) -> Words {
        let mut words = [0; 8];
        // SAFETY: `self` proves AVX2, and 32 bytes may be written at `words`, aligned or not.
        unsafe { _mm256_storeu_si256(words.as_mut_ptr().cast(), self.0) };
        words
    }
}
