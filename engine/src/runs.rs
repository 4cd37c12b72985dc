//! Rows of modules as runs, for the outputs that draw shapes.

use std::ops::Range;

use crate::Symbol;
use crate::standard::Line;

/// The runs of dark modules in row `y`, from left to right, as columns of the symbol.
pub(crate) fn dark_runs(symbol: &Symbol, y: usize) -> impl Iterator<Item = Range<usize>> {
    let dark = *symbol.row(y);
    let light = dark.map(|word| !word);
    let mut x = 0;
    std::iter::from_fn(move || {
        let start = next_set(&dark, x)?;
        // No symbol is as wide as a line, and beyond it all is light.
        x = next_set(&light, start)?;
        Some(start..x)
    })
}

/// The first module from there on that is set.
fn next_set(line: &Line, from: usize) -> Option<usize> {
    let mut word = from / 64;
    let mut bits = line.get(word)? & u64::MAX << (from % 64);
    while bits == 0 {
        word += 1;
        bits = *line.get(word)?;
    }
    Some(64 * word + bits.trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EncodeOptions, encode};

    #[test]
    fn runs_are_the_dark_modules() {
        for length in [1, 300, 2_300] {
            let symbol = encode(&"a".repeat(length), &EncodeOptions::default()).unwrap();
            for y in 0..symbol.size() {
                let of_runs: Vec<usize> = dark_runs(&symbol, y).flatten().collect();
                let dark = (0..symbol.size()).filter(|&x| symbol.is_dark(x, y));
                assert_eq!(of_runs, dark.collect::<Vec<_>>());
                let mut runs = dark_runs(&symbol, y).zip(dark_runs(&symbol, y).skip(1));
                assert!(runs.all(|(run, next)| run.end < next.start));
            }
        }
    }
}
