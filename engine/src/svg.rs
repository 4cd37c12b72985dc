//! Symbols as SVG images: one path, sharp at every size.

use std::fmt::{self, Write};

use crate::runs::dark_runs;
use crate::utf8::Utf8;
use crate::{Style, StyleError, Symbol};

/// The image of `symbol` as an SVG 1.1 document.
///
/// One user unit is one module; width and height are [`Style::width_px`]. The light background is
/// a rectangle, the dark modules are one path, each run of them in a row one rectangle of it.
/// `title` is what screen readers say and browsers show, usually the text of the symbol; characters
/// that XML can't hold become U+FFFD.
pub fn to_svg(symbol: &Symbol, style: &Style, title: &str) -> Result<String, StyleError> {
    style.check()?;
    let mut out = String::new();
    // A String takes everything that is written to it.
    let _ = draw(symbol, style, title, &mut out);
    Ok(out)
}

/// Appends what [`to_svg`] gives, in UTF-8. Nothing is appended when the style can't be drawn.
pub fn write_svg(
    symbol: &Symbol,
    style: &Style,
    title: &str,
    out: &mut Vec<u8>,
) -> Result<(), StyleError> {
    style.check()?;
    let _ = draw(symbol, style, title, &mut Utf8(out));
    Ok(())
}

fn draw(symbol: &Symbol, style: &Style, title: &str, out: &mut dyn Write) -> fmt::Result {
    let Style { dark, light, .. } = *style;
    let quiet_zone = style.quiet_zone as usize;
    let modules = symbol.size() + 2 * quiet_zone;
    let width = style.width_px(symbol.size());
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{width}\" \
         viewBox=\"0 0 {modules} {modules}\" shape-rendering=\"crispEdges\"><title>"
    )?;
    escape(title, out)?;
    write!(
        out,
        "</title><rect width=\"{modules}\" height=\"{modules}\" fill=\"{light}\"/>\
         <path fill=\"{dark}\" d=\""
    )?;
    // One closed rectangle for each run of dark modules.
    for y in 0..symbol.size() {
        for run in dark_runs(symbol, y) {
            let (left, top, length) = (run.start + quiet_zone, y + quiet_zone, run.len());
            write!(out, "M{left} {top}h{length}v1h-{length}z")?;
        }
    }
    out.write_str("\"/></svg>\n")
}

/// `text` as XML character data (XML 1.0, 2.2 and 2.4).
fn escape(text: &str, out: &mut dyn Write) -> fmt::Result {
    for character in text.chars() {
        match character {
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            // A parser would read it as a line feed.
            '\r' => out.write_str("&#13;")?,
            '\t' | '\n' => out.write_char(character)?,
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => out.write_char(char::REPLACEMENT_CHARACTER)?,
            _ => out.write_char(character)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_character_data() {
        let cases = [
            (
                "https://example.com/?a=1&b=<2>",
                "https://example.com/?a=1&amp;b=&lt;2&gt;",
            ),
            ("]]>", "]]&gt;"),
            ("\"'é漢😀", "\"'é漢😀"),
            ("a\tb\nc\rd", "a\tb\nc&#13;d"),
            ("\0\u{1b}[0m\u{ffff}", "\u{fffd}\u{fffd}[0m\u{fffd}"),
        ];
        for (title, expected) in cases {
            let mut escaped = String::new();
            escape(title, &mut escaped).unwrap();
            assert_eq!(escaped, expected);
        }
    }
}
