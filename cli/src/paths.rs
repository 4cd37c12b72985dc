//! Where things are on this machine.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::cli::KeyFile;
use crate::exit::{Exit, Failure};

/// The variable that puts the data directory elsewhere.
const DATA_DIR: &str = "QRGEN_DATA_DIR";

/// The folder of everything that this program keeps: `QRGEN_DATA_DIR`, or `qrgen` in the user's
/// data directory (XDG: `~/.local/share`).
fn data_dir() -> Result<PathBuf, Failure> {
    if let Some(path) = std::env::var_os(DATA_DIR).filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    match etcetera::choose_base_strategy() {
        Ok(strategy) => Ok(strategy.data_dir().join("qrgen")),
        Err(error) => Err(Failure::new(
            Exit::Internal,
            "data_dir_missing",
            "could not find your data directory",
            format!("{error}; set {DATA_DIR} to a folder"),
        )),
    }
}

/// The store: the one asked for, or the user's own.
pub(crate) fn store(asked_for: Option<String>) -> Result<String, Failure> {
    if let Some(store) = asked_for {
        return Ok(store);
    }
    let folder = data_dir()?.join("codes");
    folder.into_os_string().into_string().map_err(|folder| {
        Failure::new(
            Exit::Refused,
            "data_dir_invalid",
            "could not use your data directory",
            format!(
                "{} is not UTF-8; set {DATA_DIR} to another folder",
                folder.display()
            ),
        )
    })
}

/// The key file: the one asked for, or the user's own.
pub(crate) fn key(asked_for: KeyFile) -> Result<PathBuf, Failure> {
    match asked_for.path {
        Some(path) => Ok(path),
        None => Ok(data_dir()?.join("device-key.p8")),
    }
}
