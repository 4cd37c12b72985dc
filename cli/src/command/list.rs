//! `qrgen list [PREFIX]`: every stored code, page after page, printed as the pages come.

use futures_util::TryStreamExt;
use qrgen_contract::{ContentKind, limits};
use qrgen_sdk::{QrImage, RetrieveRequest};

use super::shared;
use crate::cli::List;
use crate::exit::Failure;
use crate::library;
use crate::output::Output;

pub(super) fn run(arguments: List, output: &mut Output) -> Result<(), Failure> {
    let List {
        prefix,
        long,
        library,
    } = arguments;
    let (content, page) = if long {
        (ContentKind::Base64, limits::PAGE_IMAGES)
    } else {
        (ContentKind::None, limits::LISTING_IMAGES)
    };
    let nothing = match &prefix {
        Some(_) => "no name begins so; `qrgen list` shows all",
        None => "there are no codes yet; `qrgen generate NAME TEXT` makes one",
    };
    let request = RetrieveRequest {
        prefix,
        content,
        limit: i64::try_from(page).ok(),
        ..RetrieveRequest::default()
    };
    let client = library::open(library)?;
    let mut images = client.retrieve_all(request);
    let mut found = false;
    library::block_on(async {
        let failed = |error| Failure::of_client("could not list the codes", &error);
        while let Some(image) = images.try_next().await.map_err(failed)? {
            found = true;
            print(&image, long, output)?;
        }
        Ok(())
    })?;
    if !found {
        output.note(nothing);
    }
    Ok(())
}

fn print(image: &QrImage, long: bool, output: &mut Output) -> Result<(), Failure> {
    let value = shared::wire(image, None);
    if !long {
        return output.result(&value, &image.filename);
    }
    let symbol = image
        .symbol
        .map(|symbol| format!("{}-{:?}", symbol.version, symbol.error_correction))
        .unwrap_or_default();
    let (name, time, size) = (&image.filename, &image.stored_at, image.byte_size);
    let text = shared::shown_text(image);
    output.result(
        &value,
        format_args!("{time}\t{size}\t{symbol}\t{name}\t{text}"),
    )
}
