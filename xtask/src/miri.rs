//! The engine under Miri, which finds undefined behaviour: on the portable path, as Miri has no more instructions than any
//! x86-64 processor.

use crate::step::{Options, Outcome};
use crate::{shell, test, tools};

/// A few symbols all the way, and back; thousands would take hours.
pub(crate) fn run(_: &Options) -> Outcome {
    let mut cargo = tools::nightly_cargo(&["miri", "rust-src"])?;
    cargo
        .args(["miri", "test", "--locked", "--package", "qrgen-engine"])
        .args(["--test", "portable"])
        .env("CARGO_TARGET_DIR", shell::target().join("miri"));
    test::counted(&mut cargo)
}
