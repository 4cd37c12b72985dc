//! The engine on another processor: the symbols that it makes by NEON, under an emulator, are those
//! that it makes here.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use cargo_metadata::MetadataCommand;

use crate::step::{Options, Outcome, Stop};
use crate::{shell, tools};

/// Linked statically, so that the emulator needs no system of that processor.
const TARGET: &str = "aarch64-unknown-linux-musl";

/// Dumps the same symbols on both processors.
pub(crate) fn run(_: &Options) -> Outcome {
    tools::rust_target(TARGET)?;
    tools::debian_packages(&[("qemu-user-static", "qemu-aarch64-static")])?;
    let metadata = MetadataCommand::new()
        .no_deps()
        .current_dir(shell::root())
        .exec()
        .context("reading the workspace")?;
    let folder = metadata.target_directory.join("engine-arm64");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {folder}"))?;
    let lines = folder.join("payloads.tsv");
    std::fs::write(&lines, payloads()).with_context(|| format!("writing {lines}"))?;

    let here = [
        "run",
        "--quiet",
        "--locked",
        "--package",
        "qrgen-engine",
        "--example",
        "dump",
    ];
    let expected = dump(&mut shell::cargo(&here), lines.as_ref())?;
    let there = build(metadata.target_directory.as_ref(), folder.as_ref())?;
    let found = dump(
        Command::new("qemu-aarch64-static").arg(there),
        lines.as_ref(),
    )?;
    for (expected, found) in expected.lines().zip(found.lines()) {
        if expected != found {
            let name = expected.split('\t').next().unwrap_or_default();
            return Err(Stop::Failed(format!(
                "{TARGET} makes another symbol of {name}"
            )));
        }
    }
    Ok(format!("{} symbols are the same", expected.lines().count()))
}

/// Builds the example for the other processor. By hand, for cargo would first build all that the
/// engine's tests depend on.
fn build(target: &Path, folder: &Path) -> Result<PathBuf> {
    let library = [
        "build",
        "--locked",
        "--package",
        "qrgen-engine",
        "--lib",
        "--target",
        TARGET,
    ];
    shell::run(&mut shell::cargo(&library))?;
    let debug = target.join(TARGET).join("debug");
    let mut rustc = Command::new("rustc");
    rustc.current_dir(shell::root());
    rustc.args(["engine/examples/dump.rs", "--edition", "2024"]);
    rustc.args(["--target", TARGET, "-C", "linker=rust-lld"]);
    let engine = debug.join("libqrgen_engine.rlib");
    rustc.args(["--extern", &format!("qrgen_engine={}", engine.display())]);
    // Its dependencies, and the macros of this processor that they are made with.
    for folder in [debug.join("deps"), target.join("debug").join("deps")] {
        rustc.args(["-L", &format!("dependency={}", folder.display())]);
    }
    let program = folder.join("dump");
    rustc.arg("-o").arg(&program);
    shell::run(&mut rustc)?;
    Ok(program)
}

fn dump(command: &mut Command, lines: &Path) -> Result<String> {
    let lines = File::open(lines).context("opening the payloads")?;
    shell::read(command.stdin(lines))
}

/// Lines for the example: texts in each mode at each level, of lengths from nothing to version 40.
fn payloads() -> String {
    const ALPHABETS: [(&str, &[u8], usize); 3] = [
        ("digits", b"3141592653", 3057),
        ("letters", b"SPHINX OF BLACK QUARTZ $%*+-./:", 1852),
        (
            "bytes",
            b"judge my vow, 0123456789 and JUDGE IT AGAIN",
            1273,
        ),
    ];
    let mut lines = String::new();
    for (name, alphabet, longest) in ALPHABETS {
        for length in (1..longest).step_by(longest / 60).chain([longest]) {
            for level in ["L", "M", "Q", "H"] {
                let _ = write!(lines, "{name}-{length}\t{level}\t");
                // Another text for each length.
                for byte in alphabet.iter().cycle().skip(length % 7).take(length) {
                    let _ = write!(lines, "{byte:02x}");
                }
                lines.push('\n');
            }
        }
    }
    lines
}
