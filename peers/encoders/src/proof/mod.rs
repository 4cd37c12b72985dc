//! Whether symbols of hard texts are read by everybody, and whether anybody has smaller ones.
//!
//! `symbols` encodes the engine's hard set and 100,000 random texts, and prints a line for each symbol of
//! ours, and for each of a peer that is smaller:
//!
//! ```text
//! encoder  text or binary  payload in hex  size  rows in hex
//! ```
//!
//! `peers/python/read.py` adds what `zxing-cpp` and `zbar` read, in hex, a minus for nothing; [`judge`] reads the
//! modules by the decoders in Rust and prints how many are wrong, and by which known fault of a decoder.

pub(crate) mod judge;
mod texts;

#[path = "../../../../engine/tests/support/hard_set.rs"]
#[expect(
    dead_code,
    reason = "the engine's tests ask each case whether it should fit; here it is tried"
)]
mod hard_set;

use std::io::{BufWriter, Write};

use hard_set::Payload;
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection};

use crate::encoders::{self, Modules, Peer};

/// Random texts.
const TEXTS: usize = 100_000;

/// What ours are called.
pub(crate) const OURS: &str = "qrgen";

/// Prints the symbols.
pub(crate) fn symbols(out: impl Write) -> std::io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut encoder = Encoder::new();
    let mut peers = encoders::others();
    for case in hard_set::cases() {
        let level = case.level;
        match case.payload {
            Payload::Text(text) => of_text(&mut encoder, &mut peers, &text, level, &mut out)?,
            Payload::Binary(bytes) => {
                let symbol = encoder.encode_bytes(&bytes, &exactly(level));
                if let Ok(symbol) = symbol {
                    let modules = encoders::modules(symbol.size(), |x, y| symbol.is_dark(x, y));
                    line(&mut out, OURS, "binary", &bytes, &modules)?;
                }
            }
        }
    }
    for (text, level) in texts::random(TEXTS) {
        of_text(&mut encoder, &mut peers, &text, level, &mut out)?;
    }
    out.flush()
}

fn exactly(error_correction: ErrorCorrection) -> EncodeOptions {
    EncodeOptions {
        error_correction,
        boost: false,
    }
}

fn of_text(
    encoder: &mut Encoder,
    peers: &mut [Box<dyn Peer>],
    text: &str,
    level: ErrorCorrection,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut most = usize::MAX;
    if let Ok(symbol) = encoder.encode(text, &exactly(level)) {
        most = symbol.size();
        let modules = encoders::modules(most, |x, y| symbol.is_dark(x, y));
        line(out, OURS, "text", text.as_bytes(), &modules)?;
    }
    let level = level.to_string().chars().next().unwrap_or('H');
    for peer in peers {
        if let Some(modules) = peer.modules(text, level).filter(|rows| rows.len() < most) {
            line(out, &peer.name(), "text", text.as_bytes(), &modules)?;
        }
    }
    Ok(())
}

fn line(
    out: &mut impl Write,
    encoder: &str,
    kind: &str,
    payload: &[u8],
    modules: &Modules,
) -> std::io::Result<()> {
    let rows: String = modules
        .iter()
        .flat_map(|row| row.chunks(8))
        .map(|eight| {
            let bits = eight.iter().enumerate();
            let byte = bits.fold(0, |byte, (at, dark)| byte | u8::from(*dark) << (7 - at));
            format!("{byte:02x}")
        })
        .collect();
    let (payload, size) = (hex(payload), modules.len());
    writeln!(out, "{encoder}\t{kind}\t{payload}\t{size}\t{rows}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
