//! Where the images are kept: in memory, in a folder or in S3, behind the few requests that the
//! operations make.
//!
//! Each kind is a store of the crate `object_store`; what the three do differently is here and in
//! the module of each, and nobody else knows which one it is.

mod error;
mod folder;
mod key;
mod listing;
mod memory;
mod s3;
mod spec;

use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{
    Error as ObjectError, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutResult,
};
use qrgen_contract::DeviceId;

pub use error::StoreError;
use folder::Folder;
pub(crate) use listing::{Entry, Facts, Listing, Query};
use memory::{Memory, StoredAt};
use s3::S3;
use spec::Spec;

use crate::clock;

/// The largest object that is opened, in bytes: one that a page of RETRIEVE can still carry in
/// base64. Images of the engine stay far below.
const OPENED_BYTES: u64 = 120_000;

/// A store of images. Cheap to clone; clones share everything.
#[derive(Debug, Clone)]
pub struct Store {
    backend: Arc<Backend>,
}

#[derive(Debug)]
enum Backend {
    Memory(Memory),
    Folder(Folder),
    S3(S3),
}

/// A stored object.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) facts: Facts,
    /// Its bytes; `None` for one that is too large to be an image of ours.
    pub(crate) bytes: Option<Bytes>,
}

impl Store {
    /// The store that `spec` names: `memory:`, the path of a folder, or `s3://bucket/prefix` with the
    /// usual `AWS_*` variables of this process.
    pub fn open(spec: &str) -> Result<Self, StoreError> {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Self::open_with(spec, variables)
    }

