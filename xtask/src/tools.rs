//! Tools that may be missing: installed by the ordinary package client where we may, named where we
//! may not.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::shell;
use crate::step::Stop;

/// Makes sure that `cargo SUBCOMMAND` of a toolchain component works.
pub(crate) fn rust_component(component: &str, subcommand: &str) -> Result<(), Stop> {
    let works = || succeeds(shell::cargo(&[subcommand, "--version"]));
    if works() || succeeds(rustup_add(component)) && works() {
        return Ok(());
    }
    Err(Stop::Skipped(format!(
        "needs {component}: `rustup component add {component}`"
    )))
}

fn rustup_add(component: &str) -> Command {
    let mut command = Command::new("rustup");
    // At the root, so that rust-toolchain.toml says which toolchain is meant.
    command
        .args(["component", "add", component])
        .current_dir(shell::root());
    command
}

/// Makes sure that a program of a Debian package of the same name is there.
pub(crate) fn debian_package(name: &str) -> Result<()> {
    if on_path(name).is_some() {
        return Ok(());
    }
    let by_hand = format!("apt-get install --yes --no-install-recommends {name}");
    let is_root = shell::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if is_root && on_path("apt-get").is_some() {
        let install = || {
            let mut command = Command::new("apt-get");
            command
                .args(by_hand.split(' ').skip(1))
                .env("DEBIAN_FRONTEND", "noninteractive");
            succeeds(command)
        };
        // A fresh container has no package lists yet.
        if install() || succeeds(update()) && install() {
            return Ok(());
        }
    }
    bail!("needs {name}: `sudo {by_hand}`")
}

fn update() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("update");
    command
}

fn on_path(program: &str) -> Option<PathBuf> {
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
