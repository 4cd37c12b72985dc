//! Which bytes of a row of pixels were there before.
//!
//! The modules of a symbol look random, but there are few ways in which some five modules on end can
//! look, and soon each of them was there before. So the search is one for modules: where those from
//! a place on were seen last, some few of them and some more, in this row or in an earlier one, and
//! in the row above. Words of 64 modules are compared at a time. Bytes follow from modules where
//! both places are a whole number of bytes apart. Of the best copy and the one a byte further on
//! that is taken which saves more.
//!
//! What a code costs is known only when all tokens are. The search goes by what is usual.

#![expect(
    clippy::cast_possible_truncation,
    reason = "rows and modules of ours are below 2^8, and bytes of a row below 2^11"
)]

use std::ops::Range;

use super::layout::Layout;
use super::patterns::shifted;
use crate::Symbol;
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
    /// The modules of each row, behind some of the quiet zone; one empty word more.
    rows: Vec<[u64; 4]>,
    search: Search,
    seen: [Seen; 2],
    found: Vec<Copy>,
}

/// Where some modules on end were seen last.
#[derive(Debug, Default)]
struct Seen {
    modules: u32,
    /// By the phase of the first module and by the modules: the row, which is one too high, from
    /// bit 8 on, and the place.
    last: Vec<u16>,
}

impl Seen {
    fn reset(&mut self, modules: u32, phases: usize) {
        self.modules = modules;
        self.last.clear();
        self.last.resize(phases << modules, 0);
    }

    fn slot(&mut self, phase: usize, window: u64) -> &mut u16 {
        let modules = window as usize & ((1 << self.modules) - 1);
        &mut self.last[phase << self.modules | modules]
    }
}

impl Copies {
    /// The copies that the search has found, in order.
    pub(super) fn found(&self) -> &[Copy] {
        &self.found
    }

    /// Searches all rows.
    pub(super) fn find(&mut self, symbol: &Symbol, layout: &Layout) {
        self.found.clear();
        if !Search::is_worth_it(layout) {
            return;
        }
        let mut search = std::mem::take(&mut self.search);
        search.set(layout);
        self.rows.clear();
        self.rows.extend((0..layout.size).map(|y| {
            let [a, b, c] = shifted(symbol.row(y), search.shift);
            [a, b, c, 0]
        }));
        for (seen, modules) in self.seen.iter_mut().zip(search.windows) {
            seen.reset(modules, search.phases + 1);
        }
        for row in 0..layout.size {
            self.find_in_row(&search, row);
        }
        self.search = search;
    }

    fn find_in_row(&mut self, search: &Search, row: usize) {
        let (mut at, mut here) = (0, None);
        // Modules before this one were seen.
        let mut seen = search.module(0);
        while at < search.width {
            let best = here.take().or_else(|| {
                self.see(search, row, seen..search.module(at));
                self.best(search, row, at)
            });
            // What can be copied from a byte on can be from the byte before, if both start in the
            // same module.
            let next = search.next(at);
            seen = search.module(at);
            let Some((saved, copy)) = best else {
                at = next;
                continue;
            };
            if next < search.width {
                self.see(search, row, seen..search.module(next));
                seen = search.module(next);
                let passed_by = search.literal * (next - at - 1) as u32;
                here = self
                    .best(search, row, next)
                    .filter(|&(more, _)| more > saved + passed_by);
            }
            if here.is_none() {
                self.found.push(copy);
                at = usize::from(copy.at + copy.length);
            } else {
                at = next;
            }
        }
        self.see(search, row, seen..search.end);
    }

    /// Remembers where modules are.
    fn see(&mut self, search: &Search, row: usize, places: Range<usize>) {
        let line = &self.rows[row];
        for place in places {
            let window = window(line, place);
            let here = (row as u16 + 1) << 8 | place as u16;
            for seen in &mut self.seen {
                *seen.slot(place & search.phases, window) = here;
            }
        }
    }

    /// The copy that saves most from a place on, and how many tenths of a bit.
    fn best(&mut self, search: &Search, row: usize, at: usize) -> Option<(u32, Copy)> {
        let place = search.module(at);
        let to = window(&self.rows[row], place);
        let phase = place & search.phases;
        let last = self
            .seen
            .each_mut()
            .map(|seen| usize::from(*seen.slot(phase, to)));
        let last = last.map(|last| Some(((last >> 8).checked_sub(1)?, last & 0xff)));
        let above = row.checked_sub(1).map(|above| (above, place));
        let mut best: Option<(u32, Copy)> = None;
        let all = [above, last[1], last[0]].into_iter().flatten();
        // A copy may end in the module that it began in, which was seen already.
        for from in all.filter(|&from| from != (row, place)) {
            let differ = to ^ window(&self.rows[from.0], from.1);
            if let Some((saved, copy)) = search.copy(differ, from, (row, at))
                && best.is_none_or(|(most, _)| saved > most)
            {
                best = Some((saved, copy));
            }
        }
        best
    }
}

