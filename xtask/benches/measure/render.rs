//! Whole processes: `qrgen render`, and `qrgen generate` into a folder on disk and in memory.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process::{self, Run};
use crate::stats::{median, mib, ms};
use crate::{Result, progress};

const RUNS: usize = 51;

/// A folder in memory, where fsync costs nothing: what it costs on disk is the difference.
const MEMORY_FOLDER: &str = "/dev/shm";

pub(crate) fn measure() -> Result<String> {
    let qrgen = process::release("qrgen")?;
    let disk = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let memory = tempfile::tempdir_in(MEMORY_FOLDER)?;
    let key = memory.path().join("key");
    process::run(
        Command::new(&qrgen)
            .args(["key", "create", "--key"])
            .arg(&key),
    )?;

    let generate = |folder: &Path, number: usize| {
        let mut command = Command::new(&qrgen);
        command.arg("generate").arg(format!("menu-{number}"));
        command
            .arg("https://example.com/menu")
            .arg("--store")
            .arg(folder)
            .arg("--key")
            .arg(&key);
        command
    };
    let plain = |args: &[&str]| {
        let mut command = Command::new(&qrgen);
        command.args(args);
        command
    };
    let mut rows: [(&str, Vec<Run>); 4] = [
        ("`qrgen --version`, the floor", Vec::new()),
        ("`qrgen render URL --format png`", Vec::new()),
        (
            "`qrgen generate NAME URL`, store in memory (no fsync cost)",
            Vec::new(),
        ),
        ("`qrgen generate NAME URL`, store on disk", Vec::new()),
    ];
    progress("render: whole processes");
    // One round more than is counted: the first warms the page cache.
    for number in 0..=RUNS {
        let runs = [
            process::run(&mut plain(&["--version"]))?,
            process::run(&mut plain(&[
                "render",
                "https://example.com/menu",
                "--format",
                "png",
            ]))?,
            process::run(&mut generate(memory.path(), number))?,
            process::run(&mut generate(disk.path(), number))?,
        ];
        for ((_, all), run) in rows.iter_mut().zip(runs).filter(|_| number > 0) {
            all.push(run);
        }
    }

    let mut text = format!(
        "{RUNS} runs each, interleaved.\n\n\
         | Whole process | median | slowest | peak resident, largest |\n|---|---:|---:|---:|\n"
    );
    for (name, runs) in &rows {
        let slowest = runs.iter().map(|run| run.wall).max().unwrap_or_default();
        let peak = runs.iter().map(|run| run.peak).max().unwrap_or_default();
        let (median, slowest, peak) = (ms(wall(runs)), ms(slowest), mib(peak));
        writeln!(text, "| {name} | {median} ms | {slowest} ms | {peak} MiB |")?;
    }
    let fsync = wall(&rows[3].1).saturating_sub(wall(&rows[2].1));
    writeln!(
        text,
        "\nSo fsync of file and folder costs {} ms of the last row.",
        ms(fsync)
    )?;
    Ok(text)
}

fn wall(runs: &[Run]) -> Duration {
    median(&runs.iter().map(|run| run.wall).collect::<Vec<_>>())
}
