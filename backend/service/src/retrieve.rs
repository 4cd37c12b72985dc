//! RETRIEVE: one image by name, or a page of many.

use qrgen_contract::{
    Code, ContentKind, DeviceId, Image, Problem, RetrieveAnswer, RetrieveRequest,
};

use crate::failure::Failure;
use crate::store::Entry;
use crate::{Store, StoreError, page, record};

/// Fetches what the request names. Nothing found is an empty page.
pub(crate) async fn run(
    store: &Store,
    device: &DeviceId,
    request: RetrieveRequest,
) -> Result<RetrieveAnswer, Failure> {
    if request.content == ContentKind::Url && !store.can_sign() {
        return Err(Problem::new(
            Code::UrlUnsupported,
            "this store has no URLs to give; use content base64",
        )
        .with_field("content")
        .into());
    }
    let Some(filename) = request.filename else {
        return page::run(store, device, request).await;
    };
    if request.next_token.is_some() {
        return Err(Problem::new(
            Code::NextTokenForeign,
            "nextToken goes on with a listing, and filename asks for one image; leave one of them out",
        )
        .with_field("nextToken")
        .into());
    }
    let image = one(store, device, filename, request.content).await?;
    Ok(RetrieveAnswer {
        images: image.into_iter().collect(),
        next_token: None,
    })
}

/// The image of that name, in one request to the store, however large the library is.
async fn one(
    store: &Store,
    device: &DeviceId,
    filename: String,
    content: ContentKind,
) -> Result<Option<Image>, StoreError> {
    if content != ContentKind::None {
        return open(store, device, filename, content).await;
    }
    let facts = store.head(device, &filename).await?;
    Ok(facts.map(|facts| record::listed(Entry { filename, facts })))
}

/// Opens an image; `None` if there is none of that name.
pub(crate) async fn open(
    store: &Store,
    device: &DeviceId,
    filename: String,
    content: ContentKind,
) -> Result<Option<Image>, StoreError> {
    let Some(object) = store.get(device, &filename).await? else {
        return Ok(None);
    };
    let url = match content {
        ContentKind::Url => store.sign(device, &filename).await?,
        ContentKind::Base64 | ContentKind::None => None,
    };
    let mut image = record::stored(filename, &object);
    image.url = url;
    if content == ContentKind::Base64 {
        image.base64 = object.bytes.as_deref().map(record::base64);
    }
    Ok(Some(image))
}
