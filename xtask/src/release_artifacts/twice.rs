//! The same sources, the same bytes: the packages are built once more by `cargo xtask package`, out of a
//! copy in another place, into another target folder and with another `CARGO_HOME`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::package::{self, Package, Target};
use crate::shell;
use crate::step::{Options, Outcome};

/// Builds the packages here and there, and compares.
pub(crate) fn run(_: &Options) -> Outcome {
    let packages = package::build(Target::Lambda)?;
    compare_with_another(&packages)?;
    Ok(format!("{} packages are the same", packages.len()))
}

fn compare_with_another(packages: &[Package]) -> Result<()> {
    let elsewhere = TempDir::new().context("making a folder for the copy")?;
    // Deeper than most, so that no path is of the same length.
    let copy = elsewhere.path().join("a/clone/of/another/name");
    copy_sources(&copy)?;
    let target = elsewhere.path().join("builds");
    let mut command = shell::cargo(&["xtask", "package"]);
    command
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_HOME", another_cargo_home(elsewhere.path())?);
    shell::run(&mut command)?;
    for package in packages {
        let zip = target.join("package").join(format!("{}.zip", package.name));
        let again = package::sha256(&fs::read(&zip).context("reading the second package")?);
        ensure!(
            again == package.sha256,
            "{} was {} in one place and is {again} in another",
            package.name,
            package.sha256
        );
    }
    Ok(())
}

/// What git has, and what it would have.
fn copy_sources(to: &Path) -> Result<()> {
    let list = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let mut git = Command::new("git");
    let names = shell::read(git.args(list).current_dir(shell::root()))?;
    for name in names.split_terminator('\0') {
        let (from, to) = (shell::root().join(name), to.join(name));
        if !from.is_file() {
            continue; // deleted, but not yet in the index
        }
        fs::create_dir_all(to.parent().context("a file in no folder")?)?;
        fs::copy(&from, &to).with_context(|| format!("copying {name}"))?;
    }
    Ok(())
}

/// Under another name what the first build had.
fn another_cargo_home(folder: &Path) -> Result<PathBuf> {
    let home = folder.join("another-cargo-home");
    fs::create_dir_all(&home)?;
    let registry = package::cargo_home()?.join("registry");
    std::os::unix::fs::symlink(registry, home.join("registry"))?;
    Ok(home)
}
