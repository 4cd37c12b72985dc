//! One of the eight candidates by itself (ISO/IEC 18004:2015, 7.8.1).

use crate::standard::format::{FORMAT_LINE, FormatLines};
use crate::standard::mask::{Mask, PERIOD};
use crate::standard::version::Version;
use crate::standard::{Line, shifted};

/// Light lines before the first, and after the last.
pub(crate) const BEFORE: usize = 4;
pub(crate) const AFTER: usize = 9;

/// All rows, or all columns, of a candidate: word by word of all lines, so that 64 modules of a line
/// lie beside those of the next.
#[derive(Debug)]
pub(crate) struct Candidate {
    size: usize,
    words: [[u64; BEFORE + Version::MAX.size() + AFTER]; 3],
}

impl Candidate {
    pub(crate) fn new() -> Self {
        Self {
            size: 0,
            words: [[0; _]; _],
        }
    }

    /// Number of lines.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Line `i`.
    #[inline(always)]
    pub(crate) fn line(&self, i: usize) -> Line {
        std::array::from_fn(|w| {
            if w < self.size.div_ceil(64) {
                self.words[w][BEFORE + i]
            } else {
                0
            }
        })
    }

    /// The words of the lines: for each 64 modules those of all lines, with light ones around them.
    pub(crate) fn words(&self) -> impl Iterator<Item = &[u64]> {
        let words = &self.words[..self.size.div_ceil(64)];
        words
            .iter()
            .map(|words| &words[..BEFORE + self.size + AFTER])
    }

    /// Masks the lines of a symbol whose format information is all light.
    #[inline(always)]
    pub(crate) fn mask(
        &mut self,
        mask: Mask,
        lines: &[Line],
        free: &[Line],
        pattern: &[Line; PERIOD],
        format: &FormatLines,
    ) {
        let size = lines.len();
        self.size = size;
        for (w, words) in self.words[..size.div_ceil(64)].iter_mut().enumerate() {
            let (words, margin) = words[BEFORE..].split_at_mut(size);
            let periods = lines.chunks(PERIOD).zip(free.chunks(PERIOD));
            for (words, (lines, free)) in words.chunks_mut(PERIOD).zip(periods) {
                for (word, ((line, free), pattern)) in
                    words.iter_mut().zip(lines.iter().zip(free).zip(pattern))
                {
                    *word = line[w] ^ pattern[w] & free[w];
                }
            }
            margin[..AFTER].fill(0);
        }

        let lane = usize::from(mask.number());
        let [near, far] = format.along.map(|words| u64::from(words[lane]));
        self.words[0][BEFORE + FORMAT_LINE] |= near;
        for (words, bits) in self.words.iter_mut().zip(shifted(far, size - 8)) {
            words[BEFORE + FORMAT_LINE] |= bits;
        }
        let (near, far) = &format.across;
        for (word, words) in self.words[0][BEFORE..].iter_mut().zip(near) {
            *word |= u64::from(words[lane]);
        }
        for (word, words) in self.words[0][BEFORE + size - 8..].iter_mut().zip(far) {
            *word |= u64::from(words[lane]);
        }
    }

    /// Of these lines, as they are.
    #[cfg(test)]
    pub(crate) fn of(lines: &[Line]) -> Self {
        let mut candidate = Self::new();
        candidate.size = lines.len();
        for (i, line) in lines.iter().enumerate() {
            for (words, word) in candidate.words.iter_mut().zip(line) {
                words[BEFORE + i] = *word;
            }
        }
        candidate
    }
}
