//! Symbols as text: a character cell of a terminal is about twice as high as wide, so it shows two
//! modules, one above the other, by the half blocks of Unicode.
//!
//! The text has no colour codes, so that it survives files, pipes and chats. It is readable on one
//! background only: what has no ink shows the background, and that must be the dark modules on a
//! dark terminal and the light ones on a light terminal. Inverted symbols are not seen by many
//! readers.

use crate::{Style, Symbol};

/// What a terminal shows where there is no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerminalBackground {
    /// Light characters on a dark background: blocks draw the light modules.
    Dark,
    /// Dark characters on a light background: blocks draw the dark modules.
    Light,
}

/// `symbol` as lines of the characters space, `▀`, `▄` and `█`, each line ended by `\n`.
///
/// A line shows two rows of modules and is as many characters long as symbol and quiet zone have
/// modules. `quiet_zone` is in modules; more than the largest of [`Style::QUIET_ZONES`] is no use
/// to any reader and taken as that.
pub fn to_terminal(symbol: &Symbol, quiet_zone: u32, background: TerminalBackground) -> String {
    let quiet_zone = quiet_zone.min(*Style::QUIET_ZONES.end()) as usize;
    let modules = symbol.size() + 2 * quiet_zone;
    // Whether there is ink. The number of rows is odd: below the last one there is none.
    let ink = |x: usize, y: usize| {
        // Left of the symbol and above it the subtraction wraps around: far outside, so light.
        let is_dark = symbol.is_dark(x.wrapping_sub(quiet_zone), y.wrapping_sub(quiet_zone));
        y < modules && is_dark == (background == TerminalBackground::Light)
    };
    let mut text = String::with_capacity(modules.div_ceil(2) * (modules * '█'.len_utf8() + 1));
    for y in (0..modules).step_by(2) {
        text.extend((0..modules).map(|x| match (ink(x, y), ink(x, y + 1)) {
            (false, false) => ' ',
            (true, false) => '▀',
            (false, true) => '▄',
            (true, true) => '█',
        }));
        text.push('\n');
    }
    text
}
