//! What may be taken for a large finder pattern (ISO/IEC 18004:2015, 7.8.3, rule 3).
//!
//! The rule speaks of the ratio 1:1:3:1:1, so runs of 2, 2, 6, 2 and 2 modules count as those of
//! 1, 1, 3, 1 and 1 do. Chance makes one at about one place in eight million, and lets it decide on
//! the mask of one symbol in some thousands.

use super::candidate::Candidate;
use crate::standard::version::Version;
use crate::standard::{Line, is_set};

/// Modules that a line has room for.
const END: usize = 3 * 64;

/// Scratch memory: where a middle run may start in each of 64 lines, one place after the other.
pub(crate) type Middles = [u64; Version::MAX.size()];

/// How often rule 3 applies in the lines with a unit of two modules or more; `across` are the same
/// modules in the other direction.
#[inline(always)]
pub(crate) fn count_large(lines: &Candidate, across: &Candidate, middles: &mut Middles) -> u32 {
    let middles = &mut middles[..lines.size()];
    let mut count = 0;
    for (index, words) in across.words().enumerate() {
        find_middles(words, middles);
        for (start, &places) in middles.iter().enumerate() {
            let mut places = places;
            while places != 0 {
                let line = 64 * index + places.trailing_zeros() as usize;
                count += count_around(&lines.line(line), start);
                places &= places - 1;
            }
        }
    }
    count
}

/// Rules out nearly all places in 64 lines at a time: what is left need not be a pattern.
#[inline(always)]
fn find_middles(words: &[u64], middles: &mut [u64]) {
    // Word 4 has the first module of the middle run.
    const MODULES: usize = 13;

    for (middle, m) in middles.iter_mut().zip(words.windows(MODULES)) {
        let dark_6 = m[4] & m[5] & m[6] & m[7] & m[8] & m[9];
        let of_2 = m[0] & m[1] & !(m[10] | m[11]);
        let of_3 = !m[1] & m[10] & m[11] & m[12];
        *middle = dark_6 & !(m[2] | m[3]) & (of_2 | of_3);
    }
}

/// How often rule 3 applies to the pattern whose middle run starts at `middle`: once for each side
/// where the light run is four units long, if it is one unit long at least on the other.
fn count_around(line: &Line, middle: usize) -> u32 {
    let module = |place: usize| is_set(line, place);
    let length = (middle..END).map(module).take_while(|&dark| dark).count();
    let unit = length / 3;
    if length != 3 * unit {
        return 0;
    }
    let before = outside((0..middle).rev().map(module), unit);
    let after = outside((middle + length..END).map(module), unit);
    match (before, after) {
        (Some(before), Some(after)) => u32::from(before == 4) + u32::from(after == 4),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::set;

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
            // In the first of the lines, and in the last.
            let size = 177;
            let (mut lines, mut across) = (vec![[0; 3]; size], vec![[0; 3]; size]);
            for (place, module) in modules.bytes().enumerate() {
                if module == b'#' {
                    set(&mut lines[0], place);
                    set(&mut lines[size - 1], place);
                    across[place] = [1, 0, 1 << (size - 1 - 128)];
                }
            }
            let [lines, across] = [lines, across].map(|lines| Candidate::of(&lines));
            let count = count_large(&lines, &across, &mut [u64::MAX; _]);
            assert_eq!(count, 2 * expected, "{modules}");
        }
    }
}
