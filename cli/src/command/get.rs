//! `qrgen get NAME -o FILE`: the image of a stored code.

use qrgen_contract::Image;
use serde::Serialize;

use super::shared;
use crate::cli::Get;
use crate::exit::Failure;
use crate::library;
use crate::output::Output;

/// What `--json` prints: the image, and the file it was written to.
#[derive(Debug, Serialize)]
struct Written {
    #[serde(flatten)]
    image: Image,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

pub(super) fn run(arguments: Get, output: &mut Output) -> Result<(), Failure> {
    let Get {
        name,
        target,
        library,
    } = arguments;
    let client = library::open(library)?;
    let (image, png) = shared::fetch(&client, &name, &format!("could not get {name}"))?;

    if output.is_json() && target.is_stdout() {
        let image = shared::wire(&image, Some(&png));
        return output.result(&Written { image, file: None }, "");
    }
    target.write_png(&png, output)?;
    if target.is_stdout() {
        return Ok(());
    }
    let file = target.output.display().to_string();
    let text = format!("{file}: written, {}", shared::summary(&image));
    output.result(
        &Written {
            image: shared::wire(&image, None),
            file: Some(file),
        },
        text,
    )
}
