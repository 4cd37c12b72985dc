//! GENERATE: draw, verify, put.

use bytes::Bytes;
use std::time::SystemTime;

use qrgen_contract::{Code, DeviceId, GenerateAnswer, GenerateRequest, GenerateStatus, Problem};

use crate::failure::Failure;
use crate::{Store, StoreError, draw, record, verify};

/// How often a name that others take and free meanwhile is tried.
const ATTEMPTS: usize = 3;

/// Makes the code and stores it, if the store does not hold it already.
pub(crate) async fn run(
    store: &Store,
    device: &DeviceId,
    request: GenerateRequest,
) -> Result<GenerateAnswer, Failure> {
    let drawn = draw::draw(&request.text, &request.detail.resolve())?;
    let (status, stored_at) = put(store, device, &request, &drawn.png).await?;
    let mut image = record::opened(request.filename, &drawn.png, Some(drawn.shown), stored_at);
    image.base64 = Some(record::base64(&drawn.png));
    Ok(GenerateAnswer {
        status,
        image,
        verified_by: verify::DECODERS.map(str::to_owned).into(),
    })
}

/// Puts the image so that nothing is overwritten that the request did not mean to.
async fn put(
    store: &Store,
    device: &DeviceId,
    request: &GenerateRequest,
    png: &Bytes,
) -> Result<(GenerateStatus, SystemTime), Failure> {
    let filename = &request.filename;
    for _ in 0..ATTEMPTS {
        if let Some(stored_at) = store.create(device, filename, png.clone()).await? {
            return Ok((GenerateStatus::Created, stored_at));
        }
        let Some(existing) = store.get(device, filename).await? else {
            continue;
        };
        if existing.bytes.as_ref() == Some(png) {
            store.settle(device).await?;
            return Ok((GenerateStatus::Unchanged, existing.facts.stored_at));
        }
        if !request.replace {
            return Err(taken().into());
        }
        let stored_at = store.replace(device, filename, png.clone()).await?;
        return Ok((GenerateStatus::Replaced, stored_at));
    }
    Err(StoreError::Unavailable {
        reason: "the name was taken and freed again, several times".to_owned(),
    }
    .into())
}

fn taken() -> Problem {
    Problem::new(
        Code::FilenameTaken,
        "another image is stored under this name; choose another name, or set replace to true",
    )
    .with_field("filename")
}
