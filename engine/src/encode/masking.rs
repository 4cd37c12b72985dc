//! The choice of the mask (ISO/IEC 18004:2015, 7.8.3).

use super::candidates::Candidates;
use super::finder::LargeFinders;
use super::penalty::{FINDER, penalties};
use crate::simd::{Simd, Words};
use crate::standard::Line;
use crate::standard::mask::Mask;

/// Rule 4: each step of 5 % away from as many dark modules as light ones.
const IMBALANCE: u32 = 10;

/// The mask of the candidate with the least penalty, the first of them if there are several. Gives
/// rows and columns of that candidate.
///
/// Rule 4 and large finder patterns are looked at in the best candidate alone: they seldom apply, and
/// only ever add to a penalty.
#[inline(always)]
pub(crate) fn choose<S: Simd>(
    simd: S,
    [all_rows, all_columns]: [&Candidates; 2],
    rows: &mut [Line],
    columns: &mut [Line],
    finders: &mut LargeFinders,
) -> Mask {
    let mut scores = penalties(simd, all_rows, all_columns);
    let mut is_final = [false; Mask::COUNT];
    loop {
        let best = least(&scores);
        let candidate = usize::from(best.number());
        all_rows.copy(best, rows);
        all_columns.copy(best, columns);
        if is_final[candidate] {
            return best;
        }
        let large = finders.count(rows, columns) + finders.count(columns, rows);
        let rest = FINDER * large + IMBALANCE * imbalance(rows);
        if rest == 0 {
            return best;
        }
        scores[candidate] += rest;
        is_final[candidate] = true;
    }
}

fn least(scores: &Words) -> Mask {
    let score = |mask: &Mask| scores[usize::from(mask.number())];
    Mask::all().min_by_key(score).unwrap_or(Mask::MIN)
}

/// Whole steps of 5 % that the share of dark modules is away from one half.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "177² at most")]
fn imbalance(rows: &[Line]) -> u32 {
    let words = rows.len().div_ceil(64);
    let dark_in = |row: &Line| {
        row[..words]
            .iter()
            .map(|word| word.count_ones())
            .sum::<u32>()
    };
    let dark: u32 = rows.iter().map(dark_in).sum();
    let total = (rows.len() * rows.len()) as u32;
    // The total is odd, so the difference is not zero.
    (20 * dark).abs_diff(10 * total).div_ceil(total) - 1
}
