//! `backend/lambda/tests` with the binaries for arm64, under qemu.

use anyhow::Context as _;

use crate::package::{self, Target};
use crate::step::{Options, Outcome};
use crate::{shell, test, tools};

/// Where Debian keeps an arm64 C library for programs of another processor.
const SYSROOT: &str = "/usr/aarch64-linux-gnu";

/// Builds the packages and runs the tests against them.
pub(crate) fn run(_: &Options) -> Outcome {
    tools::debian_packages(&[
        ("qemu-user-static", "qemu-aarch64-static"),
        ("libc6-arm64-cross", "/usr/aarch64-linux-gnu/lib/libc.so.6"),
        (
            "libgcc-s1-arm64-cross",
            "/usr/aarch64-linux-gnu/lib/libgcc_s.so.1",
        ),
    ])?;
    let qemu = tools::on_path("qemu-aarch64-static").context("qemu-aarch64-static is gone")?;
    package::build(Target::Lambda)?;
    // Named as `cargo test --workspace` builds it, so that nothing is built twice.
    let mut command = shell::cargo(&["test", "--workspace", "--all-features", "--locked"]);
    command
        .args(["--test", "lambda"])
        .env("QRGEN_LAMBDA_BINARIES", package::binaries(Target::Lambda)?)
        .env(
            "QRGEN_LAMBDA_RUNNER",
            format!("{} -L {SYSROOT}", qemu.display()),
        );
    test::counted(&mut command)
}
