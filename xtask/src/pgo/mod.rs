//! `cargo xtask pgo`: `qrgen` as fast as it gets, for a server: `target/pgo/qrgen`.
//!
//! Profile-guided optimisation, in three steps: a build that counts which way its branches go, a server
//! of that build under load (`train.lua`: what a library sees, mostly GENERATE), and a
//! build that is laid out by those counts (ADR 0022).

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::{say, shell, tools};

/// How long the load takes, in seconds. Nothing is timed, so it only has to go everywhere often.
const SECONDS: &str = "5";

/// Builds it and says where it is.
pub(crate) fn run() -> Result<()> {
    let program = build()?;
    say::line(&format!("built {}", program.display()));
    Ok(())
}

/// Builds it, from nothing in some ten minutes.
pub(crate) fn build() -> Result<PathBuf> {
    tools::debian_package("wrk")?;
    let merge = tools::rust_programs()?.join("llvm-profdata");
    tools::rust_file("llvm-tools", &merge)?;

    let folder = shell::target().join("pgo");
    let (counts, profile) = (folder.join("counts"), folder.join("profile"));
    if counts.exists() {
        fs::remove_dir_all(&counts)?;
    }
    let counting = compile(&folder, &format!("-Cprofile-generate={}", counts.display()))?;
    train(&counting)?;
    let mut merge = Command::new(merge);
    shell::run(merge.args(["merge", "--output"]).args([&profile, &counts]))?;

    let guided = compile(&folder, &format!("-Cprofile-use={}", profile.display()))?;
    let program = folder.join("qrgen");
    fs::copy(guided, &program)?;
    Ok(program)
}

/// `qrgen` of the release profile, compiled with one flag more.
fn compile(folder: &Path, flag: &str) -> Result<PathBuf> {
    let host = tools::host()?;
    let mut command = shell::cargo(&["build", "--release", "--package", "qrgen-cli", "--locked"]);
    // With a target the flag does not go to build scripts, which would leave counts of their own.
    command
        .args(["--target", &host, "--target-dir"])
        .arg(folder);
    // By that name a flag may hold a space.
    shell::run(command.env("CARGO_ENCODED_RUSTFLAGS", flag))?;
    Ok(folder.join(host).join("release/qrgen"))
}

/// Puts a server under load, and ends it so that it writes its counts.
fn train(program: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command.args([
        "serve",
        "--open",
        "--store",
        "memory:",
        "--listen",
        "127.0.0.1:0",
    ]);
    let mut server = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let loaded = load(&mut server);
    // A shell has `kill` of its own; a program of that name is not everywhere.
    let stop = format!("kill -TERM {}", server.id());
    shell::run(Command::new("sh").args(["-c", &stop]))?;
    let status = server.wait()?;
    loaded?;
    ensure!(status.success(), "the server ended with {status}");
    Ok(())
}

fn load(server: &mut Child) -> Result<()> {
    let output = server.stdout.take().context("the server has no output")?;
    let mut url = String::new();
    BufReader::new(output).read_line(&mut url)?;
    let mut wrk = Command::new("wrk");
    wrk.args([
        "--threads",
        "1",
        "--connections",
        "32",
        "--duration",
        SECONDS,
    ])
    .arg("--script")
    .arg(shell::root().join("xtask/src/pgo/train.lua"))
    .arg(format!("{}/v1/qr", url.trim()));
    shell::run(&mut wrk)
}
