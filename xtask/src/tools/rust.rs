//! Parts of the Rust toolchain that rust-toolchain.toml pins.

use std::process::Command;

use super::succeeds;
use crate::shell;
use crate::step::Stop;

/// Makes sure that `cargo SUBCOMMAND` of a toolchain component works.
pub(crate) fn rust_component(component: &str, subcommand: &str) -> Result<(), Stop> {
    let works = || succeeds(shell::cargo(&[subcommand, "--version"]));
    if works() || succeeds(rustup(&["component", "add", component])) && works() {
        return Ok(());
    }
    Err(Stop::Skipped(format!(
        "needs {component}: `rustup component add {component}`"
    )))
}

/// Makes sure that the standard library for a target is there.
pub(crate) fn rust_target(triple: &str) -> Result<(), Stop> {
    if succeeds(rustup(&["target", "add", triple])) {
        return Ok(());
    }
    Err(Stop::Skipped(format!(
        "needs {triple}: `rustup target add {triple}`"
    )))
}

fn rustup(args: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    // At the root, so that rust-toolchain.toml says which toolchain is meant.
    command.args(args).current_dir(shell::root());
    command
}
