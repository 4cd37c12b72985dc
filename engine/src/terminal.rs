//! Symbols as text: a character cell of a terminal is about twice as high as wide, so it shows two
//! modules, one above the other, by the half blocks of Unicode.
//!
//! The text has no colour codes, so that it survives files, pipes and chats. It is readable on one
//! background only: what has no ink shows the background, and that must be the dark modules on a
//! dark terminal and the light ones on a light terminal. Inverted symbols are not seen by many
//! readers.

use std::fmt::{self, Write};

use crate::standard::is_set;
use crate::utf8::Utf8;
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
    let mut out = String::with_capacity(room(symbol, quiet_zone));
    // A String takes everything that is written to it.
    let _ = draw(symbol, quiet_zone, background, &mut out);
    out
}

/// Appends what [`to_terminal`] gives, in UTF-8.
pub fn write_terminal(
    symbol: &Symbol,
    quiet_zone: u32,
    background: TerminalBackground,
    out: &mut Vec<u8>,
) {
    out.reserve(room(symbol, quiet_zone));
    let _ = draw(symbol, quiet_zone, background, &mut Utf8(out));
}

/// The most bytes that it may take.
fn room(symbol: &Symbol, quiet_zone: u32) -> usize {
    let modules = symbol.size() + 2 * drawn(quiet_zone);
    modules.div_ceil(2) * (modules * '█'.len_utf8() + 1)
}

fn drawn(quiet_zone: u32) -> usize {
    quiet_zone.min(*Style::QUIET_ZONES.end()) as usize
}

fn draw(
    symbol: &Symbol,
    quiet_zone: u32,
    background: TerminalBackground,
    out: &mut dyn Write,
) -> fmt::Result {
    // By ink above and ink below.
    const BLOCKS: [&str; 4] = [" ", "▀", "▄", "█"];
    let quiet_zone = drawn(quiet_zone);
    let rows = symbol.size() + 2 * quiet_zone;
    // On a dark background what has ink is light.
    let flip = match background {
        TerminalBackground::Dark => 1,
        TerminalBackground::Light => 0,
    };
    for y in (0..rows).step_by(2) {
        // The number of rows is odd: below the last one there is no ink.
        let inks = [flip, if y + 1 < rows { flip } else { 0 }];
        // Above the symbol the subtraction wraps around: far outside, so light.
        let [above, below] = [y, y + 1].map(|y| symbol.row(y.wrapping_sub(quiet_zone)));
        let block = |dark: [usize; 2]| BLOCKS[(dark[0] ^ inks[0]) | (dark[1] ^ inks[1]) << 1];
        let border = block([0, 0]);
        for _ in 0..quiet_zone {
            out.write_str(border)?;
        }
        for x in 0..symbol.size() {
            let dark = [above, below].map(|row| usize::from(is_set(row, x)));
            out.write_str(block(dark))?;
        }
        for _ in 0..quiet_zone {
            out.write_str(border)?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}
