//! `qrgen render TEXT`: a code without a store, a key or a network.

use std::ffi::OsStr;

use base64_simd::STANDARD as BASE64;
use qrgen_sdk::render::{self, Micro, TerminalBackground};
use qrgen_sdk::{QrError, RenderRequest};
use serde::Serialize;
use serde_json::json;

use super::shared;
use crate::cli::{Background, Format, Render, Target};
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// What `--json` prints: the file that was written, or the image itself.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rendered {
    media_type: &'static str,
    byte_size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<String>,
}

pub(super) fn run(mut arguments: Render, output: &mut Output) -> Result<(), Failure> {
    let target = arguments.target;
    if arguments.micro {
        let quiet_zone = &mut arguments.detail.quiet_zone;
        quiet_zone.get_or_insert(Micro::QUIET_ZONE.into());
    }
    let request = RenderRequest {
        text: shared::text(arguments.text)?,
        detail: shared::detail(arguments.detail),
        allow_low_contrast: arguments.allow_low_contrast,
    };
    let explanation = if arguments.explain {
        let description = render::describe(&request).map_err(|error| failed(&error))?;
        Some(description.to_string())
    } else {
        None
    };
    if target.is_stdout()
        && let Some(explanation) = explanation
    {
        return output.result(
            &json!({ "explanation": explanation }),
            explanation.trim_end(),
        );
    }

    let format = match arguments.format {
        Some(format) => format,
        None => guess_format(&target, output)?,
    };
    let code = Code::of(&request, arguments.micro).map_err(|error| failed(&error))?;
    let image = draw(&code, format, arguments.background, &target, output)
        .map_err(|error| failed(&error))?;
    let mut rendered = Rendered {
        media_type: media_type(format),
        byte_size: image.len(),
        base64: None,
        file: None,
        explanation,
    };
    if target.is_stdout() && output.is_json() {
        rendered.base64 = Some(BASE64.encode_to_string(&image));
        return output.result(&rendered, "");
    }
    match format {
        Format::Png => target.write_png(&image, output)?,
        Format::Svg | Format::Terminal => target.write(&image, output)?,
    }
    if target.is_stdout() {
        return Ok(());
    }
    let file = target.output.display().to_string();
    let written = format!("{file}: written, {} bytes", image.len());
    let text = match &rendered.explanation {
        Some(explanation) => format!("{}\n{written}", explanation.trim_end()),
        None => written,
    };
    rendered.file = Some(file);
    output.result(&rendered, text)
}

fn failed(error: &QrError) -> Failure {
    Failure::of_client("could not draw the code", error)
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

/// What is drawn.
enum Code<'a> {
    Full(&'a RenderRequest),
    Micro(Box<Micro>),
}

impl<'a> Code<'a> {
    fn of(request: &'a RenderRequest, is_micro: bool) -> Result<Self, QrError> {
        Ok(if is_micro {
            Self::Micro(Box::new(Micro::of(request)?))
        } else {
            Self::Full(request)
        })
    }

    fn png(&self) -> Result<Vec<u8>, QrError> {
        match self {
            Self::Full(request) => Ok(render::render(request)?.png),
            Self::Micro(micro) => micro.png(),
        }
    }

    fn svg(&self) -> Result<String, QrError> {
        match self {
            Self::Full(request) => render::svg(request, "QR code"),
            Self::Micro(micro) => micro.svg("Micro QR code"),
        }
    }

    fn terminal(&self, background: TerminalBackground) -> Result<String, QrError> {
        match self {
            Self::Full(request) => render::terminal(request, background),
            Self::Micro(micro) => Ok(micro.terminal(background)),
        }
    }
}

fn draw(
    code: &Code<'_>,
    format: Format,
    background: Option<Background>,
    target: &Target,
    output: &Output,
) -> Result<Vec<u8>, QrError> {
    match (format, background) {
        (Format::Png, _) => code.png(),
        (Format::Svg, _) => Ok(code.svg()?.into_bytes()),
        (Format::Terminal, None) if target.is_stdout() => {
            let drawing = shared::drawing(output, |background| code.terminal(background))?;
            Ok(drawing.into_bytes())
        }
        (Format::Terminal, background) => {
            let background = match background {
                Some(Background::Light) => TerminalBackground::Light,
                Some(Background::Dark) | None => TerminalBackground::Dark,
            };
            Ok(code.terminal(background)?.into_bytes())
        }
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Png => "image/png",
        Format::Svg => "image/svg+xml",
        Format::Terminal => "text/plain; charset=utf-8",
    }
}
