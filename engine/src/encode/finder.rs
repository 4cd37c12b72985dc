//! What may be taken for a large finder pattern (ISO/IEC 18004:2015, 7.8.3, rule 3).
//!
//! The rule speaks of the ratio 1:1:3:1:1, so runs of 2, 2, 6, 2 and 2 modules count as those of
//! 1, 1, 3, 1 and 1 do. Chance makes one at about one place in eight million, and lets it decide on
//! the mask of one symbol in some thousands.

use super::lanes::Lanes;
use crate::standard::mask::LineOfAll;
use crate::standard::{Line, is_set};

/// Modules that a line has room for.
const END: usize = 3 * 64;

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
    let module = |place: usize| is_set(line, place);
    let length = (middle..END).map(module).take_while(|&dark| dark).count();
    let unit = length / 3;
    if length != 3 * unit {
        return 0;
    }
    let before = outside((0..middle).rev().map(module), unit);
    let after = outside((middle + length..END).map(module), unit);
    match (before, after) {
        (Some(before), Some(after)) => u64::from(before == 4) + u64::from(after == 4),
        _ => 0,
    }
}

/// Goes from the middle run outwards, over a light and a dark run of one unit, and gives how many
/// whole units, 1 to 4, the light run outside them has at least; nothing if runs are different.
///
/// What follows the modules is light, as it is beyond the edge of the symbol.
fn outside(mut modules: impl Iterator<Item = bool>, unit: usize) -> Option<usize> {
    let mut is_next = |dark: bool| modules.next().unwrap_or(false) == dark;
    let is_run = (0..unit).all(|_| is_next(false)) && (0..unit).all(|_| is_next(true));
    if !is_run {
        return None;
    }
    let light = (0..4 * unit).take_while(|_| is_next(false)).count();
    (light >= unit).then_some(light / unit)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_count_at_any_scale_above_one() {
        let table = [
            // Light on both sides, on one, on neither. The edge of the symbol is light.
            ("##..######..##", 2),
            ("#.##..######..##........", 0),
            ("#..##..######..##........", 1),
            ("........##..######..##..#", 1),
            ("#.......##..######..##.......#", 0),
            ("#........##..######..##........#", 2),
            ("#............###...#########...###............#", 2),
            // Single modules are the business of the penalties.
            ("....#.###.#....", 0),
            // Runs that are not in the ratio.
            ("##..#####..##", 0),
            ("##..#######..##", 0),
            ("##..######...##", 0),
            ("##...######..##", 0),
            ("###..######..##", 0),
            ("##..######..###", 0),
            ("##..#########..##", 0),
            // Twice in one line, with the light between them shared.
            ("##..######..##........##..######..##", 4),
        ];
        for (modules, expected) in table {
            let mut line = [[0; 8]; 3];
            for (place, module) in modules.bytes().enumerate() {
                line[place / 64][5] |= u64::from(module == b'#') << (place % 64);
            }
            assert_eq!(count_large::<1>(&[line], 5), expected, "{modules}");
            assert_eq!(count_large::<3>(&[line], 5), expected, "{modules}");
        }
    }
}
