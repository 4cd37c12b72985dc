//! How hard a masked symbol is to read (ISO/IEC 18004:2015, 7.8.3).
//!
//! Each rule marks the modules where something that it punishes starts, by shifts and bitwise
//! operations on whole lines, and counts the marks. Several candidates are scored side by side:
//! one stands in each lane of an array, which compilers turn into vectors.

use std::array::from_fn;

use super::lanes::Lanes;
use crate::standard::first;
use crate::standard::mask::LineOfAll;

/// Rule 1: five equal modules in a line, and each that follows costs 1 more.
const RUN: u64 = 3;
/// Rule 2: a block of 2 × 2 equal modules.
const BLOCK: u64 = 3;
/// Rule 3: what may be taken for a finder pattern.
pub(crate) const FINDER: u64 = 40;
/// Rule 4: each step of 5 % away from as many dark modules as light ones.
const IMBALANCE: u64 = 10;

/// Candidates scored side by side.
pub(crate) const LANES: usize = 4;

/// The penalties of the [`LANES`] candidates from `start` on, of lines that are `WORDS` words long.
///
/// Rule 3 counts patterns of single modules here: larger ones are so rare that
/// [`finder`](super::finder) looks for them in the chosen candidate alone.
pub(crate) fn penalties<const WORDS: usize>(
    rows: &[LineOfAll],
    columns: &[LineOfAll],
    start: usize,
) -> [u64; LANES] {
    let size = rows.len();
    let load = |line| Lanes::<LANES, WORDS>::load(line, start);
    let along_rows = runs_and_finders(size, rows.iter().map(load));
    let along_columns = runs_and_finders(size, columns.iter().map(load));
    let (blocks, dark) = blocks_and_dark(size, rows.iter().map(load));
    from_fn(|l| {
        along_rows[l] + along_columns[l] + BLOCK * blocks[l] + IMBALANCE * imbalance(dark[l], size)
    })
}

/// Rules 1 and 3 in one direction.
#[inline]
fn runs_and_finders<const WORDS: usize>(
    size: usize,
    lines: impl Iterator<Item = Lanes<LANES, WORDS>>,
) -> [u64; LANES] {
    let room_for_five = Lanes::splat(first(size - 4));
    let mut penalties = [0; LANES];
    for line in lines {
        // Where the next module, or one of the next two, has another colour than the one before.
        let change = line ^ line.ahead(1);
        let change_soon = change | change.ahead(1);

        let run_of_five = !(change_soon | change_soon.ahead(2)) & room_for_five;
        let run_start = run_of_five & !run_of_five.behind(1);

        // Dark, light, three dark, light, dark: changes after the modules 0, 1, 4 and 5.
        let single = change & change.ahead(1);
        let finder = line & single & !change_soon.ahead(2) & single.ahead(4);
        let dark_in_4 = line | line.ahead(1);
        let dark_in_4 = dark_in_4 | dark_in_4.ahead(2);
        let dark_in_last_4 = line | line.behind(1);
        let dark_in_last_4 = (dark_in_last_4 | dark_in_last_4.behind(2)).behind(1);
        let four_light_before = finder & !dark_in_last_4 & !line.ahead(7);
        let four_light_after = finder & !dark_in_4.ahead(7) & !line.behind(1);

        let (fives, starts) = (run_of_five.count(), run_start.count());
        for l in 0..LANES {
            penalties[l] += fives[l] + (RUN - 1) * starts[l];
        }
        // Rare enough for a branch to pay.
        if (four_light_before | four_light_after).any() {
            let (before, after) = (four_light_before.count(), four_light_after.count());
            for l in 0..LANES {
                penalties[l] += FINDER * (before[l] + after[l]);
            }
        }
    }
    penalties
}

/// What rules 2 and 4 count: blocks of 2 × 2 equal modules, and dark modules.
#[inline]
fn blocks_and_dark<const WORDS: usize>(
    size: usize,
    rows: impl Iterator<Item = Lanes<LANES, WORDS>>,
) -> ([u64; LANES], [u64; LANES]) {
    let room_for_two = Lanes::splat(first(size - 1));
    let (mut blocks, mut dark) = ([0; LANES], [0; LANES]);
    let mut row_above = Lanes::splat([0; 3]);
    let mut pairs_above = Lanes::splat([0; 3]);
    for row in rows {
        let pairs = !(row ^ row.ahead(1)) & room_for_two;
        let block = pairs & pairs_above & !(row ^ row_above);
        let (block_count, dark_count) = (block.count(), row.count());
        for l in 0..LANES {
            blocks[l] += block_count[l];
            dark[l] += dark_count[l];
        }
        (row_above, pairs_above) = (row, pairs);
    }
    (blocks, dark)
}

/// Whole steps of 5 % that the share of dark modules is away from one half.
fn imbalance(dark: u64, size: usize) -> u64 {
    let total = (size * size) as u64;
    // The total is odd, so the difference is not zero.
    (20 * dark).abs_diff(10 * total).div_ceil(total) - 1
}
