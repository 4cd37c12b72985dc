//! Symbols as text, parsed back to what a terminal lights up.

use qrgen_engine::{ErrorCorrection, TerminalBackground, to_terminal};

use crate::samples::{modules, symbol_of_version};

/// Whether upper and lower half of each cell have ink, line by line.
fn ink(text: &str) -> Vec<Vec<bool>> {
    let mut rows = Vec::new();
    for line in text.lines() {
        for half in 0..2 {
            let has_ink = |cell| match cell {
                ' ' => false,
                '▀' => half == 0,
                '▄' => half == 1,
                '█' => true,
                other => panic!("{other:?} is no half block"),
            };
            rows.push(line.chars().map(has_ink).collect());
        }
    }
    rows
}

/// What a camera sees: light where there is ink on dark, or no ink on light.
#[test]
fn light_modules_are_light_on_either_background() {
    for version in [1, 2, 7, 13, 40] {
        let symbol = symbol_of_version(version, ErrorCorrection::M, 1);
        for quiet_zone in [0, 1, 4, 16] {
            let expected = modules(&symbol, quiet_zone);
            for background in [TerminalBackground::Dark, TerminalBackground::Light] {
                let text = to_terminal(&symbol, quiet_zone as u32, background);
                let mut shown = ink(&text);
                assert_eq!(
                    shown.pop(),
                    Some(vec![false; expected.len()]),
                    "nothing below"
                );
                let ink_is_dark = background == TerminalBackground::Light;
                for row in shown.iter_mut().flatten() {
                    *row = *row == ink_is_dark;
                }
                assert!(shown == expected, "{version} {quiet_zone} {background:?}");
            }
        }
    }
}

#[test]
fn every_line_is_whole_and_ended() {
    let symbol = symbol_of_version(1, ErrorCorrection::M, 1);
    let text = to_terminal(&symbol, 4, TerminalBackground::Dark);
    assert!(text.ends_with('\n'));
    assert_eq!(text.lines().count(), 15, "29 rows, two in a line");
    assert!(text.lines().all(|line| line.chars().count() == 29));
}

#[test]
fn a_quiet_zone_beyond_reason_does_not_fill_the_memory() {
    let symbol = symbol_of_version(1, ErrorCorrection::M, 1);
    let background = TerminalBackground::Dark;
    let widest = to_terminal(&symbol, 16, background);
    assert_eq!(to_terminal(&symbol, u32::MAX, background), widest);
}
