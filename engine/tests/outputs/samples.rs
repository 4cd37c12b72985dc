//! Symbols to draw.

use qrgen_engine::{EncodeOptions, ErrorCorrection, Symbol, encode};

/// A symbol of that version whose content depends on `seed` alone.
pub(crate) fn symbol_of_version(version: u8, level: ErrorCorrection, seed: u64) -> Symbol {
    let options = EncodeOptions {
        error_correction: level,
        boost: false,
    };
    let mut random = fastrand::Rng::with_seed(seed);
    let text: String = std::iter::repeat_with(|| random.lowercase())
        .take(2_953)
        .collect();
    let reaches = |length: usize| {
        encode(&text[..length], &options)
            .map_or(true, |symbol| symbol.version().number() >= version)
    };
    // The shortest text that needs that version.
    let (mut too_short, mut enough) = (0, text.len());
    while enough - too_short > 1 {
        let length = usize::midpoint(too_short, enough);
        if reaches(length) {
            enough = length
        } else {
            too_short = length
        }
    }
    let symbol = encode(&text[..enough], &options).unwrap();
    assert_eq!(symbol.version().number(), version);
    symbol
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
