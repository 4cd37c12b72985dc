//! The fuzz targets of the engine, `engine/fuzz`: each from its small committed corpus on, for half a minute, or for ten with
//! `--thorough`.
//!
//! What libFuzzer finds worth keeping goes into the target folder, where the next run goes on from it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use crate::step::{Options, Outcome, Stop};
use crate::{shell, tools};

/// Version of cargo-fuzz.
const CARGO_FUZZ: &str = "0.13.2";

const TARGETS: [&str; 3] = ["encode", "read_png", "png"];

/// Builds the targets and runs them side by side.
pub(crate) fn run(options: &Options) -> Outcome {
    let seconds = if options.thorough { 600 } else { 30 };
    let binaries = build()?;
    let mut running = Vec::new();
    for target in TARGETS {
        let mut command = command(&binaries, target, seconds)?;
        let child = command
            .spawn()
            .with_context(|| format!("starting {target}"))?;
        running.push((target, child));
    }
    let (mut notes, mut failures) = (Vec::new(), Vec::new());
    for (target, child) in running {
        let output = child.wait_with_output().context("waiting for libFuzzer")?;
        let words = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            notes.push(format!("{target} {} runs", runs(&words)));
        } else {
            failures.push(format!("{target}: {words}"));
        }
    }
    if failures.is_empty() {
        Ok(format!("{seconds} s: {}", notes.join(", ")))
    } else {
        Err(Stop::Failed(failures.join("\n")))
    }
}

/// Holds the targets to their format.
pub(crate) fn format() -> Result<()> {
    shell::run(shell::cargo(&["fmt", "--check"]).current_dir(folder()))
}

/// Builds all targets; the folder of their binaries.
fn build() -> Result<PathBuf, Stop> {
    let program = tools::cargo_tool("cargo-fuzz", CARGO_FUZZ)?;
    let target_folder = shell::target().join("fuzz");
    let mut cargo = tools::nightly_cargo(&[])?;
    // As a subcommand of that cargo, which the program calls in turn.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = program.parent().map(Path::to_owned).into_iter();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)))
        .context("making the PATH")?;
    cargo
        .args(["fuzz", "build", "--fuzz-dir", "engine/fuzz"])
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", &target_folder);
    shell::run(&mut cargo)?;
    Ok(target_folder.join("x86_64-unknown-linux-gnu/release"))
}

/// One target, quiet but for its last words.
fn command(binaries: &Path, target: &str, seconds: u32) -> Result<Command> {
    let found = shell::target().join("fuzz/corpus").join(target);
    fs::create_dir_all(&found).with_context(|| format!("making {}", found.display()))?;
    let artifacts = shell::target().join("fuzz/artifacts/").join(target);
    fs::create_dir_all(&artifacts).with_context(|| format!("making {}", artifacts.display()))?;
    let mut command = Command::new(binaries.join(target));
    command
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(["-print_final_stats=1", "-verbosity=0", "-timeout=20"])
        // The first is where it writes.
        .arg(found)
        .arg(folder().join("corpus").join(target))
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    Ok(command)
}

/// How many inputs there were, by the closing statistics.
fn runs(words: &str) -> &str {
    words
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .map_or("?", str::trim)
}

fn folder() -> PathBuf {
    shell::root().join("engine/fuzz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_in_the_closing_statistics() {
        let words =
            "Done 7 runs\nstat::number_of_executed_units: 12345\nstat::average_exec_per_sec:     4";
        assert_eq!(runs(words), "12345");
        assert_eq!(runs("killed"), "?");
    }
}
