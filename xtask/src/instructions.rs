//! How many instructions five cases take, against those of the last record, `engine/benches/instructions.json`. Callgrind counts
//! them, so the numbers are the same on a busy machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::step::{Options, Outcome, Stop, none_of};
use crate::{bench_engine, say, shell, tools};

/// A count may grow by a twentieth without being looked at.
const TOLERANCE: u64 = 20;

const CASES: [&str; 5] = [
    "encode-version-2",
    "encode-version-2-portable",
    "encode-version-40",
    "png-version-2",
    "read-png-version-2",
];

type Counts = BTreeMap<String, u64>;

/// Arguments of `cargo xtask instructions`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write what is counted into `engine/benches/instructions.json`.
    #[arg(long)]
    record: bool,
}

/// Counts and shows, and records if asked to.
pub(crate) fn run(args: &Args) -> Result<()> {
    let counts = count()?;
    let before = recorded().unwrap_or_default();
    for line in changes(&counts, &before) {
        say::line(&line);
    }
    if args.record {
        let text = serde_json::to_string_pretty(&counts)? + "\n";
        fs::write(file(), text).context("writing engine/benches/instructions.json")?;
    }
    Ok(())
}

/// The step: no case takes over 5 % more than recorded.
pub(crate) fn step(_: &Options) -> Outcome {
    let (counts, before) = (count()?, recorded()?);
    for line in changes(&counts, &before) {
        say::line(&line);
    }
    none_of(&complaints(&counts, &before))?;
    let total = |counts: &Counts| counts.values().sum::<u64>();
    Ok(percent("all cases", total(&counts), total(&before)))
}

fn file() -> PathBuf {
    shell::root().join("engine/benches/instructions.json")
}

fn recorded() -> Result<Counts> {
    let text = fs::read(file()).context("reading engine/benches/instructions.json")?;
    serde_json::from_slice(&text).context("engine/benches/instructions.json")
}

fn count() -> Result<Counts, Stop> {
    // Valgrind has no AVX-512 and shows programs none, so all processors with AVX2 count alike.
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    if !["avx2", "bmi2"].iter().all(|flag| info.contains(flag)) {
        return Err(Stop::Skipped(
            "needs a processor with AVX2 and BMI2, as the recorded counts are of those".to_owned(),
        ));
    }
    tools::debian_package("valgrind").map_err(|error| Stop::Skipped(format!("{error:#}")))?;
    let folder = bench_engine::build(&["--release", "--package", "peers-instructions"])?;
    let program = folder.join("release/peers-instructions");
    let mut counts = Counts::new();
    for case in CASES {
        counts.insert(case.to_owned(), instructions(&program, case)?);
    }
    Ok(counts)
}

fn instructions(program: &Path, case: &str) -> Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(["--collect-atstart=no", "--toggle-collect=*counted*"])
        .arg(program)
        .arg(case);
    let output = valgrind.output().context("starting valgrind")?;
    let words = String::from_utf8_lossy(&output.stderr);
    collected(&words)
        .filter(|count| output.status.success() && *count > 0)
        .with_context(|| format!("`{}` counted nothing: {words}", shell::shown(&valgrind)))
}

/// The number after `Collected :`, with which callgrind ends.
fn collected(words: &str) -> Option<u64> {
    let (_, after) = words.split_once("Collected : ")?;
    after.split_whitespace().next()?.parse().ok()
}

fn changes(counts: &Counts, before: &Counts) -> Vec<String> {
    let line = |(case, &count): (&String, &u64)| {
        let before = before.get(case).copied().unwrap_or(count);
        percent(case, count, before)
    };
    counts.iter().map(line).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn percent(what: &str, count: u64, before: u64) -> String {
    let change = 100.0 * (count as f64 / before.max(1) as f64 - 1.0);
    format!("{what}: {count} instructions, {change:+.1} %")
}

fn complaints(counts: &Counts, before: &Counts) -> Vec<String> {
    let complaint = |(case, &count): (&String, &u64)| {
        let how = "if that has to be, `cargo xtask instructions --record`";
        let Some(&before) = before.get(case) else {
            return Some(format!(
                "{case} is not in engine/benches/instructions.json: {how}"
            ));
        };
        (count > before + before / TOLERANCE)
            .then(|| format!("{case}: {count} instructions are over 5 % more than {before}: {how}"))
    };
    counts.iter().filter_map(complaint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_in_the_closing_words_of_callgrind() {
        let words = "==1== Events    : Ir\n==1== Collected : 8731\n==1== \n";
        assert_eq!(collected(words), Some(8731));
        assert_eq!(collected("==1== killed"), None);
    }

    #[test]
    fn a_count_may_grow_by_five_per_cent_and_no_more() {
        for (count, before, refused) in [
            (1_050, Some(1_000), false),
            (1_051, Some(1_000), true),
            (10, Some(1_000), false),
            (10, None, true),
        ] {
            let name = || "case".to_owned();
            let before = before.map(|count| (name(), count)).into_iter().collect();
            let counts = Counts::from([(name(), count)]);
            assert_eq!(!complaints(&counts, &before).is_empty(), refused, "{count}");
        }
    }
}
