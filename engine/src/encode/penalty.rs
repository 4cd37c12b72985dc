//! How hard a masked symbol is to read (ISO/IEC 18004:2015, 7.8.3): rules 1 to 3, for all
//! candidates at once.
//!
//! Lines are taken one after the other, a slice of 32 modules at a time. What a rule punishes
//! *across* the lines then takes nothing but bitwise operations between a line and those before it:
//! each bit says of its module whether the rule applies. So looking at columns scores the rows, and
//! looking at rows scores the columns.

use super::candidates::{Candidates, MARGIN, Slice};
use crate::simd::{Lanes, Simd, Words};
use crate::standard::first;

/// Rule 1: five equal modules in a line, and each that follows costs 1 more.
const RUN: u32 = 3;
/// Rule 2: a block of 2 × 2 equal modules.
const BLOCK: u32 = 3;
/// Rule 3: what may be taken for a finder pattern.
pub(crate) const FINDER: u32 = 40;

/// The penalty of each candidate by rules 1 to 3. Finder patterns with a unit of more than one module
/// are not among them: see [`finder`](super::finder).
#[inline(always)]
pub(crate) fn penalties<S: Simd>(simd: S, rows: &Candidates, columns: &Candidates) -> Words {
    let size = rows.size();
    let none = simd.splat(0);
    let mut found = Found {
        not_fives: none,
        starts: none,
        finders: none,
        not_blocks: none,
    };
    for lines in [columns, rows] {
        for (slice, inside) in lines.slices().iter().zip(words(size)) {
            runs_and_finders(simd, slice, size, simd.splat(inside), &mut found);
        }
    }
    for (index, (slice, inside)) in rows.slices().iter().zip(words(size - 1)).enumerate() {
        // After the last module there is none, and no block begins there.
        let next = rows.slices().get(index + 1).unwrap_or(slice);
        not_blocks(simd, [slice, next], size, simd.splat(inside), &mut found);
    }
    found.penalties(size)
}

/// What was found in each candidate.
struct Found<L> {
    /// Places that five equal modules do not begin at.
    not_fives: L,
    /// Places that a run of five equal modules or more begins at.
    starts: L,
    /// Finder patterns, once for each side that is light enough.
    finders: L,
    /// Places that a block of 2 × 2 equal modules does not begin at.
    not_blocks: L,
}

impl<L: Lanes> Found<L> {
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "177² at most")]
    fn penalties(self, size: usize) -> Words {
        let fives_if_all = (2 * size * (size - 4)) as u32;
        let blocks_if_all = ((size - 1) * (size - 1)) as u32;
        let [not_fives, starts, finders, not_blocks] =
            [self.not_fives, self.starts, self.finders, self.not_blocks].map(L::words);
        std::array::from_fn(|i| {
            // A run of n modules has n - 4 places where five begin.
            let runs = fives_if_all - not_fives[i] + (RUN - 1) * starts[i];
            runs + BLOCK * (blocks_if_all - not_blocks[i]) + FINDER * finders[i]
        })
    }
}

/// Rules 1 and 3 across the lines of one slice; `inside` are the modules of a line.
#[inline(always)]
fn runs_and_finders<S: Simd>(
    simd: S,
    slice: &Slice,
    size: usize,
    inside: S::Lanes,
    found: &mut Found<S::Lanes>,
) {
    /// Chunks of four lines whose counts fit into bytes, with one line more: up to 8 a line.
    const CHUNKS: usize = 7;

    let none = simd.splat(0);
    let (head, rest) = slice.split_at(4);
    let (lines, rest) = rest.split_at(size - 4);
    let (margin, _) = rest.split_at(MARGIN);

    let mut scan = Scan::new(none);
    let mut past = Past::new(none);
    for line in head {
        scan.step(&mut past, simd.load(line));
    }
    // What there is before the first line equals nothing.
    scan.change_in_4 = inside;
    scan.starts = none;
    // As every symbol is 1 module wider than a multiple of four.
    let (first, lines) = lines.split_at(1);
    let first = scan.step(&mut past, simd.load(&first[0]));
    let mut not_fives = first.count_in_bytes();
    for chunks in lines.as_chunks::<4>().0.chunks(CHUNKS) {
        let (mut starts, mut finders) = (none, none);
        for chunk in chunks {
            for line in chunk {
                let not_five = scan.step(&mut past, simd.load(line));
                not_fives = not_fives.add_bytes(not_five.count_in_bytes());
            }
            // Neither two starts nor two finder patterns fit into four places, so that the marks of
            // four lines can be laid over each other and counted once.
            starts = starts.add_bytes(scan.starts.count_in_bytes());
            scan.starts = none;
            for finder in scan.finders {
                finders = finders.add_bytes(finder.count_in_bytes());
            }
            scan.finders = [none; 2];
        }
        found.not_fives = found.not_fives.add(not_fives.sum_of_bytes());
        found.starts = found.starts.add(starts.sum_of_bytes());
        found.finders = found.finders.add(finders.sum_of_bytes());
        not_fives = none;
    }
    for line in margin {
        scan.step(&mut past, simd.load(line));
    }
    for finder in scan.finders {
        found.finders = found.finders.add(finder.count_in_bytes().sum_of_bytes());
    }
}

