//! Files that the user names: read whole, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::exit::{Exit, Failure};

/// The name that stands for stdin or stdout.
pub(crate) const STANDARD: &str = "-";

/// Reads `path`, or stdin for `-`; at most `limit` bytes and one more, which tells that there are
/// too many.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = limit as u64 + 1;
    let outcome = if path == Path::new(STANDARD) {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    match outcome {
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Opens `path` for reading.
pub(crate) fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let tried = format!("could not read {}", path.display());
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new(
            Exit::Refused,
            "file_missing",
            tried,
            "there is no such file; `-` reads from stdin",
        ),
        _ => Failure::of_file(tried, error),
    }
}

/// Writes `path` whole or not at all. What is there already is kept unless `force` says otherwise.
pub(crate) fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        // A device or a pipe (/dev/null): there is nothing to lose, and a rename would put a file
        // in its place.
        let device = File::options().write(true).open(path);
        return device
            .and_then(|mut device| device.write_all(bytes))
            .map_err(|error| unwritable(path, &error));
    }
    let mut draft = Draft::of(path, force)?;
    draft
        .write_all(bytes)
        .map_err(|error| unwritable(path, &error))?;
    draft.finish()
}

/// A file that takes its name once it is complete; one that never is leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Draft {
    file: NamedTempFile,
    path: PathBuf,
    force: bool,
}

impl Draft {
    /// A draft beside `path`. What is there already is kept unless `force` says otherwise.
    pub(crate) fn of(path: &Path, force: bool) -> Result<Self, Failure> {
        if !force && path.exists() {
            // Known now, and not only when the work is done.
            return Err(unwritable(path, &io::ErrorKind::AlreadyExists.into()));
        }
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file = draft()
            .tempfile_in(folder)
            .map_err(|error| unwritable(path, &error))?;
        Ok(Self {
            file,
            path: path.to_owned(),
            force,
        })
    }

    /// Takes the name.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let persisted = if self.force {
            self.file.persist(&self.path)
        } else {
            self.file.persist_noclobber(&self.path)
        };
        match persisted {
            Ok(_) => Ok(()),
            Err(error) => Err(unwritable(&self.path, &error.error)),
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let tried = format!("could not write {}", path.display());
    match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::new(
            Exit::Refused,
            "file_exists",
            tried,
            "the file exists; choose another name, or pass --force to overwrite it",
        ),
        _ => Failure::of_file(tried, error),
    }
}

/// A draft with the permissions of any new file (it would be private to the user otherwise).
#[cfg(unix)]
fn draft() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder
        .prefix(".qrgen-")
        .permissions(fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn draft() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".qrgen-");
    builder
}
