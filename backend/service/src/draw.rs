//! Text to PNG bytes that two decoders have read back.

use std::cell::RefCell;

use bytes::Bytes;
use qrgen_contract::{Code, DetailOptions, Level, Problem, limits};
use qrgen_engine::{
    Color, EncodeError, EncodeOptions, Encoder, ErrorCorrection, PngWriter, Style, StyleError,
};

use crate::failure::Failure;
use crate::record::Shown;
use crate::verify;

/// An image that is fit to be stored.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) png: Bytes,
    /// What the engine has read out of `png`.
    pub(crate) shown: Shown,
}

/// What drawing needs in memory, kept from call to call.
#[derive(Default)]
struct Scratch {
    encoder: Encoder,
    writer: PngWriter,
    png: Vec<u8>,
}

thread_local! {
    // Drawing does not await, so a thread draws one image at a time.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Draws `text`, and reads it back.
///
/// That takes some 20 µs for a short URL and 1.5 ms for the largest symbol at the largest scale, so
/// the thread of the caller does it: handing it over would cost more than it saves.
pub(crate) fn draw(text: &str, detail: &DetailOptions) -> Result<Drawn, Failure> {
    let style = style(detail)?;
    let options = EncodeOptions {
        error_correction: error_correction(detail.error_correction),
        boost: detail.boost,
    };
    SCRATCH.with_borrow_mut(|scratch| {
        let symbol = scratch
            .encoder
            .encode(text, &options)
            .map_err(does_not_fit)?;
        check_width(style.width_px(symbol.size()))?;
        scratch.png.clear();
        scratch
            .writer
            .write_into(symbol, &style, &mut scratch.png)
            .map_err(undrawable)?;
        let shown = verify::verify(&scratch.png, symbol, &style, text)?;
        Ok(Drawn {
            png: Bytes::copy_from_slice(&scratch.png),
            shown,
        })
    })
}

fn error_correction(level: Level) -> ErrorCorrection {
    match level {
        Level::L => ErrorCorrection::L,
        Level::M => ErrorCorrection::M,
        Level::Q => ErrorCorrection::Q,
        Level::H => ErrorCorrection::H,
    }
}

fn style(detail: &DetailOptions) -> Result<Style, Problem> {
    let style = Style {
        scale: pixels(detail.scale),
        quiet_zone: pixels(detail.quiet_zone),
        dark: color("detail.dark", &detail.dark)?,
        light: color("detail.light", &detail.light)?,
        allow_low_contrast: false,
    };
    style.check().map_err(undrawable)?;
    Ok(style)
}

/// A number that the contract has checked; one out of range stays out of range.
fn pixels(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn color(field: &str, text: &str) -> Result<Color, Problem> {
    text.parse()
        .map_err(|error: qrgen_engine::ParseColorError| {
            Problem::new(Code::ColorInvalid, format!("{field} is {error}")).with_field(field)
        })
}

fn check_width(width_px: u32) -> Result<(), Problem> {
    if width_px <= limits::IMAGE_WIDTH_PX {
        return Ok(());
    }
    Err(Problem::new(
        Code::ImageTooWide,
        format!(
            "the image would be {width_px} pixels wide; use a smaller scale, {} pixels are the most",
            limits::IMAGE_WIDTH_PX
        ),
    )
    .with_field("detail.scale")
    .with_limit(limits::IMAGE_WIDTH_PX.into(), width_px.into()))
}

fn does_not_fit(error: EncodeError) -> Problem {
    let EncodeError::TooLong {
        needed_bits,
        available_bits,
        error_correction,
    } = error
    else {
        return Problem::new(Code::TextEmpty, error.to_string()).with_field("text");
    };
    Problem::new(
        Code::TextDoesNotFit,
        format!(
            "the text needs {needed_bits} bits, and the largest symbol has {available_bits} at level \
             {error_correction}; shorten it, or use a lower level"
        ),
    )
    .with_field("text")
    .with_limit(available_bits as u64, needed_bits as u64)
}

fn undrawable(error: StyleError) -> Problem {
    let (code, field) = match error {
        StyleError::ScaleOutOfRange { .. } => (Code::ScaleOutOfRange, "detail.scale"),
        StyleError::QuietZoneOutOfRange { .. } => (Code::QuietZoneOutOfRange, "detail.quietZone"),
        StyleError::ContrastTooLow { .. } | StyleError::LightOnDark => {
            (Code::ContrastTooLow, "detail.dark")
        }
        _ => (Code::DetailInvalid, "detail"),
    };
    Problem::new(code, error.to_string()).with_field(field)
}
