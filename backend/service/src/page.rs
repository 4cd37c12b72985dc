//! A page of a device's images: in order, at most so many, and at most so large as JSON.

use futures_util::{StreamExt, TryStreamExt, stream};
use qrgen_contract::{ContentKind, DeviceId, Image, RetrieveAnswer, RetrieveRequest, limits};

use crate::failure::Failure;
use crate::next_token::Selection;
use crate::store::{Entry, Query};
use crate::{Store, StoreError, record, retrieve};

/// How many images of a page are fetched at once.
const AT_ONCE: usize = 16;

/// What a page takes beside its images: `{"images":[],"nextToken":"…"}` with the longest token.
const ENVELOPE_BYTES: usize = 28 + Selection::TOKEN_CHARS;

/// Makes the page that follows the request's token, or the first.
pub(crate) async fn run(
    store: &Store,
    device: &DeviceId,
    request: RetrieveRequest,
) -> Result<RetrieveAnswer, Failure> {
    let prefix = request.prefix.unwrap_or_default();
    let selection = Selection {
        device,
        prefix: &prefix,
        content: request.content,
    };
    let token = request.next_token.as_deref();
    let after = token.map(|token| selection.open(token)).transpose()?;
    let limit = request.limit.and_then(|limit| usize::try_from(limit).ok());
    let listing = store
        .list(&Query {
            device: device.clone(),
            prefix: prefix.clone(),
            after,
            limit: limit.unwrap_or(limits::PAGE_IMAGES_DEFAULT),
        })
        .await?;

    let mut page = Page::default();
    let mut rest_after = listing.rest_after;
    let mut last = None;
    let mut images = stream::iter(listing.entries)
        .map(|entry| image(store, device, entry, request.content))
        .buffered(AT_ONCE);
    while let Some((filename, image)) = images.try_next().await? {
        // One that was removed since it was listed is passed over.
        if let Some(image) = image
            && !page.add(image)?
        {
            rest_after = last;
            break;
        }
        last = Some(filename);
    }
    Ok(RetrieveAnswer {
        images: page.images,
        next_token: rest_after.map(|name| selection.seal(&name)),
    })
}

async fn image(
    store: &Store,
    device: &DeviceId,
    entry: Entry,
    content: ContentKind,
) -> Result<(String, Option<Image>), StoreError> {
    let filename = entry.filename.clone();
    let image = match content {
        ContentKind::None => Some(record::listed(entry)),
        _ => retrieve::open(store, device, entry.filename, content).await?,
    };
    Ok((filename, image))
}

/// The images of a page and their size as JSON.
#[derive(Default)]
struct Page {
    images: Vec<Image>,
    bytes: usize,
}

impl Page {
    /// Adds an image, unless the page would grow too large. The first always fits: larger objects
    /// are not opened.
    fn add(&mut self, image: Image) -> Result<bool, Failure> {
        let comma = 1;
        let bytes = self.bytes + serde_json::to_vec(&image)?.len() + comma;
        if ENVELOPE_BYTES + bytes > limits::PAGE_BYTES && !self.images.is_empty() {
            return Ok(false);
        }
        self.bytes = bytes;
        self.images.push(image);
        Ok(true)
    }
}
