//! The image is the record: what the contract says of a code is read out of its PNG, and nothing is
//! kept beside it.

use std::cell::RefCell;
use std::time::SystemTime;

use base64_simd::STANDARD as BASE64;
use qrgen_contract::{DetailOptions, Image, Level, SymbolInfo};
use qrgen_engine::{ErrorCorrection, ReadError, ReadImage, Reader, Style};
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
        Some(png) => {
            let shown = read(png, |image| image.ok().map(Shown::from));
            opened(filename, png, shown, facts.stored_at)
        }
        None => Image {
            text: Some(None),
            ..image(filename, facts)
        },
    }
}

/// What is known of the image `png`, which shows that, if the engine can read it.
pub(crate) fn opened(
    filename: String,
    png: &[u8],
    shown: Option<Shown>,
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
    if let Some(shown) = shown {
        image.width = Some(shown.width);
        image.symbol = Some(shown.symbol);
        image.detail = Some(shown.detail);
        image.text = Some(shown.text);
    }
    image
}

/// What an image shows, in the terms of the contract.
#[derive(Debug)]
pub(crate) struct Shown {
    width: u32,
    symbol: SymbolInfo,
    detail: DetailOptions,
    /// None for a binary payload, which is not text.
    text: Option<String>,
}

impl From<&ReadImage> for Shown {
    fn from(image: &ReadImage) -> Self {
        let level = level(image.symbol.error_correction());
        Self {
            width: image.width_px,
            symbol: SymbolInfo {
                version: image.symbol.version().number(),
                error_correction: level,
                mask: image.symbol.mask().number(),
            },
            detail: detail(level, &image.style),
            text: str::from_utf8(&image.content.bytes).ok().map(str::to_owned),
        }
    }
}

/// Lets the engine read `png`, and hands over what it has read.
pub(crate) fn read<T>(png: &[u8], take: impl FnOnce(Result<&ReadImage, ReadError>) -> T) -> T {
    thread_local! {
        // Its memory is kept from call to call. Reading does not await, so a thread reads one image
        // at a time.
        static READER: RefCell<Reader> = RefCell::default();
    }
    READER.with_borrow_mut(|reader| take(reader.read(png)))
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
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    hex
}
