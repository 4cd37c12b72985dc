//! The section `engine` of `docs/benchmarks.md`: the programs of `peers`, one after the other over the
//! same payloads, and what `qrgen batch` makes of a million rows.

mod figures;
mod tables;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use crate::step::{Options, Outcome};
use crate::{shell, tools};
use figures::Figures;

/// Rows of the batch.
const ROWS: u32 = 1_000_000;
/// Processes started to see how long the first image takes.
const STARTS: usize = 51;

/// Builds and runs everything; its Markdown.
pub(crate) fn measure() -> Result<String> {
    tools::debian_package("libqrencode-dev")?;
    let folder = shell::target().join("bench-engine");
    std::fs::create_dir_all(&folder)?;
    let packages = ["--package", "peers-encoders", "--package", "peers-alone"];
    let programs = build(&[&["--release"], &packages[..]].concat())?.join("release");
    let (ours, alone) = (
        programs.join("peers-encoders"),
        programs.join("peers-alone"),
    );
    let payloads = folder.join("payloads.tsv");
    std::fs::write(&payloads, shell::read(Command::new(&ours).arg("payloads"))?)?;
    let mut lines = shell::read(Command::new(&ours).arg("matrix"))?;
    lines += &shell::read(Command::new(&ours).arg("image"))?;
    for mut other in others(&folder)? {
        let output = shell::read(other.stdin(File::open(&payloads)?))?;
        let (symbols, figures): (Vec<&str>, Vec<&str>) = output
            .lines()
            .partition(|line| line.starts_with("symbol\t"));
        let file = folder.join("symbols.tsv");
        std::fs::write(&file, symbols.join("\n"))?;
        lines += &shell::read(Command::new(&ours).arg("judge").stdin(File::open(&file)?))?;
        lines += &figures.join("\n");
        lines.push('\n');
    }
    let mut text = tables::all(&Figures::parse(&lines)?)?;
    text += "\n| | |\n|---|---:|\n";
    let row = "first symbol and PNG of a cold process, median of 51, wall clock";
    writeln!(text, "| {row} | {:.2} ms |", cold(&alone)? / 1e6)?;
    let mut resident = Command::new(&alone);
    resident.arg("resident").stdin(File::open(&payloads)?);
    let resident = figure(&shell::read(&mut resident)?)? / 1_048_576.0;
    let row = "most resident memory, all sets to PNG";
    writeln!(text, "| {row} | {resident:.1} MiB |")?;
    let (with, without) = (library(&["--features", "engine"])?, library(&[])?);
    let row =
        "engine in a stripped `cdylib`, `opt-level = \"z\"`, beside the standard library's part";
    let kib = |bytes: u64| bytes.div_ceil(1024);
    writeln!(
        text,
        "| {row} | {} KiB of {} |",
        kib(with - without),
        kib(with)
    )?;
    let row = "`qrgen batch`, 1,000,000 URLs to one ZIP at 8 px, whole process";
    writeln!(text, "| {row} | {:.0} codes/s |", batch(&folder)?)?;
    Ok(text)
}

/// Has five decoders read the symbols of hard and random texts, and compares their versions with those of peers; a table. Any
/// wrong symbol is an error.
pub(crate) fn prove() -> Result<String> {
    tools::debian_packages(&[("libzbar0", "/usr/lib/x86_64-linux-gnu/libzbar.so.0")])?;
    let python = tools::venv("peers-decoders", tools::Python::Any)?.join("python3");
    let folder = shell::target().join("bench-engine");
    std::fs::create_dir_all(&folder)?;
    let ours = build(&["--release", "--package", "peers-encoders"])?.join("release/peers-encoders");
    let (symbols, read) = (folder.join("proof.tsv"), folder.join("read.tsv"));
    let mut proof = Command::new(&ours);
    shell::run(
        proof
            .args(["proof", "symbols"])
            .stdout(File::create(&symbols)?),
    )?;
    let mut decoders = Command::new(python);
    decoders.arg(peers().join("python/read.py"));
    decoders.stdin(File::open(&symbols)?);
    shell::run(decoders.stdout(File::create(&read)?))?;
    let mut judge = Command::new(&ours);
    judge.args(["proof", "judge"]).stdin(File::open(&read)?);
    shell::read(&mut judge)
}

