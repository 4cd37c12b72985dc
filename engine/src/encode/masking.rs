//! The choice of the mask (ISO/IEC 18004:2015, 7.8.3).

use super::candidates::Candidates;
use super::finder::count_large;
use super::penalty::{FINDER, LANES, penalties};
use crate::standard::mask::Mask;

/// The mask of the candidate with the least penalty, the first of them if there are several.
pub(crate) fn choose(candidates: &Candidates) -> Mask {
    match candidates.rows.len() {
        ..=64 => choose_by_words::<1>(candidates),
        65..=128 => choose_by_words::<2>(candidates),
        _ => choose_by_words::<3>(candidates),
    }
}

/// As [`choose`], of lines that are `WORDS` words long.
fn choose_by_words<const WORDS: usize>(candidates: &Candidates) -> Mask {
    let (rows, columns) = (&candidates.rows, &candidates.columns);
    let mut scores = [0; Mask::COUNT];
    for (group, scores) in scores.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        *scores = penalties::<WORDS>(rows, columns, LANES * group);
    }
    // Large patterns only ever add to a penalty, so it is enough to know of none in the winner.
    let mut is_final = [false; Mask::COUNT];
    loop {
        let best = least(&scores);
        let candidate = usize::from(best.number());
        if is_final[candidate] {
            return best;
        }
        let patterns =
            count_large::<WORDS>(rows, candidate) + count_large::<WORDS>(columns, candidate);
        scores[candidate] += FINDER * patterns;
        is_final[candidate] = true;
    }
}

fn least(scores: &[u64; Mask::COUNT]) -> Mask {
    let score = |mask: &Mask| scores[usize::from(mask.number())];
    Mask::all().min_by_key(score).unwrap_or(Mask::MIN)
}
