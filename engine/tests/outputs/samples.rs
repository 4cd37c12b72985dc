//! Symbols to draw, and what their modules should look like.

use qrgen_engine::{EncodeOptions, ErrorCorrection, Symbol, encode};

/// The shortest text that needs that version, for a text that depends on `seed` alone.
pub(crate) fn text_for_version(version: u8, level: ErrorCorrection, seed: u64) -> String {
    let mut random = fastrand::Rng::with_seed(seed);
    let text: String = std::iter::repeat_with(|| random.lowercase())
        .take(2_953)
        .collect();
    let is_enough = |length: usize| match encode(&text[..length], &exactly(level)) {
        Ok(symbol) => symbol.version().number() >= version,
        Err(_) => true,
    };
    let (mut too_short, mut enough) = (0, text.len());
    while enough - too_short > 1 {
        let length = usize::midpoint(too_short, enough);
        if is_enough(length) {
            enough = length;
        } else {
            too_short = length;
        }
    }
    text[..enough].to_owned()
}

/// A symbol of that version and level whose content depends on `seed` alone.
pub(crate) fn symbol_of_version(version: u8, level: ErrorCorrection, seed: u64) -> Symbol {
    let text = text_for_version(version, level, seed);
    let symbol = encode(&text, &exactly(level)).unwrap();
    assert_eq!(symbol.version().number(), version);
    symbol
}

fn exactly(level: ErrorCorrection) -> EncodeOptions {
    EncodeOptions {
        error_correction: level,
        boost: false,
    }
}

/// The modules of a symbol with its quiet zone, row by row, dark ones true.
pub(crate) fn modules(symbol: &Symbol, quiet_zone: usize) -> Vec<Vec<bool>> {
    let size = symbol.size() + 2 * quiet_zone;
    let inside = quiet_zone..quiet_zone + symbol.size();
    let is_dark = |x: usize, y: usize| {
        inside.contains(&x) && inside.contains(&y) && symbol.is_dark(x - quiet_zone, y - quiet_zone)
    };
    (0..size)
        .map(|y| (0..size).map(|x| is_dark(x, y)).collect())
        .collect()
}
