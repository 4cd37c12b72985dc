//! Parts of the Rust toolchain that rust-toolchain.toml pins, and one beside it.
//!
//! rustup does not wait for another rustup: of two that add something at once, one forgets what the
//! other has added, and then refuses to add it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::{cache, succeeds};
use crate::shell;
use crate::step::Stop;

/// Makes sure that `cargo SUBCOMMAND` of a toolchain component works.
pub(crate) fn rust_component(component: &str, subcommand: &str) -> Result<(), Stop> {
    let works = || succeeds(shell::cargo(&[subcommand, "--version"]));
    added("component", component, works)
}

/// Makes sure that a file of a toolchain component is there.
pub(crate) fn rust_file(component: &str, file: &Path) -> Result<(), Stop> {
    added("component", component, || file.exists())
}

/// Makes sure that the standard library for a target is there.
pub(crate) fn rust_target(triple: &str) -> Result<(), Stop> {
    let library = sysroot()?.join("lib/rustlib").join(triple).join("lib");
    added("target", triple, || library.exists())
}

/// The root of the toolchain.
pub(crate) fn sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(print("sysroot")?))
}

/// The machine that builds, as rustc calls it.
pub(crate) fn host() -> Result<String> {
    print("host-tuple")
}

/// Where the programs lie that come with rustc, such as `rust-lld`, and with its component
/// `llvm-tools`.
pub(crate) fn rust_programs() -> Result<PathBuf> {
    let targets = sysroot()?.join("lib/rustlib");
    Ok(targets.join(host()?).join("bin"))
}

fn print(what: &str) -> Result<String> {
    let mut rustc = Command::new("rustc");
    let words = shell::read(rustc.args(["--print", what]).current_dir(shell::root()))?;
    Ok(words.trim_end().to_owned())
}

fn added(kind: &str, name: &str, is_there: impl Fn() -> bool) -> Result<(), Stop> {
    let add = || -> Result<bool> {
        let _alone = cache::alone("rustup")?;
        let mut rustup = Command::new("rustup");
        // At the root, so that rust-toolchain.toml says which toolchain is meant.
        rustup.args([kind, "add", name]).current_dir(shell::root());
        Ok(succeeds(rustup))
    };
    if is_there() || add()? && is_there() {
        return Ok(());
    }
    Err(Stop::Skipped(format!(
        "needs {name}: `rustup {kind} add {name}`"
    )))
}

/// The compiler for what no stable one has: Miri, and the sanitizers of the fuzz targets.
const NIGHTLY: &str = "nightly-2026-05-20";

/// Cargo of a nightly toolchain that has these components, at the root of the workspace.
pub(crate) fn nightly_cargo(components: &[&str]) -> Result<Command, Stop> {
    let is_there = || {
        let mut list = Command::new("rustup");
        list.args(["component", "list", "--installed", "--toolchain", NIGHTLY]);
        let installed = shell::read(&mut list).unwrap_or_default();
        // By name, or by name and target.
        let has = |name: &&str| installed.lines().any(|line| line.starts_with(*name));
        installed.contains("rustc") && components.iter().all(has)
    };
    let mut install = vec!["toolchain", "install", NIGHTLY, "--profile", "minimal"];
    install.extend(components.iter().flat_map(|name| ["--component", name]));
    let add = || -> Result<bool> {
        let _alone = cache::alone("rustup")?;
        let mut rustup = Command::new("rustup");
        rustup.args(&install);
        Ok(succeeds(rustup))
    };
    let is_ready = is_there() || add()? && is_there();
    if !is_ready {
        let by_hand = install.join(" ");
        return Err(Stop::Skipped(format!(
            "needs {NIGHTLY}: `rustup {by_hand}`"
        )));
    }
    let mut cargo = Command::new("rustup");
    cargo
        .args(["run", NIGHTLY, "cargo"])
        .current_dir(shell::root());
    // Those of the toolchain that runs us.
    for variable in ["CARGO", "RUSTC", "RUSTDOC"] {
        cargo.env_remove(variable);
    }
    Ok(cargo)
}
