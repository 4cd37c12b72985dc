//! Rows of modules as runs, for the outputs that draw shapes.

use std::ops::Range;

use crate::Symbol;

/// The runs of dark modules in row `y`, from left to right, as columns of the symbol.
pub(crate) fn dark_runs(symbol: &Symbol, y: usize) -> impl Iterator<Item = Range<usize>> {
    let size = symbol.size();
    let mut x = 0;
    std::iter::from_fn(move || {
        let start = (x..size).find(|&x| symbol.is_dark(x, y))?;
        x = (start..size)
            .find(|&x| !symbol.is_dark(x, y))
            .unwrap_or(size);
        Some(start..x)
    })
}
