//! Drawing without a service: the same bytes that it would store, with no network and no key.
//!
//! [`QrClient::render`](crate::QrClient::render) and [`render`](crate::render()) give the PNG. This
//! module has the other forms, and what an image of this project tells about itself.

use qrgen_contract::{self as wire, Code, DetailOptions, Level, Request, limits};
use qrgen_engine::{
    Color, EncodeError, EncodeOptions, Encoder, ErrorCorrection, ParseColorError, PngWriter,
    ReadImage, Style, StyleError, Symbol,
};

#[cfg(feature = "micro")]
use qrgen_engine::{MicroError, MicroSymbol};

pub use qrgen_engine::{Change, Description, Hint, Mode, Room, SegmentInfo, TerminalBackground};

use crate::code::ClientCode;
use crate::error::QrError;
use crate::models::{RenderRequest, RenderedCode, SymbolInfo};

/// Draws a code as PNG, without a client and without a network: the bytes that the service would
/// store.
///
/// Refuses what the service refuses, with the same codes.
#[cfg_attr(feature = "uniffi", uniffi::export)]
pub fn render(request: &RenderRequest) -> Result<RenderedCode, QrError> {
    Renderer::default().render(request)
}

/// Draws codes one after another, with the same memory: for many of them.
#[derive(Debug, Default)]
pub struct Renderer {
    encoder: Encoder,
    writer: PngWriter,
}

impl Renderer {
    /// What [`render`](crate::render()) gives.
    pub fn render(&mut self, request: &RenderRequest) -> Result<RenderedCode, QrError> {
        let drawing = Drawing::of(request, &mut self.encoder)?;
        let mut png = Vec::new();
        self.writer
            .write_into(drawing.symbol, &drawing.style, &mut png)
            .map_err(refused_style)?;
        Ok(RenderedCode {
            png,
            width_px: drawing.width_px,
            symbol: SymbolInfo::of(drawing.symbol),
        })
    }
}

/// Draws a code as SVG. `title` is what screen readers say.
pub fn svg(request: &RenderRequest, title: &str) -> Result<String, QrError> {
    let mut encoder = Encoder::new();
    let drawing = Drawing::of(request, &mut encoder)?;
    qrgen_engine::to_svg(drawing.symbol, &drawing.style, title).map_err(refused_style)
}

/// Draws a code with half blocks, one character a module wide and half a line high, for a terminal
/// of this background. Scale and colours of the detail do not matter.
pub fn terminal(
    request: &RenderRequest,
    background: TerminalBackground,
) -> Result<String, QrError> {
    let mut encoder = Encoder::new();
    let drawing = Drawing::of(request, &mut encoder)?;
    Ok(qrgen_engine::to_terminal(
        drawing.symbol,
        drawing.style.quiet_zone,
        background,
    ))
}

/// Draws an image of this project with half blocks, for a terminal of this background.
pub fn terminal_from_png(png: &[u8], background: TerminalBackground) -> Result<String, QrError> {
    let image = read(png)?;
    Ok(qrgen_engine::to_terminal(
        &image.symbol,
        image.style.quiet_zone,
        background,
    ))
}

/// The pixels of an image of this project at another size: `size_px` rows of `size_px` pixels of
/// four bytes, red, green, blue and alpha.
///
/// Modules are as many whole pixels wide as fit, so that nothing is blurred; what is left over
/// makes the border wider. No PNG is decoded into pixels on the way: the image says which symbol it
/// shows, and that is drawn.
pub fn pixels_from_png(png: &[u8], size_px: i32) -> Result<Vec<u8>, QrError> {
    let image = read(png)?;
    let style = &image.style;
    let size_px = u32::try_from(size_px).unwrap_or_default();
    // Least significant byte first, `0xAABBGGRR` is red, green, blue, alpha.
    let pixel = |color: Color| u32::from_le_bytes([color.red, color.green, color.blue, 0xff]);
    let (dark, light) = (pixel(style.dark), pixel(style.light));
    let pixels = qrgen_engine::to_argb(&image.symbol, size_px, style.quiet_zone, dark, light)
        .map_err(|error| {
            QrError::invalid(ClientCode::SizeOutOfRange, "sizePx", error.to_string())
        })?;
    Ok(pixels.into_iter().flat_map(u32::to_le_bytes).collect())
}

/// Says what a text costs as a symbol: version, level, segments, bits, the room that is left, and
/// what would make it smaller. `Display` of the description is for people.
pub fn describe(request: &RenderRequest) -> Result<Description, QrError> {
    let options = checked(request)?;
    qrgen_engine::describe(&request.text, &encode_options(&options)).map_err(refused_text)
}

/// A Micro QR symbol to be drawn: for labels with little room, and readers that are known to take it. No
/// service stores one.
#[cfg(feature = "micro")]
#[derive(Debug)]
pub struct Micro {
    symbol: MicroSymbol,
    style: Style,
}

#[cfg(feature = "micro")]
impl Micro {
    /// The quiet zone that the standard asks for, in modules.
    pub const QUIET_ZONE: u32 = MicroSymbol::QUIET_ZONE;

