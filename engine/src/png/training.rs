//! Makes the plan of a layout.
//!
//! Noise stands for symbols: to the search, modules behind a mask are noise. Images of it are searched
//! and what is found is counted. The code that is best for these counts says what everything costs,
//! and by that the next search goes.

#![expect(
    clippy::cast_possible_truncation,
    reason = "there are few images, and few modules in each"
)]

use super::groups::Groups;
use super::layout::Layout;
use super::patterns::Patterns;
use super::plan::{Frame, Plan};
use super::search::{Copy, Rows, Rules, Search, Window};
use crate::standard::Line;
use crate::zlib::bit_writer::Bits;
use crate::zlib::deflate::{BlockCode, Histogram, MAX_COPY, MIN_COPY, Tokens};
use crate::zlib::{DISTANCE_SPANS, distance_index};

/// Rows of noise that make a good code.
const ROWS: usize = 100;
/// Searches with copies. After each the prices are better.
const SEARCHES: usize = 2;
/// Bits that copies must save: for less than 96 bytes an image is written sooner without.
const MUST_SAVE: u32 = 96 * 8;

/// The plan for a layout, of which `patterns` have the scale. The same each time.
pub(super) fn train(layout: Layout, patterns: &Patterns, search: &mut Search) -> Plan {
    let images = noise(layout.size);
    let mut cost_and_code = |rules: &Rules| {
        let mut counter = Counter::new(rules, patterns);
        for image in &images {
            counter.frame.opening(&mut counter.histogram);
            search.run(image.iter(), rules, &mut counter);
            counter.frame.closing(&mut counter.histogram);
        }
        // Small images are smaller without a header.
        let codes = [BlockCode::new(&counter.histogram), BlockCode::fixed()];
        let cost = |code: &BlockCode| {
            code.cost_of_header() + counter.histogram.cost(code) / images.len() as u32
        };
        let [trained, fixed] = codes.map(|code| (cost(&code), code));
        if trained.0 <= fixed.0 { trained } else { fixed }
    };

    let plain = Rules {
        layout,
        groups: Groups::of_eight(&layout),
        window: None,
    };
    let (plain_cost, plain_code) = cost_and_code(&plain);
    let groups = Groups::smallest(&layout);
    let prices = Guess::new(&plain, &plain_code, patterns);
    if let Some(count) = prices.window_groups(&layout, &groups) {
        let mut rules = Rules {
            layout,
            groups,
            window: Some(prices.window(&groups, count)),
        };
        for search in 1..=SEARCHES {
            let (cost, code) = cost_and_code(&rules);
            rules.window = Some(window(&groups, count, &code, patterns));
            if search == SEARCHES && cost + MUST_SAVE <= plain_cost {
                return Plan::new(rules, code, patterns);
            }
        }
    }
    Plan::new(plain, plain_code, patterns)
}

/// What things might cost before there is a code with copies.
struct Guess {
    /// Eight modules.
    of_eight: u32,
}

impl Guess {
    const LENGTH: u32 = 4;
    const DISTANCE: u32 = 5;
    const EXTRA_BITS: u32 = 10;

    /// By what eight modules cost in a code without.
    fn new(rules: &Rules, code: &BlockCode, patterns: &Patterns) -> Self {
        let each = rules.groups.patterns();
        let count = each.len() as u32;
        let bytes = each.flat_map(|pattern| pixels(pattern, &rules.groups, patterns));
        let bits = bytes.map(|&byte| code.literal(byte).count());
        Self {
            of_eight: bits.sum::<u32>() / count,
        }
    }

    /// The fewest groups whose copy saves bits. None if hardly any are found again.
    fn window_groups(&self, layout: &Layout, groups: &Groups) -> Option<usize> {
        let copy = Self::LENGTH + Self::DISTANCE + Self::EXTRA_BITS;
        let count = (8 * copy).div_ceil(self.of_eight * groups.modules());
        let modules = count * groups.modules();
        let places = layout.size * groups.count;
        (modules <= Window::MAX && places >= 1 << modules >> 2).then_some(count as usize)
    }

    fn window(&self, groups: &Groups, count: usize) -> Window {
        let of_group = self.of_eight * groups.modules() / 8;
        let of_distance = |distance| {
            let span = &DISTANCE_SPANS[distance_index(distance)];
            Some(Self::DISTANCE + u32::from(span.extra_bits))
        };
        Window::new(
            groups,
            count,
            |_| of_group,
            |_| Some(Self::LENGTH),
            of_distance,
        )
    }
}

/// A window of so many groups, at the prices of a code.
fn window(groups: &Groups, count: usize, code: &BlockCode, patterns: &Patterns) -> Window {
    let of_pattern = |pattern| {
        let bytes = pixels(pattern, groups, patterns).iter();
        bytes.map(|&byte| code.literal(byte).count()).sum()
    };
    let price = |bits: Bits| Some(bits.count()).filter(|&count| count > 0);
    let of_length = |length| match length {
        MIN_COPY..=MAX_COPY => price(code.length(length)),
        _ => None,
    };
    let of_distance = |distance| price(code.distance(distance));
    Window::new(groups, count, of_pattern, of_length, of_distance)
}

/// The pixels of a group.
fn pixels<'a>(pattern: u8, groups: &Groups, patterns: &'a Patterns) -> &'a [u8] {
    &patterns.pixels(pattern)[..groups.bytes]
}

/// The modules of images of noise.
fn noise(size: usize) -> Vec<Vec<Line>> {
    // Marsaglia's xorshift with Vigna's multiplier (xorshift64*): the same noise on every machine.
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut word = || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    };
    let mut row = || {
        let mut row = [word(), word(), word()];
        for (first, word) in (0..).step_by(64).zip(&mut row) {
            let modules = size.saturating_sub(first) as u32;
            *word &= !u64::MAX.checked_shl(modules).unwrap_or(0);
        }
        row
    };
    let images = ROWS.div_ceil(size);
    (0..images)
        .map(|_| (0..size).map(|_| row()).collect())
        .collect()
}

/// Counts what the search finds.
struct Counter<'a> {
    histogram: Histogram,
    patterns: &'a Patterns,
    frame: Frame,
}

impl<'a> Counter<'a> {
    /// Whatever a group can be counts once, so that it gets a code.
    fn new(rules: &Rules, patterns: &'a Patterns) -> Self {
        let Rules { layout, groups, .. } = *rules;
        let mut histogram = Histogram::new();
        for pattern in groups.patterns() {
            for &byte in pixels(pattern, &groups, patterns) {
                histogram.at_least_once(byte);
            }
        }
        Self {
            histogram,
            patterns,
            frame: Frame { layout, groups },
        }
    }

    fn literals(&mut self, pattern: u8, bytes: usize) {
        for &byte in &self.patterns.pixels(pattern)[..bytes] {
            self.histogram.literal(byte);
        }
    }
}

impl Rows for Counter<'_> {
    fn group(&mut self, pattern: u8) {
        self.literals(pattern, self.frame.groups.bytes);
    }

    fn last_group(&mut self, pattern: u8) {
        self.literals(pattern, self.frame.groups.bytes_of_last);
    }

    fn copy(&mut self, copy: Copy) {
        let length = usize::from(copy.groups) * self.frame.groups.bytes;
        self.histogram.copy(length, copy.distance as usize);
    }

    fn next_row(&mut self) {
        self.frame.next_row(&mut self.histogram);
    }
}
