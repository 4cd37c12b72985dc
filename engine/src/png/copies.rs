//! Which bytes of a row of pixels were there before.
//!
//! The modules of a symbol look random, but there are few ways in which some five modules on end can
//! look, and soon each of them was there before. So a row is searched for what begins like the bytes
//! from a place on and was seen last: in this row or in an earlier one, and in the same place of the
//! row above. Of that and the same one byte further on the copy is taken that saves more.
//!
//! What a code costs is known only when all tokens are. The search goes by what is usual.

#![expect(
    clippy::cast_possible_truncation,
    reason = "rows of ours are below 2^8, and their bytes below 2^11"
)]

use std::ops::Range;

use super::layout::Layout;
use super::pixels::Pixels;
use crate::zlib::deflate::{MAX_COPY, MIN_COPY};
use crate::zlib::{MAX_DISTANCE, extra_bits};

/// Bytes of a row that are a copy of earlier ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copy {
    pub(super) row: u16,
    /// The first of the bytes in the row.
    pub(super) at: u16,
    pub(super) length: u16,
    /// How far back in the image.
    pub(super) distance: u16,
}

/// Finds copies. Keeps its memory from one image to the next.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// For the bytes from a place on, by their hash, where they were seen last: the row from bit 16
    /// on, which is one too high, and the byte.
    seen: Vec<u32>,
    /// The hashes of the row that is being searched.
    hashes: Vec<u16>,
    found: Vec<Copy>,
}

impl Copies {
    /// The copies that the search has found, in order.
    pub(super) fn found(&self) -> &[Copy] {
        &self.found
    }

    /// Searches all rows.
    pub(super) fn find(&mut self, pixels: &Pixels, layout: &Layout) {
        self.found.clear();
        let Some(search) = Search::of(pixels, layout) else {
            return;
        };
        self.seen.clear();
        self.seen.resize(1 << search.hash_bits, 0);
        for row in 0..layout.size {
            self.hashes.clear();
            self.hashes.extend(search.hashes(row));
            self.find_in_row(&search, row);
        }
    }

    fn find_in_row(&mut self, search: &Search<'_>, row: usize) {
        let (mut at, mut here) = (0, None);
        while at < search.width {
            let best = here.or_else(|| self.best(search, row, at));
            self.saw(row, at..at + 1);
            at += 1;
            let Some((saved, copy)) = best else {
                continue;
            };
            here = self.best(search, row, at).filter(|&(more, _)| more > saved);
            if here.is_none() {
                self.found.push(copy);
                let end = usize::from(copy.at + copy.length);
                self.saw(row, at..end);
                at = end;
            }
        }
    }

    /// The copy that saves most from a place on, and how many tenths of a bit.
    fn best(&self, search: &Search<'_>, row: usize, at: usize) -> Option<(u32, Copy)> {
        let above = match row {
            0 => None,
            _ => search.copy((row - 1, at), (row, at), MIN_COPY),
        };
        let seen = self
            .hashes
            .get(at)
            .map_or(0, |&hash| self.seen[usize::from(hash)]);
        if seen == 0 {
            return above;
        }
        let from = ((seen >> 16) as usize - 1, (seen & 0xffff) as usize);
        let other = search.copy(from, (row, at), search.window);
        match (above, other) {
            (Some((saved, _)), Some((more, _))) if more <= saved => above,
            (_, None) => above,
            (_, Some(_)) => other,
        }
    }

    fn saw(&mut self, row: usize, places: Range<usize>) {
        let hashes = self.hashes.get(places.start..).unwrap_or_default();
        for (at, &hash) in places.zip(hashes) {
            self.seen[usize::from(hash)] = (row as u32 + 1) << 16 | at as u32;
        }
    }
}

/// What does not change during a search.
struct Search<'a> {
    pixels: &'a Pixels,
    scale: usize,
    stride: usize,
    /// Bytes of a row.
    width: usize,
    /// Bytes that must be equal at least, up to 16.
    window: usize,
    /// Tenths of a bit that a byte costs that is not copied.
    literal: u32,
    hash_bits: u32,
}