/// Holds the programs in Rust to their format.
pub(crate) fn format() -> Result<()> {
    shell::run(&mut cargo(&["fmt", "--all", "--check"]))
}

/// Lints the programs in Rust, so that they build when the engine has changed.
pub(crate) fn lint(_: &Options) -> Outcome {
    tools::rust_component("clippy", "clippy")?;
    let arguments = ["clippy", "--locked", "--all-features", "--", "-Dwarnings"];
    shell::run(&mut cargo(&arguments))?;
    Ok(String::new())
}

/// Builds the programs in Rust; their target folder.
pub(crate) fn build(arguments: &[&str]) -> Result<PathBuf> {
    shell::run(cargo(&["build", "--locked"]).args(arguments))?;
    Ok(target())
}

/// Cargo in the workspace of `peers`.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = shell::cargo(arguments);
    command
        .current_dir(peers())
        .env("CARGO_TARGET_DIR", target());
    command
}

fn target() -> PathBuf {
    shell::target().join("peers")
}

fn peers() -> PathBuf {
    shell::root().join("peers")
}

/// The programs in other languages.
fn others(folder: &Path) -> Result<[Command; 3]> {
    let c = folder.join("libqrencode");
    let mut compile = Command::new("cc");
    compile.arg("-O3").arg("-o").arg(&c);
    shell::run(compile.arg(peers().join("c/bench.c")).arg("-lqrencode"))?;
    let mut node = Command::new("node");
    node.arg(peers().join("node/bench.mjs"))
        .arg(tools::npm("peers-node")?);
    // The Python functions of `peers/aws-python` draw with the same libraries.
    let python = tools::venv("aws-python", tools::Python::Any)?.join("python3");
    let mut python = Command::new(python);
    python.arg(peers().join("python/bench.py"));
    Ok([Command::new(c), node, python])
}

/// The median nanoseconds to the first image of a process.
fn cold(alone: &Path) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(figure(&shell::read(Command::new(alone).arg("cold"))?)?);
    }
    Ok(figures::median(&mut times))
}

/// The last field of a line.
fn figure(line: &str) -> Result<f64> {
    let field = line.trim_end().rsplit('\t').next().unwrap_or_default();
    field
        .parse()
        .with_context(|| format!("no figure in `{line}`"))
}

/// The bytes of the library with these features.
fn library(features: &[&str]) -> Result<u64> {
    let mut arguments = vec!["--profile", "smallest", "--package", "peers-library"];
    arguments.extend(features);
    let library = build(&arguments)?.join("smallest/libpeers_library.so");
    Ok(library.metadata()?.len())
}

/// Codes a second of `qrgen batch` with a million rows.
fn batch(folder: &Path) -> Result<f64> {
    let table = folder.join("rows.csv");
    let mut file = BufWriter::new(File::create(&table)?);
    writeln!(file, "name,text")?;
    for row in 0..ROWS {
        writeln!(file, "{row:07},https://ex.co/a/{row:09}")?;
    }
    file.into_inner()?.sync_all()?;
    let zip = folder.join("codes.zip");
    if zip.exists() {
        std::fs::remove_file(&zip)?;
    }
    let mut qrgen = Command::new(shell::target().join("release/qrgen"));
    let start = Instant::now();
    shell::run(qrgen.arg("batch").arg(&table).arg("--output").arg(&zip))?;
    let rate = f64::from(ROWS) / start.elapsed().as_secs_f64();
    ensure!(
        zip.metadata()?.len() > u64::from(ROWS),
        "the ZIP is too small"
    );
    std::fs::remove_file(&zip)?;
    std::fs::remove_file(&table)?;
    Ok(rate)
}
