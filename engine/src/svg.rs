//! Symbols as SVG images: one path, sharp at every size.

use std::fmt::Write;

use crate::runs::dark_runs;
use crate::{Style, StyleError, Symbol};

/// The image of `symbol` as an SVG 1.1 document.
///
/// One user unit is one module; width and height are [`Style::width_px`]. The light background is
/// a rectangle, the dark modules are one path, each run of them in a row one rectangle of it.
/// `title` is what screen readers say and browsers show, usually the text of the symbol; characters
/// that XML can't hold become U+FFFD.
pub fn to_svg(symbol: &Symbol, style: &Style, title: &str) -> Result<String, StyleError> {
    style.check()?;
    let Style {
        quiet_zone,
        dark,
        light,
        ..
    } = *style;
    let quiet_zone = quiet_zone as usize;
    let modules = symbol.size() + 2 * quiet_zone;
    let width = style.width_px(symbol.size());
    let path = path(symbol, quiet_zone);
    let title = escaped(title);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{width}\" \
         viewBox=\"0 0 {modules} {modules}\" shape-rendering=\"crispEdges\">\
         <title>{title}</title>\
         <rect width=\"{modules}\" height=\"{modules}\" fill=\"{light}\"/>\
         <path fill=\"{dark}\" d=\"{path}\"/></svg>\n"
    ))
}

/// Path data with one closed rectangle for each run of dark modules.
fn path(symbol: &Symbol, quiet_zone: usize) -> String {
    let mut path = String::new();
    for y in 0..symbol.size() {
        for run in dark_runs(symbol, y) {
            let (left, top, length) = (run.start + quiet_zone, y + quiet_zone, run.len());
            // A String takes everything that is written to it.
            let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
        }
    }
    path
}

/// `text` as XML character data (XML 1.0, 2.2 and 2.4).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A parser would read it as a line feed.
            '\r' => escaped.push_str("&#13;"),
            '\t' | '\n' => escaped.push(character),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            _ => escaped.push(character),
        }
    }
    escaped
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
            assert_eq!(escaped(title), expected);
        }
    }
}
