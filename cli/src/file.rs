//! Files that the user names: read whole, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

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
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Failure::new(
            Exit::Refused,
            "file_missing",
            format!("could not read {}", path.display()),
            "there is no such file; `-` reads from stdin",
        )),
        Err(error) => Err(Failure::of_file(
            format!("could not read {}", path.display()),
            &error,
        )),
    }
}

/// Writes `path` whole or not at all: a draft beside it takes its name once it is complete. What is
/// there already is kept unless `force` says otherwise.
pub(crate) fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    write_atomically(path, bytes, force).map_err(|error| {
        let tried = format!("could not write {}", path.display());
        match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::new(
                Exit::Refused,
                "file_exists",
                tried,
                "the file exists; choose another name, or pass --force to overwrite it",
            ),
            _ => Failure::of_file(tried, &error),
        }
    })
}

fn write_atomically(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        // A device or a pipe (/dev/null): there is nothing to lose, and a rename would put a file
        // in its place.
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut draft = draft().tempfile_in(folder)?;
    draft.write_all(bytes)?;
    let persisted = if force {
        draft.persist(path)
    } else {
        draft.persist_noclobber(path)
    };
    persisted?;
    Ok(())
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
