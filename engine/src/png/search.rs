//! Which groups of a row were there before.
//!
//! The modules of a symbol look random, but there are few ways in which some modules on end can
//! look, and soon each of them was there before. So the search remembers where each way was seen
//! last, and if the copy from there costs less than the groups as they are, it takes it. Row by row,
//! from left to right, and it never looks back: what it finds can be written at once.

#![expect(
    clippy::cast_possible_truncation,
    reason = "rows have less than 2^8 modules, images less than 2^25 bytes, and a price 2^8 bits"
)]

use super::groups::Groups;
use super::layout::Layout;
use super::patterns::shifted;
use crate::standard::Line;
use crate::zlib::{DISTANCE_SPANS, distance_index};

/// Where what is found goes, in the order of the image.
pub(super) trait Rows {
    /// A group as it is.
    fn group(&mut self, pattern: u8);

    /// The last of a row as it is.
    fn last_group(&mut self, pattern: u8);

    /// Groups as they were before.
    fn copy(&mut self, copy: Copy);

    /// From the end of a row to the start of the next.
    fn next_row(&mut self);
}

/// Groups that were there before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copy {
    /// How many.
    pub(super) groups: u8,
    /// The symbol of the distance.
    pub(super) symbol: u8,
    /// How many bytes before.
    pub(super) distance: u32,
}

/// How the images of one layout are searched.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) layout: Layout,
    pub(super) groups: Groups,
    /// None if copies don't pay.
    pub(super) window: Option<Window>,
}

/// Groups on end that are looked for, and what tokens cost, in bits.
#[derive(Debug)]
pub(super) struct Window {
    /// How many groups.
    groups: usize,
    /// What they cost as they are, less the length of their copy, by their modules.
    limits: Vec<u8>,
    /// What the distance of a copy costs, by its symbol. There are more than a copy can have.
    distances: [i32; 64],
    /// Copies of so many equal modules.
    copies: [Copies; AHEAD as usize + 1],
}

/// A copy of as many groups as are equal and there is a code for.
#[derive(Clone, Copy, Debug)]
struct Copies {
    groups: u8,
    /// The least that those behind the window cost as they are; less than nothing if there is no window.
    saves: i32,
}

/// More than a row costs.
const NEVER: i32 = 1 << 20;

impl Window {
    /// The most modules: a table of 2^14.
    pub(super) const MAX: u32 = 14;

    /// A window of `count` groups. The prices are those of patterns, and of copies by length and by
    /// distance, if there is a code for them.
    pub(super) fn new(
        groups: &Groups,
        count: usize,
        of_pattern: impl Fn(u8) -> u32,
        of_length: impl Fn(usize) -> Option<u32>,
        of_distance: impl Fn(usize) -> Option<u32>,
    ) -> Self {
        let patterns: Vec<u32> = groups.patterns().map(of_pattern).collect();
        let mut costs = vec![0];
        for _ in 0..count {
            let before = std::mem::take(&mut costs);
            let longer = |pattern| before.iter().map(move |cost| cost + pattern);
            costs.extend(patterns.iter().flat_map(longer));
        }
        // Where a group is a module, who passes a copy by that saves a bit soon finds a better one.
        let must_save = u32::from(groups.modules() == 1);
        let length = of_length(count * groups.bytes).map(|length| length + must_save);
        let limit = |cost: u32| {
            let limit = length.and_then(|length| cost.checked_sub(length));
            limit.map_or(0, |limit| limit.min(u8::MAX.into()) as u8)
        };
        let distances = DISTANCE_SPANS.map(|span| of_distance(span.first.into()));
        let has_code = |count: &usize| of_length(count * groups.bytes).is_some();
        let cheapest = patterns.into_iter().min().unwrap_or(0);
        Self {
            limits: costs.into_iter().map(limit).collect(),
            distances: std::array::from_fn(|symbol| {
                let price = distances.get(symbol).copied().flatten();
                price.map_or(NEVER, u32::cast_signed)
            }),
            copies: std::array::from_fn(|modules| {
                let equal = modules >> groups.log2;
                let longest = (0..=equal).rev().find(has_code);
                let more = equal.checked_sub(count);
                Copies {
                    groups: longest.unwrap_or(0) as u8,
                    saves: more.map_or(-NEVER, |more| (more as u32 * cheapest).cast_signed()),
                }
            }),
            groups: count,
        }
    }

    /// The modules of the window.
    fn of(&self, ahead: u64) -> usize {
        ahead as usize & (self.limits.len() - 1)
    }

    /// A copy of the `equal` modules that are as they were that distance before, if the groups as
    /// they are cost more.
    fn copy(&self, ahead: u64, equal: usize, distance: u32) -> Option<Copy> {
        let symbol = distance_index(distance as usize);
        let Copies { groups, saves } = self.copies[equal];
        let saves = saves + i32::from(self.limits[self.of(ahead)]);
        (self.distances[symbol % 64] < saves).then_some(Copy {
            groups,
            symbol: symbol as u8,
            distance,
        })
    }
}

/// Modules that are looked ahead: what an unaligned word holds for certain.
pub(super) const AHEAD: u32 = 56;