impl<'a> Search<'a> {
    /// The search that is worth its time and its codes, if there is one.
    fn of(pixels: &'a Pixels, layout: &Layout) -> Option<Self> {
        /// What is smaller has too many different bytes, or too few bytes a module.
        const FROM_SCALE: usize = 5;
        /// A module of 8 pixels is a byte, and costs hardly more than a bit. So there a copy must be
        /// long, and small symbols have too few of them.
        const FROM_SIZE_AT_8: usize = 45;
        const MODULES: usize = 5;
        const MODULES_AT_8: usize = 11;

        let scale = layout.scale;
        if scale < FROM_SCALE || scale == 8 && layout.size < FROM_SIZE_AT_8 {
            return None;
        }
        let modules = if scale == 8 { MODULES_AT_8 } else { MODULES };
        let width = layout.end() - layout.start();
        Some(Self {
            pixels,
            scale,
            stride: layout.stride(),
            width,
            hash_bits: (width * layout.size).ilog2().clamp(9, 13) + 1,
            window: (modules * scale / 8).min(16),
            literal: if scale.is_multiple_of(8) { 15 } else { 22 },
        })
    }

    /// For each place in a row with a whole window behind it, a number of [`Self::hash_bits`] that
    /// depends on the bytes of the window.
    fn hashes(&self, row: usize) -> impl Iterator<Item = u16> {
        let high = self.window.saturating_sub(8);
        let masks = [
            u64::MAX >> (64 - 8 * (self.window - high)),
            u64::MAX.checked_shr(64 - 8 * high as u32).unwrap_or(0),
        ];
        let windows = self.pixels.from(row, 0).array_windows::<16>();
        let places = (self.width + 1).saturating_sub(self.window);
        windows.take(places).map(move |bytes| {
            let (words, _) = bytes.as_chunks::<8>();
            let [low, high] = [0, 1].map(|i| u64::from_le_bytes(words[i]) & masks[i]);
            let folded = low ^ high.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            (folded.wrapping_mul(0xd6e8_feb8_6659_fd93) >> (64 - self.hash_bits)) as u16
        })
    }

    /// The copy of what is in a row from a place on, at least so many bytes, and what it saves, if it
    /// saves anything.
    fn copy(
        &self,
        from: (usize, usize),
        to: (usize, usize),
        at_least: usize,
    ) -> Option<(u32, Copy)> {
        let (source, bytes) = (
            self.pixels.from(from.0, from.1),
            self.pixels.from(to.0, to.1),
        );
        // Most differ soon.
        let (first, other) = (source.first_chunk()?, bytes.first_chunk()?);
        let differ = u64::from_le_bytes(*first) ^ u64::from_le_bytes(*other);
        if (differ.trailing_zeros() as usize) < 8 * at_least.min(8) {
            return None;
        }
        let most = (self.width - from.1.max(to.1)).min(MAX_COPY);
        let length = common(source, bytes, most);
        if length < at_least {
            return None;
        }
        // The last line of an earlier row is nearest.
        let lines = match to.0 - from.0 {
            0 => 0,
            rows => (rows - 1) * self.scale + 1,
        };
        let distance = lines * self.stride + to.1 - from.1;
        if distance > MAX_DISTANCE {
            return None;
        }
        // A code each for length and distance, that of the row above a short one.
        let codes = if distance == self.stride { 40 } else { 70 };
        let cost = codes + 10 * extra_bits(length, distance);
        let saved = (self.literal * length as u32).checked_sub(cost)?;
        let copy = Copy {
            row: to.0 as u16,
            at: to.1 as u16,
            length: length as u16,
            distance: distance as u16,
        };
        (saved > 0).then_some((saved, copy))
    }
}

/// How many bytes at the start of both are equal, of so many that are looked at. There must be
/// seven more of each.
fn common(one: &[u8], two: &[u8], most: usize) -> usize {
    let (words, others) = (one.as_chunks::<8>().0, two.as_chunks::<8>().0);
    let mut length = 0;
    for (word, other) in words.iter().zip(others) {
        let differ = u64::from_le_bytes(*word) ^ u64::from_le_bytes(*other);
        length += differ.trailing_zeros() as usize / 8;
        if differ != 0 || length >= most {
            break;
        }
    }
    length.min(most)
}
