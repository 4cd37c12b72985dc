//! `qrgen generate NAME TEXT`: make a code, store it, show it.

use qrgen_contract::{GenerateAnswer, GenerateStatus};
use qrgen_sdk::{GenerateRequest, render};

use super::shared;
use crate::cli::Generate;
use crate::exit::Failure;
use crate::library;
use crate::output::Output;

pub(super) fn run(arguments: Generate, output: &mut Output) -> Result<(), Failure> {
    let name = arguments.name;
    let tried = format!("could not store {name}");
    let request = GenerateRequest {
        filename: name.clone(),
        text: shared::text(arguments.text)?,
        detail: shared::detail(arguments.detail),
        replace: arguments.replace,
    };
    let client = library::open(arguments.library)?;
    let outcome = library::wait(&tried, client.generate(request))?;
    let png = outcome.image.png.as_deref();

    if let Some(png) = png
        && output.is_terminal()
        && !output.is_json()
    {
        let drawing = shared::drawing(output, |background| {
            render::terminal_from_png(png, background)
        })
        .map_err(|error| Failure::of_client("could not show the code", &error))?;
        output.bytes(drawing.as_bytes())?;
    }
    let answer = GenerateAnswer {
        status: outcome.status,
        image: shared::wire(&outcome.image, png),
        verified_by: outcome.verified_by,
    };
    let status = match outcome.status {
        GenerateStatus::Created => "stored",
        GenerateStatus::Unchanged => "already stored",
        GenerateStatus::Replaced => "replaced",
    };
    output.result(
        &answer,
        format_args!("{name}: {status}, {}", shared::summary(&outcome.image)),
    )
}
