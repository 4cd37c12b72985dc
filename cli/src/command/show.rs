//! `qrgen show NAME`: a stored code in the terminal.

use qrgen_sdk::render;

use super::shared;
use crate::cli::Show;
use crate::exit::Failure;
use crate::library;
use crate::output::Output;

pub(super) fn run(arguments: Show, output: &mut Output) -> Result<(), Failure> {
    let Show { name, library } = arguments;
    let tried = format!("could not show {name}");
    let client = library::open(library)?;
    let (image, png) = shared::fetch(&client, &name, &tried)?;
    if !output.is_json() {
        let drawing = shared::drawing(output, |background| {
            render::terminal_from_png(&png, background)
        })
        .map_err(|error| Failure::of_client(tried, &error))?;
        output.bytes(drawing.as_bytes())?;
    }
    output.result(&shared::wire(&image, None), shared::shown_text(&image))
}