    /// The smallest symbol of a text and a detail. What it refuses has the codes of
    /// [`render`](crate::render()), `text_does_not_fit` for characters that Micro QR symbols can't hold
    /// and `detail_invalid` for level H, which none of them has.
    pub fn of(request: &RenderRequest) -> Result<Self, QrError> {
        let options = checked(request)?;
        let style = style(&options, request.allow_low_contrast)?;
        let symbol = MicroSymbol::encode(&request.text, &encode_options(&options));
        let symbol = symbol.map_err(|error| {
            let (code, field) = match error {
                MicroError::Empty => (Code::TextEmpty, "text"),
                MicroError::NoSuchLevel => (Code::DetailInvalid, "detail.errorCorrection"),
                _ => (Code::TextDoesNotFit, "text"),
            };
            QrError::invalid(code, field, error.to_string())
        })?;
        Ok(Self { symbol, style })
    }

    /// As PNG.
    pub fn png(&self) -> Result<Vec<u8>, QrError> {
        self.symbol.to_png(&self.style).map_err(refused_style)
    }

    /// As SVG: see [`svg`].
    pub fn svg(&self, title: &str) -> Result<String, QrError> {
        self.symbol
            .to_svg(&self.style, title)
            .map_err(refused_style)
    }

    /// For a terminal: see [`terminal`].
    pub fn terminal(&self, background: TerminalBackground) -> String {
        self.symbol.to_terminal(self.style.quiet_zone, background)
    }
}

/// A symbol and the style to draw it in, both within the limits of the contract.
struct Drawing<'a> {
    symbol: &'a Symbol,
    style: Style,
    width_px: i32,
}

impl<'a> Drawing<'a> {
    fn of(request: &RenderRequest, encoder: &'a mut Encoder) -> Result<Self, QrError> {
        let options = checked(request)?;
        let style = style(&options, request.allow_low_contrast)?;
        let symbol = encoder
            .encode(&request.text, &encode_options(&options))
            .map_err(refused_text)?;
        let width = style.width_px(symbol.size());
        match i32::try_from(width) {
            Ok(width_px) if width <= limits::IMAGE_WIDTH_PX => Ok(Self {
                symbol,
                style,
                width_px,
            }),
            _ => Err(QrError::invalid(
                Code::ImageTooWide,
                "detail.scale",
                format!(
                    "the image would be {width} pixels wide, and {} are the most: use a smaller scale",
                    limits::IMAGE_WIDTH_PX
                ),
            )),
        }
    }
}

/// Holds text and detail to the rules of GENERATE, by asking the contract whether it would take
/// such a request.
fn checked(request: &RenderRequest) -> Result<DetailOptions, QrError> {
    const ANY_DEVICE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let detail = wire::Detail::from(request.detail.clone());
    let options = detail.resolve();
    Request::Generate(wire::GenerateRequest {
        device_id: ANY_DEVICE.to_owned(),
        filename: "render".to_owned(),
        text: request.text.clone(),
        detail,
        replace: false,
    })
    .check()?;
    Ok(options)
}

fn encode_options(options: &DetailOptions) -> EncodeOptions {
    let error_correction = match options.error_correction {
        Level::L => ErrorCorrection::L,
        Level::M => ErrorCorrection::M,
        Level::Q => ErrorCorrection::Q,
        Level::H => ErrorCorrection::H,
    };
    EncodeOptions {
        error_correction,
        boost: options.boost,
    }
}

fn style(options: &DetailOptions, allow_low_contrast: bool) -> Result<Style, QrError> {
    let style = Style {
        scale: unsigned(options.scale),
        quiet_zone: unsigned(options.quiet_zone),
        dark: color("detail.dark", &options.dark)?,
        light: color("detail.light", &options.light)?,
        allow_low_contrast,
    };
    style.check().map_err(refused_style)?;
    Ok(style)
}

fn read(png: &[u8]) -> Result<ReadImage, QrError> {
    qrgen_engine::read_png(png)
        .map_err(|error| QrError::invalid(ClientCode::PngUnreadable, "png", error.to_string()))
}

/// A number that the contract has checked; one out of range stays out of range.
fn unsigned(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn color(field: &str, text: &str) -> Result<Color, QrError> {
    text.parse().map_err(|error: ParseColorError| {
        QrError::invalid(Code::ColorInvalid, field, error.to_string())
    })
}

fn refused_text(error: EncodeError) -> QrError {
    let code = match error {
        EncodeError::Empty => Code::TextEmpty,
        EncodeError::TooLong { .. } => Code::TextDoesNotFit,
    };
    QrError::invalid(code, "text", error.to_string())
}

fn refused_style(error: StyleError) -> QrError {
    let (code, field) = match error {
        StyleError::ScaleOutOfRange { .. } => (Code::ScaleOutOfRange, "detail.scale"),
        StyleError::QuietZoneOutOfRange { .. } => (Code::QuietZoneOutOfRange, "detail.quietZone"),
        StyleError::ContrastTooLow { .. } | StyleError::LightOnDark => {
            // The service stores no such image, but here it can be drawn.
            let reason = format!("{error}, or allow low contrast");
            return QrError::invalid(Code::ContrastTooLow, "detail.dark", reason);
        }
        _ => (Code::DetailInvalid, "detail"),
    };
    QrError::invalid(code, field, error.to_string())
}

pub(crate) fn level(error_correction: ErrorCorrection) -> Level {
    match error_correction {
        ErrorCorrection::L => Level::L,
        ErrorCorrection::M => Level::M,
        ErrorCorrection::Q => Level::Q,
        ErrorCorrection::H => Level::H,
    }
}

impl SymbolInfo {
    fn of(symbol: &Symbol) -> Self {
        Self {
            version: symbol.version().number().into(),
            error_correction: level(symbol.error_correction()),
            mask: symbol.mask().number().into(),
        }
    }
}