    /// [`Store::open`] with variables of the caller's instead of the process's.
    pub fn open_with(
        spec: &str,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, StoreError> {
        match Spec::parse(spec)? {
            Spec::Memory => Ok(Self::memory()),
            Spec::Folder(path) => Self::folder(path),
            Spec::S3 { bucket, base } => {
                Ok(Self::new(Backend::S3(S3::open(&bucket, base, variables)?)))
            }
        }
    }

    /// A store in memory, empty, and gone with its last clone.
    pub fn memory() -> Self {
        Self::new(Backend::Memory(Memory::default()))
    }

    /// A store in a folder, which is made, for its owner alone, if it is not there.
    pub fn folder(path: impl AsRef<FilePath>) -> Result<Self, StoreError> {
        Ok(Self::new(Backend::Folder(Folder::open(path.as_ref())?)))
    }

    fn new(backend: Backend) -> Self {
        Self {
            backend: Arc::new(backend),
        }
    }

    /// Puts an image under a name that is free, and says when that was; `None` if the name is taken.
    /// Of two at once, one wins.
    pub(crate) async fn create(
        &self,
        device: &DeviceId,
        filename: &str,
        png: Bytes,
    ) -> Result<Option<SystemTime>, StoreError> {
        let key = self.key(device, filename)?;
        let put = self
            .objects()
            .put_opts(&key, png.into(), PutMode::Create.into());
        match self.in_time(put).await {
            Err(ObjectError::AlreadyExists { .. }) => Ok(None),
            put => self.stored_at(&put?, device, filename).await.map(Some),
        }
    }

    /// Puts an image whether the name is free or not, and says when that was.
    pub(crate) async fn replace(
        &self,
        device: &DeviceId,
        filename: &str,
        png: Bytes,
    ) -> Result<SystemTime, StoreError> {
        let key = self.key(device, filename)?;
        let put = self.in_time(self.objects().put(&key, png.into())).await?;
        self.stored_at(&put, device, filename).await
    }

    /// Makes sure that an image which another call has put will stay: that call may have been killed
    /// between the link and its sync.
    pub(crate) async fn settle(&self, device: &DeviceId) -> Result<(), StoreError> {
        match &*self.backend {
            Backend::Folder(folder) => folder.sync(device).await,
            Backend::Memory(_) | Backend::S3(_) => Ok(()),
        }
    }

    /// An image, in one request.
    pub(crate) async fn get(
        &self,
        device: &DeviceId,
        filename: &str,
    ) -> Result<Option<Object>, StoreError> {
        let key = self.key(device, filename)?;
        // On the heap: it is 3 KB, and would make the future of every request that much larger.
        let read = Box::pin(async {
            let object = self.objects().get(&key).await?;
            let facts = Facts::from(&object.meta);
            let bytes = if facts.byte_size <= OPENED_BYTES {
                Some(object.bytes().await?)
            } else {
                None
            };
            Ok(Object { facts, bytes })
        });
        self.if_there(read).await
    }

    /// What is known of an image without opening it, in one request.
    pub(crate) async fn head(
        &self,
        device: &DeviceId,
        filename: &str,
    ) -> Result<Option<Facts>, StoreError> {
        let key = self.key(device, filename)?;
        let head = async {
            self.objects()
                .head(&key)
                .await
                .map(|meta| Facts::from(&meta))
        };
        self.if_there(head).await
    }

    /// Removes an image, and says whether it was there.
    ///
    /// S3 does not say, so it is asked before, by a LIST of one key. Of two deletes at once both may
    /// hear that it was there, and it was.
    pub(crate) async fn delete(
        &self,
        device: &DeviceId,
        filename: &str,
    ) -> Result<bool, StoreError> {
        let key = self.key(device, filename)?;
        let there = match &*self.backend {
            Backend::S3(s3) => self.in_time(s3.exists(&key)).await?,
            Backend::Memory(_) | Backend::Folder(_) => true,
        };
        let removed = there && self.if_there(self.objects().delete(&key)).await?.is_some();
        self.settle(device).await?;
        Ok(removed)
    }

    /// A page of a device's images.
    pub(crate) async fn list(&self, query: &Query) -> Result<Listing, StoreError> {
        match &*self.backend {
            Backend::Memory(memory) => Ok(memory.list(query)),
            Backend::Folder(folder) => folder.list(query).await,
            Backend::S3(s3) => Ok(self.in_time(s3.list(query)).await?),
        }
    }

    /// Whether [`Store::sign`] can give URLs.
    pub(crate) fn can_sign(&self) -> bool {
        matches!(*self.backend, Backend::S3(_))
    }

    /// A URL of an image that needs no proof for a while; `None` where there is no such thing.
    pub(crate) async fn sign(
        &self,
        device: &DeviceId,
        filename: &str,
    ) -> Result<Option<String>, StoreError> {
        match &*self.backend {
            Backend::S3(s3) => {
                let key = self.key(device, filename)?;
                Ok(Some(self.in_time(s3.sign(&key)).await?))
            }
            Backend::Memory(_) | Backend::Folder(_) => Ok(None),
        }
    }

    /// When an image was stored that has just been put. The store's own time, so that RETRIEVE says
    /// the same, where that costs nothing. S3 would have to be asked, for money: there it is this
    /// machine's time, and RETRIEVE tells S3's, in whole seconds.
    async fn stored_at(
        &self,
        put: &PutResult,
        device: &DeviceId,
        filename: &str,
    ) -> Result<SystemTime, StoreError> {
        let told = match &*self.backend {
            Backend::Memory(_) => put.extensions.get().map(|StoredAt(time)| *time),
            Backend::Folder(_) => self
                .head(device, filename)
                .await?
                .map(|facts| facts.stored_at),
            Backend::S3(_) => None,
        };
        Ok(told.unwrap_or_else(clock::now))
    }

    fn objects(&self) -> &dyn ObjectStore {
        match &*self.backend {
            Backend::Memory(memory) => memory,
            Backend::Folder(folder) => &folder.objects,
            Backend::S3(s3) => &s3.objects,
        }
    }

    fn key(&self, device: &DeviceId, filename: &str) -> Result<Path, StoreError> {
        let base = match &*self.backend {
            Backend::S3(s3) => &s3.base,
            Backend::Memory(_) | Backend::Folder(_) => "",
        };
        key::object(base, device, filename)
    }

    /// The outcome of a request about one object; `None` if there is no such object.
    async fn if_there<T>(
        &self,
        request: impl Future<Output = Result<T, ObjectError>>,
    ) -> Result<Option<T>, StoreError> {
        match self.in_time(request).await {
            Err(ObjectError::NotFound { .. }) => Ok(None),
            outcome => Ok(Some(outcome?)),
        }
    }

    /// The outcome of a request; one over the network is given up when its time is over.
    async fn in_time<T>(
        &self,
        request: impl Future<Output = Result<T, ObjectError>>,
    ) -> Result<T, ObjectError> {
        match &*self.backend {
            Backend::S3(_) => s3::in_time(request).await,
            Backend::Memory(_) | Backend::Folder(_) => request.await,
        }
    }
}

impl From<&ObjectMeta> for Facts {
    fn from(meta: &ObjectMeta) -> Self {
        Self {
            byte_size: meta.size,
            stored_at: meta.last_modified.into(),
        }
    }
}
