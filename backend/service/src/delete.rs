//! DELETE: an image by name.

use qrgen_contract::{DeleteAnswer, DeleteRequest, DeviceId};

use crate::Store;
use crate::failure::Failure;

/// Removes the image, if it is there.
pub(crate) async fn run(
    store: &Store,
    device: &DeviceId,
    request: &DeleteRequest,
) -> Result<DeleteAnswer, Failure> {
    let deleted = store.delete(device, &request.filename).await?;
    Ok(DeleteAnswer { deleted })
}
