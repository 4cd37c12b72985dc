//! Images in a folder of this machine, durable and whole.
//!
//! `object_store` writes a file as `{name}.png#1`, syncs it, links or renames it to its name and
//! syncs the directory, each before it says so: a reader sees the whole image or none, and what was
//! acknowledged outlives the power. What it leaves to do is here: a directory is synced after a
//! removal too, pages are made without looking at every file, and what a killed process left is
//! swept.
//!
//! The names are the file system's own. One that does not tell upper from lower case (macOS, Windows)
//! takes `Menu` and `menu` for the same code.

use std::collections::BinaryHeap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use object_store::local::LocalFileSystem;
use qrgen_contract::DeviceId;
use tokio::task::spawn_blocking;

use super::listing::{Entry, Facts, Listing, Query, Window};
use super::{StoreError, key};
use crate::clock;

/// How old a half-written file is before nobody can be at work on it any more.
const STALE: Duration = Duration::from_hours(1);

/// The images of every device, below one folder.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    pub(super) objects: LocalFileSystem,
}

impl Folder {
    /// Opens the folder, and makes it, for its owner alone, if it is not there. Takes no longer for a
    /// large library.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Folder {
            path: path.to_owned(),
            source,
        };
        make(path).map_err(failed)?;
        let root = path.canonicalize().map_err(failed)?;
        let objects = LocalFileSystem::new_with_prefix(&root)
            .map_err(|error| failed(error.into()))?
            .with_fsync(true);
        Ok(Self { root, objects })
    }

    /// A page. Every name of the directory is read, since no file system keeps them in order, but
    /// only the files of the page are looked at.
    pub(super) async fn list(&self, query: &Query) -> Result<Listing, StoreError> {
        let directory = self.directory(&query.device);
        let (window, limit) = (query.window(), query.limit);
        Ok(spawn_blocking(move || list(&directory, &window, limit)).await??)
    }

    /// Makes durable what was linked to, or unlinked from, a device's directory.
    pub(super) async fn sync(&self, device: &DeviceId) -> Result<(), StoreError> {
        let directory = self.directory(device);
        Ok(spawn_blocking(move || sync(&directory)).await??)
    }

    fn directory(&self, device: &DeviceId) -> PathBuf {
        self.root.join(key::directory("", device))
    }
}

fn list(directory: &Path, window: &Window, limit: usize) -> io::Result<Listing> {
    let files = match fs::read_dir(directory) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Listing::default()),
        Err(error) => return Err(error),
    };
    // The smallest names so far, the largest of them on top. One more than the page holds, to know
    // whether more follow.
    let mut smallest = BinaryHeap::<String>::with_capacity(limit + 2);
    for file in files {
        let file = file?;
        let name = file.file_name();
        let Some(name) = name.to_str() else { continue };
        if is_staged(name) {
            sweep(&file);
            continue;
        }
        let too_large =
            smallest.len() > limit && smallest.peek().is_some_and(|top| name > top.as_str());
        if too_large || !window.may_hold(name) {
            continue;
        }
        if window.filename(name).is_some() && !file.file_type()?.is_dir() {
            smallest.push(name.to_owned());
            if smallest.len() > limit + 1 {
                smallest.pop();
            }
        }
    }
    let more = smallest.len() > limit;
    let mut names = smallest.into_sorted_vec();
    names.truncate(limit);
    let last = names.last().and_then(|name| key::filename(name));
    Ok(Listing {
        entries: names
            .iter()
            .filter_map(|name| entry(directory, name))
            .collect(),
        rest_after: last.filter(|_| more).map(str::to_owned),
    })
}

/// One image of a page; `None` if it has been removed meanwhile, or is a link to something that is no
/// file.
fn entry(directory: &Path, name: &str) -> Option<Entry> {
    let metadata = fs::metadata(directory.join(name)).ok()?;
    metadata.is_file().then_some(())?;
    Some(Entry {
        filename: key::filename(name)?.to_owned(),
        facts: Facts {
            byte_size: metadata.len(),
            stored_at: metadata.modified().ok()?,
        },
    })
}

/// Whether a file is an image that is being written: `object_store` stages `menu.png` as
/// `menu.png#1`, and no name of a code holds a `#`.
fn is_staged(name: &str) -> bool {
    name.rsplit_once(".png#").is_some_and(|(_, number)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Removes a staged file that a killed process has left. A listing meets it anyway, so opening a
/// large library need not search for it; nothing depends on its removal.
fn sweep(file: &DirEntry) {
    let stale = file
        .metadata()
        .and_then(|metadata| metadata.modified())
        .is_ok_and(|modified| {
            clock::now()
                .duration_since(modified)
                .is_ok_and(|age| age > STALE)
        });
    if stale && let Err(error) = fs::remove_file(file.path()) {
        tracing::warn!(%error, "a half-written file can't be removed");
    }
}

/// Makes a folder and those above it, each durably.
fn make(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    make(parent)?;
    match private_directory().create(path) {
        // Another process was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made?,
    }
    sync(parent)
}

/// Makes directories that nobody but their owner can look into.
#[cfg(unix)]
fn private_directory() -> fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;

    let mut builder = fs::DirBuilder::new();
    builder.mode(0o700);
    builder
}

/// Other systems pass on the rights of the directory above.
#[cfg(not(unix))]
fn private_directory() -> fs::DirBuilder {
    fs::DirBuilder::new()
}

/// Writes a directory's own changes to the disk.
#[cfg(unix)]
fn sync(directory: &Path) -> io::Result<()> {
    match fs::File::open(directory) {
        // Nothing was ever stored there.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        opened => opened?.sync_all(),
    }
}

/// Other systems have no such request; they write the change with the file.
#[cfg(not(unix))]
fn sync(_directory: &Path) -> io::Result<()> {
    Ok(())
}