/// Modules from a row to the next in the memory of a search.
const ROW: usize = 256;

/// Bytes of all rows, and a word at the end, so that a word can be read everywhere.
const ROWS: usize = ROW * ROW / 8 + 8;

/// Where nothing is: the first module of the last row, which no symbol has.
const NOWHERE: u16 = ((ROW - 1) * ROW) as u16;

/// Farther than a copy can reach.
const TOO_FAR: u32 = 1 << 30;

/// The modules of each row from its first group on.
#[derive(Debug)]
struct Modules(Box<[u8; ROWS]>);

impl Modules {
    /// At least [`AHEAD`] modules from one on.
    fn ahead(&self, module: usize) -> u64 {
        let byte = module / 8 % (ROWS - 8);
        let word = self.0[byte..byte + 8].first_chunk();
        word.map_or(0, |&word| u64::from_le_bytes(word)) >> (module % 8)
    }
}

/// The memory of a search, kept from one image to the next.
#[derive(Debug)]
pub(super) struct Search {
    rows: Modules,
    /// Where the modules of a window were seen last, by the modules: as a place in `rows`, in modules.
    seen: Vec<u16>,
    /// The first byte of the line of a row that is copied from; too far for the row that is none.
    lines: [u32; ROW],
}

impl Default for Search {
    fn default() -> Self {
        Self {
            rows: Modules(Box::new([0; ROWS])),
            seen: Vec::new(),
            lines: [TOO_FAR; ROW],
        }
    }
}

impl Search {
    /// Searches all rows.
    pub(super) fn run<'a>(
        &mut self,
        rows: impl Iterator<Item = &'a Line>,
        rules: &Rules,
        found: &mut impl Rows,
    ) {
        for (memory, row) in self.rows.0.chunks_exact_mut(ROW / 8).zip(rows) {
            let [a, b, c] = shifted(row, rules.groups.shift);
            let words = [a, b, c, 0].map(u64::to_le_bytes);
            memory.copy_from_slice(words.as_flattened());
        }
        if let Some(window) = &rules.window {
            self.seen.clear();
            self.seen.resize(window.limits.len(), NOWHERE);
        }
        for row in 0..rules.layout.size {
            if row > 0 {
                found.next_row();
            }
            if let Some(window) = &rules.window {
                self.take_copies(row, rules, window, found);
            } else {
                self.take_eights(row, rules.groups.count, found);
            }
        }
    }

    /// The modules of a row from its first group on, eight a byte, of the image searched last.
    pub(super) fn row(&self, row: usize) -> &[u8] {
        &self.rows.0[row * ROW / 8..][..ROW / 8]
    }

    /// The groups of a row, of eight modules each, as they are.
    fn take_eights(&self, row: usize, count: usize, found: &mut impl Rows) {
        if let Some((&last, others)) = self.row(row)[..count].split_last() {
            for &pattern in others {
                found.group(pattern);
            }
            found.last_group(last);
        }
    }

    /// Where the modules of that window were seen before; from now on they were seen here.
    fn look_up(&mut self, here: usize, ahead: u64, window: &Window) -> usize {
        let seen = &mut self.seen[window.of(ahead)];
        std::mem::replace(seen, here as u16).into()
    }

    /// The groups of a row, copies or not, as long as a window fits in, then as they are.
    fn take_copies(&mut self, row: usize, rules: &Rules, window: &Window, found: &mut impl Rows) {
        let Rules { layout, groups, .. } = rules;
        let modules = groups.modules() as usize;
        // Where what is whole ends.
        let end = groups.whole() * modules;
        let mut column = 0;
        if let Some(last) = end.checked_sub(window.groups * modules) {
            // Of this row there is only the first line yet; of those before the last is the nearest.
            let first_line = row * layout.scale;
            let line = |line: usize| (line * layout.stride()) as u32;
            self.lines[row] = line(first_line);
            while column <= last {
                let here = row * ROW + column;
                let ahead = self.rows.ahead(here);
                let before = self.look_up(here, ahead, window);
                let differ = ahead ^ self.rows.ahead(before) | 1 << AHEAD;
                // What is behind the row there need not be what is behind it here.
                let left = end - column.max(before % ROW);
                let equal = left.min(differ.trailing_zeros() as usize);
                let bytes = |column: usize| (column * layout.scale / 8) as u32;
                let distance = (line(first_line) + bytes(column))
                    .wrapping_sub(self.lines[before / ROW] + bytes(before % ROW));
                column += modules;
                let Some(copy) = window.copy(ahead, equal, distance) else {
                    found.group(groups.pattern(ahead));
                    continue;
                };
                found.copy(copy);
                for _ in 1..copy.groups {
                    if column <= last {
                        let here = row * ROW + column;
                        self.look_up(here, self.rows.ahead(here), window);
                    }
                    column += modules;
                }
            }
            self.lines[row] = line(first_line + layout.scale - 1);
        }
        let last = (groups.count - 1) * modules;
        let pattern = |column| groups.pattern(self.rows.ahead(row * ROW + column));
        while column < last {
            found.group(pattern(column));
            column += modules;
        }
        if column == last {
            found.last_group(pattern(last));
        }
    }
}
