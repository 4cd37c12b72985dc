//! The image is the record: what the contract says of a code is read out of its PNG, and nothing is
//! kept beside it.

use std::time::SystemTime;

use base64_simd::STANDARD as BASE64;
use qrgen_contract::{DetailOptions, Image, Level, SymbolInfo};
use qrgen_engine::{ErrorCorrection, ReadImage, Style, read_png};
use ring::digest::{SHA256, digest};

use crate::clock;
use crate::store::{Entry, Facts, Object};

/// What is known of an image that is not opened.
pub(crate) fn listed(Entry { filename, facts }: Entry) -> Image {
    image(filename, facts)
}

/// What is known of a stored object. One that the engine can't read has no text, symbol and detail;
/// one that is too large to be opened has no bytes either.
pub(crate) fn stored(filename: String, object: &Object) -> Image {
    let facts = object.facts;
    match &object.bytes {
        Some(png) => opened(filename, png, read_png(png).ok(), facts.stored_at),
        None => Image {
            text: Some(None),
            ..image(filename, facts)
        },
    }
}

/// What is known of the image `png`, out of which the engine has `read` so much.
pub(crate) fn opened(
    filename: String,
    png: &[u8],
    read: Option<ReadImage>,
    stored_at: SystemTime,
) -> Image {
    let facts = Facts {
        byte_size: png.len() as u64,
        stored_at,
    };
    let mut image = Image {
        sha256: Some(hex(digest(&SHA256, png).as_ref())),
        text: Some(None),
        ..image(filename, facts)
    };
    if let Some(read) = read {
        let level = level(read.symbol.error_correction());
        image.width = Some(read.width_px);
        image.symbol = Some(SymbolInfo {
            version: read.symbol.version().number(),
            error_correction: level,
            mask: read.symbol.mask().number(),
        });
        image.detail = Some(detail(level, &read.style));
        // A binary payload is not text.
        image.text = Some(String::from_utf8(read.content.bytes).ok());
    }
    image
}

/// The bytes of an image as they travel.
pub(crate) fn base64(png: &[u8]) -> String {
    BASE64.encode_to_string(png)
}

fn image(filename: String, facts: Facts) -> Image {
    Image {
        filename,
        media_type: "image/png".to_owned(),
        base64: None,
        url: None,
        byte_size: facts.byte_size,
        sha256: None,
        width: None,
        stored_at: clock::rfc3339(facts.stored_at),
        text: None,
        symbol: None,
        detail: None,
    }
}

fn level(error_correction: ErrorCorrection) -> Level {
    match error_correction {
        ErrorCorrection::L => Level::L,
        ErrorCorrection::M => Level::M,
        ErrorCorrection::Q => Level::Q,
        ErrorCorrection::H => Level::H,
    }
}

/// The detail that draws the same image again: the level is the one that the symbol really has, so
/// there is nothing left to raise.
fn detail(error_correction: Level, style: &Style) -> DetailOptions {
    DetailOptions {
        error_correction,
        boost: false,
        scale: style.scale.into(),
        quiet_zone: style.quiet_zone.into(),
        dark: style.dark.to_string(),
        light: style.light.to_string(),
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
