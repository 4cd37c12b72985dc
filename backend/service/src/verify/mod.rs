//! Nothing unreadable is stored: two decoders read an image back before it is put.
//!
//! The engine's own reader takes the final PNG bytes, so it sees what a client will see. `rxing`, a
//! port of `ZXing` that shares no code with the engine, takes the modules (why this one: ADR 0004).

mod independent;
mod layout;
mod reed_solomon;

use qrgen_engine::{ReadError, Style, Symbol};

use crate::record::{self, Shown};

/// The decoders that read each image back, as the answer names them.
pub(crate) const DECODERS: [&str; 2] = ["qrgen", "rxing"];

/// A decoder read something else than was drawn.
///
/// The messages name no text: this one ends up in a log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unverified {
    #[error("the engine can't read its own image: {0}")]
    Unreadable(#[from] ReadError),
    #[error("the engine reads another {what} out of its image than it has drawn")]
    Differs { what: &'static str },
    #[error("rxing can't read the symbol as it is (version {version}, mask {mask})")]
    Undecodable { version: u8, mask: u8 },
    #[error("rxing reads another text (version {version}, mask {mask})")]
    DecodesDifferently { version: u8, mask: u8 },
}

/// Reads back `png`, which shows `symbol` in `style` and says `text`.
pub(crate) fn verify(
    png: &[u8],
    symbol: &Symbol,
    style: &Style,
    text: &str,
) -> Result<Shown, Unverified> {
    let shown = record::read(png, |image| {
        let image = image?;
        let differs = |what| Err(Unverified::Differs { what });
        if image.symbol != *symbol {
            return differs("symbol");
        }
        if image.style != *style {
            return differs("style");
        }
        if image.content.text() != Some(text) {
            return differs("text");
        }
        Ok(Shown::from(image))
    })?;
    verify_independently(symbol, text)?;
    Ok(shown)
}

fn verify_independently(symbol: &Symbol, text: &str) -> Result<(), Unverified> {
    let (version, mask) = (symbol.version().number(), symbol.mask().number());
    match independent::read(symbol.rows()) {
        Ok(decoded) if says_the_same(decoded.getText(), text) => Ok(()),
        Ok(_) => Err(Unverified::DecodesDifferently { version, mask }),
        // Its message may quote what it has read.
        Err(_) => Err(Unverified::Undecodable { version, mask }),
    }
}

/// Whether `rxing` has read `text`. It takes a byte order mark at the beginning of a segment for a
/// mark of the encoding, and drops it; the engine's reader has compared the bytes.
fn says_the_same(decoded: &str, text: &str) -> bool {
    let without_marks = |text| str::chars(text).filter(|&character| character != '\u{feff}');
    decoded == text || without_marks(decoded).eq(without_marks(text))
}

#[cfg(test)]
mod tests {
    use qrgen_engine::{EncodeOptions, encode, to_png};

    use super::*;

    fn image(text: &str) -> (Symbol, Vec<u8>) {
        let symbol = encode(text, &EncodeOptions::default()).unwrap();
        let png = to_png(&symbol, &Style::default()).unwrap();
        (symbol, png)
    }

    #[test]
    fn an_image_that_both_decoders_read_is_good() {
        for text in [
            "menu",
            "7",
            "A-Z",
            "Käse 日本",
            "\u{feff}mark\u{feff}",
            &"x".repeat(2_331),
        ] {
            let (symbol, png) = image(text);
            assert!(
                verify(&png, &symbol, &Style::default(), text).is_ok(),
                "{text}"
            );
        }
    }

    /// What must never happen, done on purpose.
    #[test]
    fn an_image_that_differs_in_anything_is_refused() {
        let (style, (symbol, png)) = (Style::default(), image("menu"));
        let (other, other_png) = image("MENU 7");
        let damaged = [&png[..png.len() / 2], b"?", &png[png.len() / 2 + 1..]].concat();
        let other_style = Style { scale: 9, ..style };
        for (what, outcome) in [
            (
                "damaged file",
                verify(&damaged, &symbol, &style, "menu").err(),
            ),
            ("empty file", verify(b"", &symbol, &style, "menu").err()),
            (
                "another symbol",
                verify(&other_png, &symbol, &style, "menu").err(),
            ),
            (
                "another style",
                verify(&png, &symbol, &other_style, "menu").err(),
            ),
            ("another text", verify(&png, &symbol, &style, "Menu").err()),
        ] {
            assert!(outcome.is_some(), "{what}");
        }
        assert!(matches!(
            verify_independently(&other, "menu"),
            Err(Unverified::DecodesDifferently { .. })
        ));
    }

    /// Logs are read by others than those whose text it is.
    #[test]
    fn a_fault_does_not_tell_the_text() {
        let (symbol, png) = image("secret");
        let fault = verify(&png, &symbol, &Style::default(), "hidden").unwrap_err();
        let independent = verify_independently(&symbol, "hidden").unwrap_err();
        for message in [fault.to_string(), independent.to_string()] {
            assert!(
                !message.contains("secret") && !message.contains("hidden"),
                "{message}"
            );
        }
    }
}
