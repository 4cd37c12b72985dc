//! How hard a masked symbol is to read (ISO/IEC 18004:2015, 7.8.3): rules 1 to 3, for all
//! candidates at once.
//!
//! Lines are taken one after the other, a slice of 32 modules at a time. What a rule punishes
//! *across* the lines then takes nothing but bitwise operations between a line and those before it:
//! each bit says of its module whether the rule applies. So looking at columns scores the rows, and
//! looking at rows scores the columns.

use super::candidates::{Candidates, Slice};
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
            runs(simd, slice, size, simd.splat(inside), &mut found);
            finders(simd, slice, size, &mut found);
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

/// Rule 1 across the lines of one slice; `inside` are the modules of a line.
#[inline(always)]
fn runs<S: Simd>(
    simd: S,
    slice: &Slice,
    size: usize,
    inside: S::Lanes,
    found: &mut Found<S::Lanes>,
) {
    /// Groups of four lines whose counts fit into bytes, with one line more: up to 8 a line.
    const GROUPS: usize = 7;

    let none = simd.splat(0);
    let mut scan = RunScan {
        line: none,
        change: none,
        change_in_2: [none; 2],
        change_in_4: none,
    };
    // Every symbol is 1 module wider than a multiple of four.
    let (head, lines) = slice[..size].split_at(5);
    for line in head {
        scan.step(simd.load(line));
    }
    let mut not_fives = scan.change_in_4.count_in_bytes();
    // A run of five at the first line starts there.
    let mut starts = inside.and_not(scan.change_in_4).count_in_bytes();
    for groups in lines.as_chunks::<4>().0.chunks(GROUPS) {
        for group in groups {
            let mut step = |line: &Words| {
                let change_before = scan.change_in_4;
                scan.step(simd.load(line));
                not_fives = not_fives.add_bytes(scan.change_in_4.count_in_bytes());
                change_before.and_not(scan.change_in_4)
            };
            // No two starts fit into four lines, so that their marks can be laid over each other and
            // counted once.
            let [a, b, c, d] = group.each_ref().map(&mut step);
            starts = starts.add_bytes((a | b | c | d).count_in_bytes());
        }
        found.not_fives = found.not_fives.add(not_fives.sum_of_bytes());
        found.starts = found.starts.add(starts.sum_of_bytes());
        (not_fives, starts) = (none, none);
    }
}

/// What is known after a line of each place in it.
struct RunScan<L> {
    line: L,
    /// Whether the colour changes from the line before to this.
    change: L,
    /// Whether it changes within two steps: to this line, and to the one before it.
    change_in_2: [L; 2],
    /// Whether it changes within four steps, that is, these five lines are not equal.
    change_in_4: L,
}

impl<L: Lanes> RunScan<L> {
    #[inline(always)]
    fn step(&mut self, line: L) {
        let change = self.line ^ line;
        let change_in_2 = self.change | change;
        *self = Self {
            line,
            change,
            change_in_2: [change_in_2, self.change_in_2[0]],
            change_in_4: self.change_in_2[1] | change_in_2,
        };
    }
}

/// Rule 3 across the lines of one slice. All is light before the first line and after the last.
#[inline(always)]
fn finders<S: Simd>(simd: S, slice: &Slice, size: usize, found: &mut Found<S::Lanes>) {
    /// Groups of eight lines whose counts fit into bytes: up to 32 a group.
    const GROUPS: usize = 7;

    let none = simd.splat(0);
    let mut scan = FinderScan {
        line: none,
        change: [none; 2],
        change_in_2: [none; 3],
        change_in_3: [none; 8],
        three_changes: [none; 8],
        finder: [none; 8],
    };
    let with_margin = (size + 4).next_multiple_of(8);
    let load = |line: &Words| simd.load(line);
    let (groups, _) = slice[..with_margin].as_chunks::<4>().0.as_chunks::<2>();
    for groups in groups.chunks(GROUPS) {
        let mut counts = none;
        for group in groups {
            let [first, second] = group.each_ref().map(|four| four.each_ref().map(load));
            for marks in scan.four_steps(0, first) {
                counts = counts.add_bytes(marks.count_in_bytes());
            }
            for marks in scan.four_steps(4, second) {
                counts = counts.add_bytes(marks.count_in_bytes());
            }
        }
        found.finders = found.finders.add(counts.sum_of_bytes());
    }
}

/// What is known after a line of each place in it.
struct FinderScan<L> {
    line: L,
    /// Whether the colour changes: to this line, and to the one before it.
    change: [L; 2],
    /// Whether it changes within two steps: to this line, and to the two before it.
    change_in_2: [L; 3],
    /// Whether it changes within three steps, the last eight times, in a ring.
    change_in_3: [L; 8],
    /// Whether it changes in each of three steps, likewise.
    three_changes: [L; 8],
    /// Whether a finder pattern with a light module on both sides ends here, likewise.
    finder: [L; 8],
}

impl<L: Lanes> FinderScan<L> {
    /// Goes on by four lines. `time` is 0 or 4, in turn.
    ///
    /// Gives where finder patterns have four light modules before them, and after them. No two of them
    /// fit into four lines, so that their marks can be laid over each other and counted once.
    #[inline(always)]
    fn four_steps(&mut self, time: usize, [a, b, c, d]: [L; 4]) -> [L; 2] {
        let [before_a, after_a] = self.step(time, a);
        let [before_b, after_b] = self.step(time + 1, b);
        let [before_c, after_c] = self.step(time + 2, c);
        let [before_d, after_d] = self.step(time + 3, d);
        [
            before_a | before_b | before_c | before_d,
            after_a | after_b | after_c | after_d,
        ]
    }

    /// Goes on to the next line, the `time`th of eight.
    #[inline(always)]
    fn step(&mut self, time: usize, line: L) -> [L; 2] {
        let change = self.line ^ line;
        let change_in_2 = self.change[0] | change;
        let change_in_3 = self.change[1] | change_in_2;
        let three_changes = self.change[1] & self.change[0] & change;

        // Light, and dark, light, three dark, light, dark, and light: three changes, none for two
        // steps, three changes.
        let finder = (self.three_changes[(time + 8 - 5) % 8] & three_changes)
            .and_not(self.change_in_2[2])
            .and_not(line);
        let light_before = finder.and_not(self.change_in_3[time]);
        let light_after = self.finder[(time + 8 - 3) % 8].and_not(change_in_3);

        self.line = line;
        self.change = [change, self.change[0]];
        self.change_in_2 = [change_in_2, self.change_in_2[0], self.change_in_2[1]];
        self.change_in_3[time] = change_in_3;
        self.three_changes[time] = three_changes;
        self.finder[time] = finder;
        [light_before, light_after]
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