/// What does not change during a search.
#[derive(Debug, Default)]
struct Search {
    layout: Option<Layout>,
    scale: usize,
    stride: usize,
    /// Where in the words the modules of a row end.
    end: usize,
    /// Modules of quiet zone before them in the words of a row.
    shift: usize,
    /// Bytes in front of the first that counts.
    start: usize,
    /// Bytes of a row.
    width: usize,
    /// So many modules on end start in different places of a byte: a power of two, less one.
    phases: usize,
    /// How many modules on end are looked for.
    windows: [u32; 2],
    /// Tenths of a bit that the codes of a copy cost: of one from the row above, and of any other.
    codes: [u32; 2],
    /// Tenths of a bit that a byte costs that is not copied.
    literal: u32,
    /// The module that each byte of a row starts in, and what is behind the last.
    modules: Vec<u8>,
    /// The byte that each module starts in, counted from the first module of the words.
    bytes: Vec<u16>,
}

impl Search {
    /// Whether a search is worth its time and its codes.
    fn is_worth_it(layout: &Layout) -> bool {
        /// What is smaller has too many different bytes, or too few bytes a module.
        const FROM_SCALE: usize = 5;
        /// A module of 8 pixels is a byte, and costs hardly more than a bit. So there a copy must be
        /// long, and small symbols have too few of them.
        const FROM_SIZE_AT_8: usize = 45;

        layout.scale >= FROM_SCALE && (layout.scale != 8 || layout.size >= FROM_SIZE_AT_8)
    }

    /// Becomes the search in images of that layout.
    fn set(&mut self, layout: &Layout) {
        if self.layout == Some(*layout) {
            return;
        }
        self.layout = Some(*layout);
        let scale = layout.scale;
        self.scale = scale;
        self.stride = layout.stride();
        self.shift = layout.pattern_shift();
        self.end = self.shift + layout.size;
        self.start = self.shift * scale / 8;
        self.width = layout.end() - layout.start();
        self.phases = (1 << 3_u32.saturating_sub(scale.trailing_zeros())) - 1;
        (self.windows, self.codes, self.literal) = if scale == 8 {
            ([12, 15], [60, 120], 15)
        } else {
            ([6, 10], [60, 90], 22)
        };
        self.modules.clear();
        let bytes = self.start..=self.start + self.width;
        self.modules
            .extend(bytes.map(|byte| (8 * byte / scale) as u8));
        self.bytes.clear();
        let modules = 0..=self.end + 64;
        self.bytes
            .extend(modules.map(|module| (module * scale / 8) as u16));
    }

    /// The module that a byte of a row starts in.
    fn module(&self, at: usize) -> usize {
        self.modules[at].into()
    }

    /// The first byte that starts in a later module, or else the end of the row.
    fn next(&self, at: usize) -> usize {
        let rest = &self.modules[at..self.width];
        at + rest.iter().take_while(|&&module| module == rest[0]).count()
    }

    /// The copy from a module of a row to a byte of the same or a later one, between which the
    /// modules `differ`, and what it saves, if it saves anything.
    #[inline(always)]
    fn copy(&self, differ: u64, from: (usize, usize), to: (usize, usize)) -> Option<(u32, Copy)> {
        let place = self.module(to.1);
        let byte = |module: usize| usize::from(self.bytes[module]);
        let (source, target) = (byte(from.1), byte(place));
        // What is behind the row there need not be what is behind it here.
        let most = MAX_COPY.min(self.width - to.1.max((to.1 + source).saturating_sub(target)));
        let end = byte(place + differ.trailing_zeros() as usize);
        let length = end.saturating_sub(self.start + to.1).min(most);
        let literals = self.literal * length as u32;
        if length < MIN_COPY || literals <= self.codes[0] {
            return None;
        }
        // The last line of an earlier row is nearest.
        let lines = match to.0 - from.0 {
            0 => 0,
            rows => (rows - 1) * self.scale + 1,
        };
        let distance = lines * self.stride + target - source;
        if distance > MAX_DISTANCE {
            return None;
        }
        // A code each for length and distance, that of the row above a short one.
        let codes = self.codes[usize::from(distance != self.stride)];
        let cost = codes + 10 * extra_bits(length, distance);
        let saved = literals.checked_sub(cost)?;
        let copy = Copy {
            row: to.0 as u16,
            at: to.1 as u16,
            length: length as u16,
            distance: distance as u16,
        };
        (saved > 0).then_some((saved, copy))
    }
}

/// The modules from a place on.
fn window(row: &[u64; 4], place: usize) -> u64 {
    let (word, shift) = (place / 64, place % 64);
    // In two steps, as a shift by 64 is none at all.
    row[word] >> shift | row[word + 1] << 1 << (63 - shift)
}