/// What is known after a line, of each place in it. All lines before the first are light.
struct Scan<L> {
    line: L,
    /// Whether the colour changes: to the line, and to the one before it.
    change: [L; 2],
    /// Whether it changes within two steps, the last three times.
    change_in_2: [L; 3],
    change_in_4: L,
    /// Marks where runs start.
    starts: L,
    /// Marks where finder patterns have four light modules before them, and after them.
    finders: [L; 2],
}

/// What was known after the last eight lines, in rings.
struct Past<L> {
    time: usize,
    /// Whether the colour changes within three steps.
    change_in_3: [L; 8],
    /// Whether it changes in each of three steps.
    three_changes: [L; 8],
    /// Whether a finder pattern is complete, with a light module on both sides.
    finder: [L; 8],
}

impl<L: Lanes> Past<L> {
    #[inline(always)]
    fn new(none: L) -> Self {
        Self {
            time: 0,
            change_in_3: [none; 8],
            three_changes: [none; 8],
            finder: [none; 8],
        }
    }
}

impl<L: Lanes> Scan<L> {
    #[inline(always)]
    fn new(none: L) -> Self {
        Self {
            line: none,
            change: [none; 2],
            change_in_2: [none; 3],
            change_in_4: none,
            starts: none,
            finders: [none; 2],
        }
    }

    /// Goes on to the next line. Gives where it and the four before it are not all equal.
    #[inline(always)]
    fn step(&mut self, past: &mut Past<L>, line: L) -> L {
        let change = self.line ^ line;
        let change_in_2 = self.change[0] | change;
        let change_in_3 = self.change[1] | change_in_2;
        let change_in_4 = self.change_in_2[1] | change_in_2;
        let three_changes = self.change[1] & self.change[0] & change;

        self.starts = self.starts | self.change_in_4.and_not(change_in_4);

        // Dark, light, three dark, light, dark, and light on both sides: three changes, none for two
        // steps, three changes, and light now.
        let now = past.time % 8;
        let before = |steps: usize| past.time.wrapping_sub(steps) % 8;
        let finder = (past.three_changes[before(5)] & three_changes)
            .and_not(self.change_in_2[2])
            .and_not(line);
        self.finders[0] = self.finders[0] | finder.and_not(past.change_in_3[now]);
        self.finders[1] = self.finders[1] | past.finder[before(3)].and_not(change_in_3);

        past.change_in_3[now] = change_in_3;
        past.three_changes[now] = three_changes;
        past.finder[now] = finder;
        past.time += 1;

        self.line = line;
        self.change = [change, self.change[0]];
        self.change_in_2 = [change_in_2, self.change_in_2[0], self.change_in_2[1]];
        self.change_in_4 = change_in_4;
        change_in_4
    }
}

/// Rule 2 in the lines of one slice, of which the next one begins with the modules after the last;
/// `inside` are the modules that have one after them.
#[inline(always)]
fn not_blocks<S: Simd>(
    simd: S,
    [slice, next]: [&Slice; 2],
    size: usize,
    inside: S::Lanes,
    found: &mut Found<S::Lanes>,
) {
    /// Lines whose counts fit into bytes: up to 8 a line.
    const CHUNK: usize = 31;

    let load = |index: usize| {
        let line = simd.load(&slice[index]);
        (line, line ^ line.ahead(simd.load(&next[index])))
    };
    let (mut above, mut change_above) = load(0);
    let mut index = 1;
    while index < size {
        let end = size.min(index + CHUNK);
        let mut counts = simd.splat(0);
        while index < end {
            let (line, change) = load(index);
            let not_block = (line ^ above | change | change_above) & inside;
            counts = counts.add_bytes(not_block.count_in_bytes());
            (above, change_above) = (line, change);
            index += 1;
        }
        found.not_blocks = found.not_blocks.add(counts.sum_of_bytes());
    }
}

/// The first `count` modules of a line, 32 at a time.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "half a word at a time")]
fn words(count: usize) -> impl Iterator<Item = u32> {
    let line = first(count).into_iter();
    line.flat_map(|word| [word as u32, (word >> 32) as u32])
}
