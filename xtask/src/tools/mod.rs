//! Tools that may be missing: installed by the ordinary package client where we may, named where we
//! may not.
//!
//! What comes from a registry goes into a cache of the project's own, in a folder whose name tells
//! its version, so that a second clone finds it and two clones do not disturb each other. The pins
//! are files below `xtask/pins`.

mod cache;
mod cargo;
mod debian;
mod npm;
mod python;
mod rust;

use std::path::PathBuf;
use std::process::{Command, Stdio};

pub(crate) use cache::{cache, filled};
pub(crate) use cargo::cargo_tool;
pub(crate) use debian::{debian_package, debian_packages};
pub(crate) use npm::npm;
pub(crate) use python::{Python, venv};
pub(crate) use rust::{
    host, nightly_cargo, rust_component, rust_file, rust_programs, rust_target, sysroot,
};

/// Where on `PATH` a program lies.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

fn succeeds(mut command: Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}
