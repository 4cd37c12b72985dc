//! Programs from crates.io.

use std::path::PathBuf;

use anyhow::Context as _;

use super::cache;
use crate::shell;
use crate::step::Stop;

/// The program of a crate of the same name, in this version.
pub(crate) fn cargo_tool(name: &str, version: &str) -> Result<PathBuf, Stop> {
    let folder = cache::filled(name, version, |folder| {
        let mut install = shell::cargo(&["install", "--locked", "--version", version, name]);
        // What it does takes less time than to optimise it would.
        install.arg("--debug");
        // Into the cache, and built there: nothing of it is shared with the workspace.
        install
            .arg("--root")
            .arg(folder)
            .env("CARGO_TARGET_DIR", folder.join("target"));
        shell::run(&mut install)?;
        std::fs::remove_dir_all(folder.join("target")).context("removing what it was built from")
    })
    .map_err(|error| Stop::Skipped(format!("needs {name} {version}: {error:#}")))?;
    Ok(folder.join("bin").join(name))
}
