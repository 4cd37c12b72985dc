//! Images in memory, gone when the process ends: for tests and for trying things out.
//!
//! Why not the store in memory that `object_store` brings: it takes 600 bytes for an image of 260,
//! and reads the whole library for a page of it (ADR 0015).

mod block;
mod packed;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::SystemTime;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use object_store::path::Path;
use object_store::{
    Attributes, CopyOptions, Error, Extensions, GetOptions, GetResult, GetResultPayload,
    ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMode, PutMultipartOptions, PutOptions,
    PutPayload, PutResult, Result,
};

use super::key;
use super::listing::{Entry, Facts, Listing, Query};
use crate::clock;
use block::File;
use packed::Packed;

/// The images of every device of this process. Clones share them.
#[derive(Debug, Default, Clone)]
pub(super) struct Memory {
    /// By directory, without a slash at its end.
    directories: Arc<RwLock<HashMap<String, Packed>>>,
}

/// When a put was made, in its result: what another request would have to ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct StoredAt(pub(super) SystemTime);

impl Memory {
    /// A page. It takes no longer out of a large library.
    pub(super) fn list(&self, query: &Query) -> Listing {
        let mut listing = Listing::default();
        let directory = key::directory("", &query.device);
        let directories = self.read();
        let Some(files) = directories.get(directory.trim_end_matches('/')) else {
            return listing;
        };
        let window = query.window();
        let files = files.starting_at(window.start().as_bytes());
        for file in files {
            let name = str::from_utf8(file.name).unwrap_or_default();
            if window.ends_before(name) {
                break;
            }
            let Some(filename) = window.filename(name) else {
                continue;
            };
            if listing.entries.len() == query.limit {
                return listing.with_more();
            }
            listing.entries.push(Entry {
                filename: filename.to_owned(),
                facts: Facts {
                    byte_size: file.bytes.len() as u64,
                    stored_at: file.stored_at,
                },
            });
        }
        listing
    }

    fn put(&self, directory: &str, file: &File<'_>, replace: bool) -> bool {
        let mut directories = self.write();
        let files = match directories.get_mut(directory) {
            Some(files) => files,
            None => directories.entry(directory.to_owned()).or_default(),
        };
        files.put(file, replace)
    }

    fn remove(&self, location: &Path) -> Result<()> {
        let (directory, name) = split(location);
        let mut directories = self.write();
        let files = directories.get_mut(directory);
        let removed = files.is_some_and(|files| files.remove(name.as_bytes()));
        removed.then_some(()).ok_or_else(|| not_found(location))
    }

    // Nobody panics with the lock in hand; if somebody did, the other images would still be whole.
    fn read(&self) -> RwLockReadGuard<'_, HashMap<String, Packed>> {
        let locked = self.directories.read();
        locked.unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<String, Packed>> {
        let locked = self.directories.write();
        locked.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Directory and name of an object.
fn split(location: &Path) -> (&str, &str) {
    let location = location.as_ref();
    location.rsplit_once('/').unwrap_or(("", location))
}

fn not_found(location: &Path) -> Error {
    Error::NotFound {
        path: location.to_string(),
        source: "there is no such image".into(),
    }
}

fn not_implemented(operation: &str) -> Error {
    Error::NotImplemented {
        operation: operation.to_owned(),
        implementer: Memory::default().to_string(),
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("memory")
    }
}

/// The requests that the service makes: put, get, head and delete of whole images. Pages come from
/// [`Memory::list`].
#[async_trait]
impl ObjectStore for Memory {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        let (directory, name) = split(location);
        let replace = match options.mode {
            PutMode::Create => false,
            PutMode::Overwrite => true,
            PutMode::Update(_) => return Err(not_implemented("conditional put")),
        };
        let stored_at = clock::now();
        let file = File {
            name: name.as_bytes(),
            stored_at,
            bytes: &Bytes::from(payload),
        };
        if !self.put(directory, &file, replace) {
            return Err(Error::AlreadyExists {
                path: location.to_string(),
                source: "the name is taken".into(),
            });
        }
        let mut extensions = Extensions::new();
        extensions.insert(StoredAt(stored_at));
        Ok(PutResult {
            e_tag: None,
            version: None,
            extensions,
        })
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        let (directory, name) = split(location);
        let directories = self.read();
        let file = directories
            .get(directory)
            .and_then(|files| files.get(name.as_bytes()));
        let file = file.ok_or_else(|| not_found(location))?;
        let size = file.bytes.len() as u64;
        let bytes = if options.head { &[] } else { file.bytes };
        let bytes = stream::once(ready(Ok(Bytes::copy_from_slice(bytes))));
        Ok(GetResult {
            payload: GetResultPayload::Stream(bytes.boxed()),
            meta: ObjectMeta {
                location: location.clone(),
                last_modified: file.stored_at.into(),
                size,
                e_tag: None,
                version: None,
            },
            range: 0..size,
            attributes: Attributes::new(),
            extensions: Extensions::new(),
        })
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        let memory = self.clone();
        let removed = locations.map(move |location| {
            let location = location?;
            memory.remove(&location)?;
            Ok(location)
        });
        removed.boxed()
    }

    fn list(&self, _: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        stream::once(ready(Err(not_implemented("list")))).boxed()
    }

    async fn list_with_delimiter(&self, _: Option<&Path>) -> Result<ListResult> {
        Err(not_implemented("list with delimiter"))
    }

    async fn put_multipart_opts(
        &self,
        _: &Path,
        _: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        Err(not_implemented("multipart put"))
    }

    async fn copy_opts(&self, _: &Path, _: &Path, _: CopyOptions) -> Result<()> {
        Err(not_implemented("copy"))
    }
}
