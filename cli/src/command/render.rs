//! `qrgen render TEXT`: a code without a store, a key or a network.

use std::ffi::OsStr;

use base64_simd::STANDARD as BASE64;
use qrgen_sdk::render::{self, TerminalBackground};
use qrgen_sdk::{QrError, RenderRequest};
use serde::Serialize;

use super::shared;
use crate::cli::{Background, Format, Render, Target};
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// What `--json` prints: the explanation, the file that was written, or the image itself.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rendered {
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_size: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<String>,
}

pub(super) fn run(arguments: Render, output: &mut Output) -> Result<(), Failure> {
    let Render {
        text,
        target,
        format,
        background,
        explain,
        allow_low_contrast,
        detail,
    } = arguments;
    let request = RenderRequest {
        text: shared::text(text)?,
        detail: shared::detail(detail),
        allow_low_contrast,
    };
    let explanation = explain.then(|| explain_symbol(&request)).transpose()?;
    if let Some(explanation) = &explanation
        && target.is_stdout()
    {
        let value = Rendered {
            explanation: Some(explanation.clone()),
            ..Rendered::default()
        };
        return output.result(&value, explanation.trim_end());
    }

    let format = match format {
        Some(format) => format,
        None => guess_format(&target, output)?,
    };
    let image = draw(&request, format, background, &target, output).map_err(failed)?;
    let mut value = Rendered {
        media_type: Some(media_type(format)),
        byte_size: Some(image.len()),
        ..Rendered::default()
    };
    if target.is_stdout() {
        if output.is_json() {
            value.base64 = Some(BASE64.encode_to_string(&image));
            return output.result(&value, "");
        }
        return write(&target, format, &image, output);
    }
    write(&target, format, &image, output)?;
    let file = target.output.display().to_string();
    let text = match &explanation {
        Some(explanation) => format!(
            "{}\n{file}: written, {} bytes",
            explanation.trim_end(),
            image.len()
        ),
        None => format!("{file}: written, {} bytes", image.len()),
    };
    value.file = Some(file);
    value.explanation = explanation;
    output.result(&value, text)
}

fn failed(error: QrError) -> Failure {
    Failure::of_client("could not draw the code", &error)
}

fn explain_symbol(_request: &RenderRequest) -> Result<String, Failure> {
    Ok("version STUB".to_owned())
}

/// The format that FILE ends with; on stdout what its reader can use.
fn guess_format(target: &Target, output: &Output) -> Result<Format, Failure> {
    if target.is_stdout() {
        let is_read_by_a_person = output.is_terminal() && !output.is_json();
        return Ok(if is_read_by_a_person {
            Format::Terminal
        } else {
            Format::Png
        });
    }
    let ending = target
        .output
        .extension()
        .and_then(OsStr::to_str)
        .unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "png" => Ok(Format::Png),
        "svg" => Ok(Format::Svg),
        "txt" => Ok(Format::Terminal),
        _ => Err(Failure::new(
            Exit::Usage,
            "format_unknown",
            format!("could not tell the format of {}", target.output.display()),
            "its name ends with none of .png, .svg and .txt; pass --format",
        )),
    }
}

fn draw(
    request: &RenderRequest,
    format: Format,
    background: Option<Background>,
    target: &Target,
    output: &Output,
) -> Result<Vec<u8>, QrError> {
    match (format, background) {
        (Format::Png, _) => Ok(render::render(request)?.png),
        (Format::Svg, _) => Ok(render::svg(request, "QR code")?.into_bytes()),
        (Format::Terminal, None) if target.is_stdout() => {
            let drawing =
                shared::drawing(output, |background| render::terminal(request, background))?;
            Ok(drawing.into_bytes())
        }
        (Format::Terminal, background) => {
            let background = match background {
                Some(Background::Light) => TerminalBackground::Light,
                Some(Background::Dark) | None => TerminalBackground::Dark,
            };
            Ok(render::terminal(request, background)?.into_bytes())
        }
    }
}

fn write(
    target: &Target,
    format: Format,
    image: &[u8],
    output: &mut Output,
) -> Result<(), Failure> {
    match format {
        Format::Png => target.write_png(image, output),
        Format::Svg | Format::Terminal => target.write(image, output),
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Png => "image/png",
        Format::Svg => "image/svg+xml",
        Format::Terminal => "text/plain; charset=utf-8",
    }
}
