//! The instructions that the encoder's inner loops run on.
//!
//! The loops are written once, generic over [`Simd`], and compiled once for each *path*: a set of
//! instructions. [`Path::run`] takes a [`Work`] into the path that this processor has.
//!
//! | path | instructions | chosen |
//! |---|---|---|
//! | `Portable` | words of 64 bits | anywhere |
//! | `Avx512` | AVX-512 with BITALG, BMI2 | on x86-64, if the processor has them |
//! | `Avx2` | AVX2, BMI2 | likewise |
//! | `Neon` | Advanced SIMD | on AArch64, all of which has it |
//!
//! Android has no path of x86-64: few of its devices are of that kind, and all would carry the code.
//!
//! All paths give the same bits. What is generic over [`Simd`] has to be inlined into the function
//! that turns a path's instructions on, so it is `#[inline(always)]`.
//!
//! This module is the only one with `unsafe` code: intrinsics, which must not run where the
//! processor lacks the instruction. A value of a path's type is the proof that it does not.

#![cfg_attr(
    any(
        all(target_arch = "x86_64", not(target_os = "android")),
        target_arch = "aarch64"
    ),
    expect(unsafe_code, reason = "intrinsics; each block says why it is sound")
)]

#[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
mod avx2;
#[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
mod avx512;
#[cfg(target_arch = "aarch64")]
mod neon;
mod portable;

use std::ops::{BitAnd, BitOr, BitXor};

pub(crate) use portable::Portable;

/// Eight lanes of 32 bits.
pub(crate) type Words = [u32; 8];

/// Eight lanes of 32 bits in registers: 32 modules of each of eight candidates.
pub(crate) trait Lanes:
    Copy + BitAnd<Output = Self> + BitOr<Output = Self> + BitXor<Output = Self>
{
    /// The bits of `self` that are not set in `other`.
    fn and_not(self, other: Self) -> Self;

    /// In each lane, its bits 1 to 31 and then bit 0 of that lane of `next`.
    fn ahead(self, next: Self) -> Self;

    /// In each byte, how many bits of it are set.
    fn count_in_bytes(self) -> Self;

    /// The sums of bytes; none may exceed 255.
    fn add_bytes(self, other: Self) -> Self;

    /// In each lane, the sum of its four bytes.
    fn sum_of_bytes(self) -> Self;

    /// The sums of lanes, modulo 2³².
    fn add(self, other: Self) -> Self;

    /// In each byte, what stands in `self` at the place that the byte of `indices` says: 0 to 15, in
    /// the same four lanes.
    fn look_up(self, indices: Self) -> Self;

    /// Out of the registers.
    fn words(self) -> Words;
}

/// A set of instructions. Having a value of such a type proves that the processor has them.
pub(crate) trait Simd: Copy {
    /// Its registers.
    type Lanes: Lanes;

    /// Whether [`Lanes::look_up`] is one instruction.
    const LOOKS_UP: bool;

    /// Into the registers.
    fn load(self, words: &Words) -> Self::Lanes;

    /// The same four words in lanes 0 to 3 and 4 to 7.
    fn load_twice(self, words: &[u32; 4]) -> Self::Lanes;

    /// The same word in all lanes.
    fn splat(self, word: u32) -> Self::Lanes;

    /// Lays the low bits one after the other into the set places of `places`; the others are zero.
    fn deposit(self, bits: u64, places: u64) -> u64;

    /// Gathers the bits at the set places of `places` into the low bits: undoes
    /// [`deposit`](Self::deposit).
    fn extract(self, bits: u64, places: u64) -> u64;
}

/// What is to be run with whatever instructions there are.
pub(crate) trait Work {
    /// What comes out.
    type Output;

    /// Does it. To be `#[inline(always)]`.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// The instructions chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path {
    /// Words of 64 bits.
    Portable(Portable),
    #[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
    Avx2(avx2::Avx2),
    #[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
    Avx512(avx512::Avx512),
    #[cfg(target_arch = "aarch64")]
    Neon(neon::Neon),
}

impl Path {
    /// The one that runs anywhere.
    pub(crate) const PORTABLE: Self = Self::Portable(Portable);

    /// All that this processor has, the fastest first.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        [
            #[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
            avx512::Avx512::detect().map(Self::Avx512),
            #[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
            avx2::Avx2::detect().map(Self::Avx2),
            #[cfg(target_arch = "aarch64")]
            Some(Self::Neon(neon::Neon)),
            Some(Self::PORTABLE),
        ]
        .into_iter()
        .flatten()
    }

    /// The fastest that this processor has.
    pub(crate) fn fastest() -> Self {
        Self::all().next().unwrap_or(Self::PORTABLE)
    }

    /// Does the work with these instructions.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        match self {
            Self::Portable(portable) => work.run(portable),
            #[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
            Self::Avx2(avx2) => avx2.run(work),
            #[cfg(all(target_arch = "x86_64", not(target_os = "android")))]
            Self::Avx512(avx512) => avx512.run(work),
            #[cfg(target_arch = "aarch64")]
            Self::Neon(neon) => work.run(neon),
        }
    }
}

#[cfg(test)]
mod tests;
