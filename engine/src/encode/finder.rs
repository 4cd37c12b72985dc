//! What may be taken for a large finder pattern (ISO/IEC 18004:2015, 7.8.3, rule 3).
//!
//! The rule speaks of the ratio 1:1:3:1:1, so runs of 2, 2, 6, 2 and 2 modules count as those of
//! 1, 1, 3, 1 and 1 do. Chance makes them at about one place in eight million.

use super::lanes::Lanes;
use crate::standard::mask::LineOfAll;
use crate::standard::{Line, is_set};

/// How often rule 3 applies in the lines of that candidate with a unit of two modules or
/// more. Lines are `WORDS` words long.
pub(crate) fn count_large<const WORDS: usize>(lines: &[LineOfAll], candidate: usize) -> u64 {
    let mut count = 0;
    for all in lines {
        let line = Lanes::<1, WORDS>::load(all, candidate);
        // The middle run is dark and between light ones of two modules at least. It is six modules
        // long, or longer; in that case its end is not looked at yet.
        let light_2 = !line & !line.ahead(1);
        let dark_2 = line & line.ahead(1);
        let dark_6 = dark_2 & dark_2.ahead(2) & dark_2.ahead(4);
        let middle = dark_6 & light_2.behind(2) & (light_2.ahead(6) | dark_6.ahead(3));
        if middle.any() {
            let starts = set_bits(middle.line(0));
            count += starts
                .map(|start| count_around(&line.line(0), start))
                .sum::<u64>();
        }
    }
    count
}

/// How often rule 3 applies to the pattern whose middle run starts at `middle`: once for each side
/// where the light run is four units long, if it is one unit long at least on the other.
fn count_around(line: &Line, middle: usize) -> u64 {
    // Outside the symbol all is light; places before its start wrap around to far beyond its end.
    let is_dark = |place: usize| place < 3 * 64 && is_set(line, place);
    let length = (middle..3 * 64).take_while(|&place| is_dark(place)).count();
    let unit = length / 3;
    let start = middle.wrapping_sub(2 * unit);
    let run = |dark: bool, from: usize, units: usize| {
        let from = start.wrapping_add(from.wrapping_mul(unit));
        (0..units * unit).all(|place| is_dark(from.wrapping_add(place)) == dark)
    };
    let before = |units: usize| run(false, units.wrapping_neg(), units);
    let after = |units: usize| run(false, 7, units);

    let is_pattern = length == 3 * unit
        && run(true, 0, 1)
        && run(false, 1, 1)
        && run(false, 5, 1)
        && run(true, 6, 1);
    if is_pattern && before(1) && after(1) {
        u64::from(before(4)) + u64::from(after(4))
    } else {
        0
    }
}

/// The set modules of a line, in order.
fn set_bits(line: Line) -> impl Iterator<Item = usize> {
    line.into_iter().enumerate().flat_map(|(index, mut word)| {
        std::iter::from_fn(move || {
            let lowest = (word != 0).then_some(word.trailing_zeros() as usize)?;
            word &= word - 1;
            Some(64 * index + lowest)
        })
    })
}
