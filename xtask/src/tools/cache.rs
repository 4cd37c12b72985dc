//! The cache: one folder a tool and version, filled once.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

use crate::{say, shell};

/// Written into a folder when everything is in it.
const COMPLETE: &str = ".complete";

/// The folder of all tools: `qrgen` below `XDG_CACHE_HOME`, or below `~/.cache`.
pub(crate) fn cache() -> Result<PathBuf> {
    let folder = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    folder("XDG_CACHE_HOME")
        .or_else(|| Some(folder("HOME")?.join(".cache")))
        .map(|caches| caches.join("qrgen"))
        .ok_or_else(|| anyhow!("neither XDG_CACHE_HOME nor HOME is an absolute path: set one"))
}

/// The folder `NAME-KEY` of the cache, after `fill` has filled it, now or in an earlier run.
///
/// A run that finds the folder half filled empties it first; two runs at once wait for each other.
pub(crate) fn filled(
    name: &str,
    key: &str,
    fill: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let _alone = alone(name)?;
    let folder = cache()?.join(format!("{name}-{key}"));
    if folder.join(COMPLETE).exists() {
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    say::line(&format!("installing {name} into {}", folder.display()));
    fill(&folder).with_context(|| format!("installing {name}"))?;
    File::create(folder.join(COMPLETE))?;
    Ok(folder)
}

/// Waits until no other run installs what goes by this name, and keeps others waiting until it is dropped.
pub(super) fn alone(name: &str) -> Result<File> {
    let cache = cache()?;
    fs::create_dir_all(&cache).with_context(|| format!("making {}", cache.display()))?;
    let lock = File::create(cache.join(format!("{name}.lock")))?;
    lock.lock().context("waiting for another run's install")?;
    Ok(lock)
}

/// The pins of a tool: `xtask/pins/NAME/FILE`.
pub(super) fn pins(name: &str, file: &str) -> PathBuf {
    shell::root().join("xtask/pins").join(name).join(file)
}

/// A short name for the content of what pins a tool: another content, another folder.
pub(super) fn key_of(parts: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_is_another_folder() {
        assert_eq!(key_of(&[b"a==1"]), key_of(&[b"a==1"]));
        assert_ne!(key_of(&[b"a==1"]), key_of(&[b"a==2"]));
        assert_ne!(key_of(&[b"a", b"b"]), key_of(&[b"ab", b""]));
    }
}
