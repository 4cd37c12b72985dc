//! Nothing unreadable is stored: two decoders read an image back before it is put.
//!
//! The engine's own reader takes the final PNG bytes, so it sees what a client will see. `rxing`, a
//! port of `ZXing` that shares no code with the engine, takes the modules (why this one: ADR 0004).

use qrgen_engine::{ReadError, ReadImage, Style, Symbol, read_png};
use rxing::qrcode::decoder::qrcode_decoder::decode_bool_array;

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
    #[error("rxing can't read the symbol (version {version}, mask {mask})")]
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
) -> Result<ReadImage, Unverified> {
    let read = read_png(png)?;
    let differs = |what| Err(Unverified::Differs { what });
    if read.symbol != *symbol {
        return differs("symbol");
    }
    if read.style != *style {
        return differs("style");
    }
    if read.content.text() != Some(text) {
        return differs("text");
    }
    verify_independently(symbol, text)?;
    Ok(read)
}

fn verify_independently(symbol: &Symbol, text: &str) -> Result<(), Unverified> {
    let (version, mask) = (symbol.version().number(), symbol.mask().number());
    let modules: Vec<Vec<bool>> = (0..symbol.size())
        .map(|y| (0..symbol.size()).map(|x| symbol.is_dark(x, y)).collect())
        .collect();
    match decode_bool_array(&modules) {
        Ok(decoded) if decoded.getText() == text => Ok(()),
        Ok(_) => Err(Unverified::DecodesDifferently { version, mask }),
        // Its message may quote what it has read.
        Err(_) => Err(Unverified::Undecodable { version, mask }),
    }
}
