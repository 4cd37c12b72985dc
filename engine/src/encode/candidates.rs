//! The symbol with each of the eight masks, side by side (ISO/IEC 18004:2015, 7.8.1).

use crate::simd::{Lanes, Simd, Words};
use crate::standard::Line;
use crate::standard::format::{FORMAT_LINE, FormatLines};
use crate::standard::mask::{LineOfAll, PERIOD};
use crate::standard::version::Version;

/// Light lines after those of the symbol, which the penalties look at.
const MARGIN: usize = 11;

/// The same 32 modules of every line, and of all candidates.
pub(crate) type Slice = [Words; Version::MAX.size() + MARGIN];

/// All rows, or all columns, of the eight candidates, format information included.
#[derive(Debug)]
pub(crate) struct Candidates {
    size: usize,
    /// As many as the largest symbol so far took.
    slices: Vec<Slice>,
}

impl Candidates {
    pub(crate) fn new() -> Self {
        Self {
            size: 0,
            slices: Vec::new(),
        }
    }

    /// Lines of each candidate.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// As many slices as cover the lines.
    pub(crate) fn slices(&self) -> &[Slice] {
        &self.slices[..self.size.div_ceil(32)]
    }

    /// Masks the lines of a symbol whose format information is all light: inverts what each pattern
    /// inverts of the free modules.
    #[inline(always)]
    pub(crate) fn mask<S: Simd>(
        &mut self,
        simd: S,
        lines: &[Line],
        free: &[Line],
        patterns: &[LineOfAll; PERIOD],
        format: &FormatLines,
    ) {
        self.size = lines.len();
        let count = lines.len().div_ceil(32);
        if self.slices.len() < count {
            self.slices.resize(count, [[0; _]; _]);
        }
        for (index, slice) in self.slices[..count].iter_mut().enumerate() {
            if index % 2 == 0 {
                mask_slice(simd, index, lines, free, patterns, slice, low);
            } else {
                mask_slice(simd, index, lines, free, patterns, slice, high);
            }
            slice[lines.len()..][..MARGIN].fill([0; _]);
        }
        self.darken(format);
    }

    #[inline(always)]
    fn darken(&mut self, format: &FormatLines) {
        let [near, far] = &format.along;
        let place = self.size - 8;
        let (first, shift) = (place / 32, place % 32);
        merge(&mut self.slices[0][FORMAT_LINE], near);
        merge(
            &mut self.slices[first][FORMAT_LINE],
            &far.map(|bits| bits << shift),
        );
        if shift > 32 - 8 {
            merge(
                &mut self.slices[first + 1][FORMAT_LINE],
                &far.map(|bits| bits >> (32 - shift)),
            );
        }
        let (near, far) = &format.across;
        for (words, bits) in self.slices[0].iter_mut().zip(near) {
            merge(words, bits);
        }
        for (words, bits) in self.slices[0][place..].iter_mut().zip(far) {
            merge(words, bits);
        }
    }
}

/// Masks slice `index`, which is the `half` of each word that it is in.
#[inline(always)]
fn mask_slice<S: Simd>(
    simd: S,
    index: usize,
    lines: &[Line],
    free: &[Line],
    patterns: &[LineOfAll; PERIOD],
    slice: &mut Slice,
    half: impl Fn(u64) -> u32,
) {
    let word = |line: &Line| simd.splat(half(line[index / 2]));
    let periods = lines.chunks(PERIOD).zip(free.chunks(PERIOD));
    for (masked, (lines, free)) in slice.chunks_mut(PERIOD).zip(periods) {
        let lines = lines.iter().zip(free).zip(patterns);
        for (masked, ((line, free), pattern)) in masked.iter_mut().zip(lines) {
            let inverted = simd.load(&pattern[index]) & word(free);
            *masked = (word(line) ^ inverted).words();
        }
    }
}

/// Modules 0 to 31 of a word.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "half a word")]
fn low(word: u64) -> u32 {
    word as u32
}

/// Modules 32 to 63.
#[inline(always)]
fn high(word: u64) -> u32 {
    low(word >> 32)
}

#[inline(always)]
fn merge(words: &mut Words, bits: &Words) {
    for (word, bits) in words.iter_mut().zip(bits) {
        *word |= bits;
    }
}
