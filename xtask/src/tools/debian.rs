//! Packages of Debian and Ubuntu.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::{on_path, succeeds};
use crate::shell;

/// Makes sure that a program of a package of the same name is there.
pub(crate) fn debian_package(name: &str) -> Result<()> {
    debian_packages(&[(name, name)])
}

/// Makes sure that all of these packages are there, each known by a program or by the absolute
/// path of a file.
pub(crate) fn debian_packages(packages: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .filter(|(_, proof)| !is_there(proof))
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let by_hand = format!("apt-get install --yes --no-install-recommends {names}");
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
    bail!("needs {names}: `sudo {by_hand}`")
}

fn is_there(proof: &str) -> bool {
    let path = Path::new(proof);
    if path.is_absolute() {
        path.exists()
    } else {
        on_path(proof).is_some()
    }
}

fn update() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("update");
    command
}
