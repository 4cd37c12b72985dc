//! The choice of the mask (ISO/IEC 18004:2015, 7.8.3).

use super::candidate::Candidate;
use super::candidates::Candidates;
use super::finder::{Middles, count_large};
use super::penalty::{FINDER, penalties};
use crate::simd::{Simd, Words};
use crate::standard::Line;
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::format::FORMAT_LINES;
use crate::standard::mask::{COLUMNS, Mask, ROWS};

/// Rule 4: each step of 5 % away from as many dark modules as light ones.
const IMBALANCE: u32 = 10;

/// Scratch memory of the choice: the symbol with all masks, and with the best.
#[derive(Debug)]
pub(crate) struct Masking {
    all: [Candidates; 2],
    best: [Candidate; 2],
    middles: Middles,
}

impl Masking {
    pub(crate) fn new() -> Self {
        Self {
            all: [Candidates::new(), Candidates::new()],
            best: [Candidate::new(), Candidate::new()],
            middles: [0; _],
        }
    }

    /// Masks a symbol whose format information is all light. Takes the mask with the least penalty,
    /// the first of them if there are several, and gives the rows of that
    /// candidate.
    ///
    /// Rule 4 and large finder patterns are looked at in the best candidate alone: they seldom apply,
    /// and only ever add to a penalty.
    #[inline(always)]
    pub(crate) fn choose<S: Simd>(
        &mut self,
        simd: S,
        [rows, columns]: [&[Line]; 2],
        free: &[Line],
        level: ErrorCorrection,
    ) -> (Mask, &Candidate) {
        let [format_rows, format_columns] = &FORMAT_LINES[level as usize];
        let [all_rows, all_columns] = &mut self.all;
        all_rows.mask(simd, rows, free, &ROWS, format_rows);
        all_columns.mask(simd, columns, free, &COLUMNS, format_columns);
        let mut scores = penalties(simd, all_rows, all_columns);

        let [best_rows, best_columns] = &mut self.best;
        let mut is_final = [false; Mask::COUNT];
        let mask = loop {
            let mask = least(&scores);
            let candidate = usize::from(mask.number());
            best_rows.mask(mask, rows, free, mask.rows(), format_rows);
            if is_final[candidate] {
                break mask;
            }
            best_columns.mask(mask, columns, free, mask.columns(), format_columns);
            let large = count_large(best_rows, best_columns, &mut self.middles)
                + count_large(best_columns, best_rows, &mut self.middles);
            let rest = FINDER * large + IMBALANCE * imbalance(best_rows);
            if rest == 0 {
                break mask;
            }
            scores[candidate] += rest;
            is_final[candidate] = true;
        };
        (mask, best_rows)
    }
}

/// The first mask with the least score.
#[inline(always)]
fn least(scores: &Words) -> Mask {
    // The number of the mask decides between equal scores.
    let keys = scores
        .iter()
        .zip(0..8)
        .map(|(score, number)| score << 3 | number);
    let least = keys.fold(u32::MAX, u32::min) % 8;
    u8::try_from(least)
        .ok()
        .and_then(Mask::new)
        .unwrap_or(Mask::MIN)
}

/// Whole steps of 5 % that the share of dark modules is away from one half.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "177² at most")]
fn imbalance(rows: &Candidate) -> u32 {
    let dark: u32 = rows.words().flatten().map(|word| word.count_ones()).sum();
    let total = (rows.size() * rows.size()) as u32;
    // The total is odd, so the difference is not zero.
    (20 * dark).abs_diff(10 * total).div_ceil(total) - 1
}
