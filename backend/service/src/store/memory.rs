//! Images in memory, gone when the process ends: for tests and for trying things out.

use futures_util::TryStreamExt;
use object_store::ObjectStore;
use object_store::memory::InMemory;
use object_store::path::Path;

use super::listing::{Entry, Facts, Listing, Query};
use super::{StoreError, key};

/// The images of every device of this process.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) objects: InMemory,
}

impl Memory {
    /// A page. [`InMemory`] lists in the order of keys, but always the whole library: a page costs
    /// time in proportion to it.
    pub(super) async fn list(&self, query: &Query) -> Result<Listing, StoreError> {
        let directory = key::directory("", &query.device);
        let window = query.window();
        let mut listing = Listing::default();
        let mut objects = self.objects.list(Some(&Path::from(directory.as_str())));
        while let Some(object) = objects.try_next().await? {
            let file = object.location.as_ref().strip_prefix(&directory);
            let Some(filename) = file.and_then(|file| window.filename(file)) else {
                continue;
            };
            if listing.entries.len() == query.limit {
                return Ok(listing.with_more());
            }
            listing.entries.push(Entry {
                filename: filename.to_owned(),
                facts: Facts::from(&object),
            });
        }
        Ok(listing)
    }
}
