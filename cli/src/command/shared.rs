//! What more than one command needs: the text and the detail of a code, an image's way out, a
//! stored code by name.

use std::path::Path;

use base64_simd::STANDARD as BASE64;
use qrgen_contract::{Code, DetailOptions, Image, Level, Preset, SymbolInfo, limits};
use qrgen_sdk::render::TerminalBackground;
use qrgen_sdk::{Detail, QrClient, QrError, QrImage, RetrieveRequest};

use crate::cli::{self, Target};
use crate::exit::{Exit, Failure};
use crate::output::{Output, printable};
use crate::{file, library};

/// Black on bright white (ECMA-48, SGR), and back to the terminal's own colours.
const BLACK_ON_WHITE: &str = "\x1b[30;107m";
const RESET: &str = "\x1b[0m";

/// The text of a code as the user gives it: itself, or `-` for stdin less the line ending that
/// `echo` adds.
pub(crate) fn text(argument: String) -> Result<String, Failure> {
    const TRIED: &str = "could not read the text";
    if argument != file::STANDARD {
        return Ok(argument);
    }
    let most = limits::TEXT_BYTES + "\r\n".len();
    let bytes = file::read(Path::new(file::STANDARD), most)?;
    if bytes.len() > most {
        let reason = format!(
            "stdin has more than the {} bytes of any code",
            limits::TEXT_BYTES
        );
        return Err(Failure::new(
            Exit::Refused,
            Code::TextTooLong.as_str(),
            TRIED,
            reason,
        ));
    }
    let mut text = String::from_utf8(bytes).map_err(|_not_utf8| {
        Failure::new(
            Exit::Refused,
            "text_not_utf8",
            TRIED,
            "stdin is not UTF-8, and the text of a code is",
        )
    })?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

/// The detail that the options ask for: a preset as it is, or every value by hand once one of them
/// is changed.
pub(crate) fn detail(arguments: cli::Detail) -> Detail {
    let cli::Detail {
        preset,
        level,
        no_boost,
        scale,
        quiet_zone,
        dark,
        light,
    } = arguments;
    let (by_name, preset) = match preset {
        cli::Preset::Low => (Detail::Low, Preset::Low),
        cli::Preset::Medium => (Detail::Medium, Preset::Medium),
        cli::Preset::High => (Detail::High, Preset::High),
        cli::Preset::Max => (Detail::Max, Preset::Max),
    };
    let level = level.map(|level| match level {
        cli::Level::L => Level::L,
        cli::Level::M => Level::M,
        cli::Level::Q => Level::Q,
        cli::Level::H => Level::H,
    });
    let defaults = preset.options();
    let options = DetailOptions {
        error_correction: level.unwrap_or(defaults.error_correction),
        boost: !no_boost,
        scale: scale.unwrap_or(defaults.scale),
        quiet_zone: quiet_zone.unwrap_or(defaults.quiet_zone),
        dark: dark.unwrap_or_else(|| defaults.dark.clone()),
        light: light.unwrap_or_else(|| defaults.light.clone()),
    };
    if options == defaults {
        by_name
    } else {
        Detail::Custom { options }
    }
}

impl Target {
    /// Whether the bytes go to stdout.
    pub(crate) fn is_stdout(&self) -> bool {
        self.output == Path::new(file::STANDARD)
    }

    /// Writes an image there. A terminal is no place for a PNG.
    pub(crate) fn write_png(&self, png: &[u8], output: &mut Output) -> Result<(), Failure> {
        if self.is_stdout() && output.is_terminal() {
            return Err(Failure::new(
                Exit::Usage,
                "terminal_refused",
                "could not print the image",
                "a terminal can't show PNG bytes; pass -o FILE, or see `qrgen show`",
            ));
        }
        self.write(png, output)
    }

    /// Writes there what may also be read in a terminal.
    pub(crate) fn write(&self, bytes: &[u8], output: &mut Output) -> Result<(), Failure> {
        if self.is_stdout() {
            output.bytes(bytes)
        } else {
            file::write(&self.output, bytes, self.force)
        }
    }
}

/// The stored code of this name, with its image.
pub(crate) fn fetch(
    client: &QrClient,
    name: &str,
    tried: &str,
) -> Result<(QrImage, Vec<u8>), Failure> {
    let page = library::wait(tried, client.retrieve(RetrieveRequest::named(name)))?;
    let mut image = page
        .images
        .into_iter()
        .next()
        .ok_or_else(|| Failure::not_found(tried))?;
    match image.png.take() {
        Some(png) => Ok((image, png)),
        None => Err(Failure::new(
            Exit::Service,
            "protocol",
            tried,
            "the service sent no image",
        )),
    }
}

/// An image as the wire has it, for `--json`; with its bytes if `png` is given.
pub(crate) fn wire(image: &QrImage, png: Option<&[u8]>) -> Image {
    let symbol = image.symbol.and_then(|symbol| {
        Some(SymbolInfo {
            version: symbol.version.try_into().ok()?,
            error_correction: symbol.error_correction,
            mask: symbol.mask.try_into().ok()?,
        })
    });
    let was_opened = image.sha256.is_some();
    Image {
        filename: image.filename.clone(),
        media_type: image.media_type.clone(),
        base64: png.map(|png| BASE64.encode_to_string(png)),
        url: image.url.clone(),
        byte_size: image.byte_size.unsigned_abs(),
        sha256: image.sha256.clone(),
        width: image.width_px.map(i32::unsigned_abs),
        stored_at: image.stored_at.clone(),
        text: was_opened.then(|| image.text.clone()),
        symbol,
        detail: image.detail.clone(),
    }
}

/// Draws a code for the terminal that stdout is. With colour it is black on white, whatever the
/// terminal's own colours are; without, a dark background is the better guess.
pub(crate) fn drawing(
    output: &Output,
    draw: impl FnOnce(TerminalBackground) -> Result<String, QrError>,
) -> Result<String, QrError> {
    if !output.has_color() {
        return draw(TerminalBackground::Dark);
    }
    let drawn = draw(TerminalBackground::Light)?;
    let mut painted = String::new();
    for line in drawn.lines() {
        painted.extend([BLACK_ON_WHITE, line, RESET, "\n"]);
    }
    Ok(painted)
}

/// One line about a stored code, for people: `version 2, level Q, 232 pixels, 411 bytes`.
pub(crate) fn summary(image: &QrImage) -> String {
    let symbol = image.symbol.map_or_else(
        || "not an image of this program".to_owned(),
        |symbol| {
            format!(
                "version {}, level {:?}",
                symbol.version, symbol.error_correction
            )
        },
    );
    let width = image
        .width_px
        .map(|width| format!(", {width} pixels"))
        .unwrap_or_default();
    format!("{symbol}{width}, {} bytes", image.byte_size)
}

/// The text of a stored code, safe for a terminal.
pub(crate) fn shown_text(image: &QrImage) -> String {
    image.text.as_deref().map(printable).unwrap_or_default()
}
