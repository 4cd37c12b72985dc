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
#[derive(Clone, Copy)]
pub(super) struct Copy {
    pub(super) groups: usize,
    /// How many bytes before, and the symbol of that.
    pub(super) distance: usize,
    pub(super) symbol: usize,
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
    /// The least that one more costs.
    cheapest: u32,
    /// What the distance of a copy costs, by its symbol. There are more than a copy can have.
    distances: [u32; 64],
    /// How many of some equal groups to copy: as many as there is a code for.
    lengths: [u8; AHEAD as usize + 1],
}

/// More than a row costs.
const NEVER: u32 = 1 << 20;

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
        Self {
            groups: count,
            limits: costs.into_iter().map(limit).collect(),
            cheapest: patterns.into_iter().min().unwrap_or(0),
            distances: std::array::from_fn(|symbol| {
                let price = distances.get(symbol).copied().flatten();
                price.unwrap_or(NEVER)
            }),
            lengths: std::array::from_fn(|equal| {
                let longest = (0..=equal).rev().find(has_code);
                longest.unwrap_or(0) as u8
            }),
        }
    }

    /// The modules of the window.
    fn of(&self, ahead: u64) -> usize {
        ahead as usize & (self.limits.len() - 1)
    }

    /// Whether to copy the groups, `equal` of which are as they were a distance of that symbol before.
    fn is_worth_it(&self, ahead: u64, equal: usize, symbol: usize) -> bool {
        let Some(more) = equal.checked_sub(self.groups) else {
            return false;
        };
        let limit = u32::from(self.limits[self.of(ahead)]) + more as u32 * self.cheapest;
        self.distances[symbol % 64] < limit
    }
}

/// Modules that are looked ahead: what an unaligned word holds for certain.
pub(super) const AHEAD: u32 = 56;

/// Modules from a row to the next in the memory of a search.
const ROW: usize = 256;

/// Bytes of all rows, and a word at the end, so that a word can be read everywhere.
const ROWS: usize = ROW * ROW / 8 + 8;

/// The memory of a search, kept from one image to the next.
#[derive(Debug)]
pub(super) struct Search {
    /// The modules of each row from its first group on.
    rows: Box<[u8; ROWS]>,
    /// Where the modules of a window were seen last, by the modules.
    seen: Vec<Place>,
}

/// Where a group is.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its first bit in the rows of the search.
    module: u32,
    /// Its first byte in the last line of its row, which is the nearest to later rows.
    byte: u32,
}

impl Place {
    /// Farther than a copy can reach.
    const NOWHERE: Self = Self {
        module: 0,
        byte: 1 << 30,
    };

    /// The next group of the row.
    const fn next(self, groups: &Groups) -> Self {
        Self {
            module: self.module + groups.modules(),
            byte: self.byte + groups.bytes as u32,
        }
    }
}

impl Default for Search {
    fn default() -> Self {
        Self {
            rows: Box::new([0; ROWS]),
            seen: Vec::new(),
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
        for (memory, row) in self.rows.chunks_exact_mut(ROW / 8).zip(rows) {
            let [a, b, c] = shifted(row, rules.groups.shift);
            let words = [a, b, c, 0].map(u64::to_le_bytes);
            memory.copy_from_slice(words.as_flattened());
        }
        if let Some(window) = &rules.window {
            self.seen.clear();
            self.seen.resize(window.limits.len(), Place::NOWHERE);
        }
        for row in 0..rules.layout.size {
            if row > 0 {
                found.next_row();
            }
            let window = rules.window.as_ref();
            let taken = window.map_or(0, |window| self.take_copies(row, rules, window, found));
            self.take_rest(row, taken, &rules.groups, found);
        }
    }

    /// The groups of a row from one on as they are.
    fn take_rest(&self, row: usize, taken: usize, groups: &Groups, found: &mut impl Rows) {
        let mut module = (row * ROW + (taken << groups.log2)) as u32;
        for group in taken..groups.count {
            let pattern = groups.pattern(self.ahead(module));
            if group + 1 < groups.count {
                found.group(pattern);
            } else {
                found.last_group(pattern);
            }
            module += groups.modules();
        }
    }

    /// Groups of a row, copies or not, as long as a window fits in. Returns how many.
    fn take_copies(
        &mut self,
        row: usize,
        rules: &Rules,
        window: &Window,
        found: &mut impl Rows,
    ) -> usize {
        let groups = &rules.groups;
        let starts = (groups.whole() + 1).saturating_sub(window.groups);
        let stride = rules.layout.stride();
        let row_start = (row * ROW) as u32;
        // Bytes from the first line of a row to the last.
        let to_last_line = ((rules.layout.scale - 1) * stride) as u32;
        let mut here = Place {
            module: row_start,
            byte: (row * rules.layout.scale * stride) as u32 + to_last_line,
        };
        let mut group = 0;
        while group < starts {
            let ahead = self.ahead(here.module);
            let seen = std::mem::replace(self.seen(ahead, window), here);
            let differ = ahead ^ self.ahead(seen.module) | 1 << AHEAD;
            let equal = (differ.trailing_zeros() >> groups.log2) as usize;
            // What is behind the row there need not be what is behind it here.
            let from = (seen.module as usize % ROW) >> groups.log2;
            let equal = equal.min(groups.whole() - group.max(from));
            // Of this row there is only the first line yet.
            let nearest = if seen.module < row_start {
                to_last_line
            } else {
                0
            };
            let distance = (here.byte - nearest).wrapping_sub(seen.byte) as usize;
            let symbol = distance_index(distance);
            let mut count = 1;
            if window.is_worth_it(ahead, equal, symbol) {
                count = window.lengths[equal].into();
                found.copy(Copy {
                    groups: count,
                    distance,
                    symbol,
                });
            } else {
                found.group(groups.pattern(ahead));
            }
            for group in group + 1..group + count {
                here = here.next(groups);
                if group < starts {
                    *self.seen(self.ahead(here.module), window) = here;
                }
            }
            group += count;
            here = here.next(groups);
        }
        group
    }

    /// Where the first of these modules were seen.
    fn seen(&mut self, ahead: u64, window: &Window) -> &mut Place {
        &mut self.seen[window.of(ahead)]
    }

    /// At least [`AHEAD`] modules from one on.
    fn ahead(&self, module: u32) -> u64 {
        let byte = module as usize / 8 % (ROWS - 8);
        let word = self.rows[byte..byte + 8].first_chunk();
        word.map_or(0, |&word| u64::from_le_bytes(word)) >> (module % 8)
    }
}
