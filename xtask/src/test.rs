//! `cargo xtask test`: the table of steps, and the ones that are cargo commands.
//!
//! What takes no build comes first, so that a slip shows within seconds.

use std::process::Command;

use clap::builder::PossibleValuesParser;

use crate::step::{Options, Outcome, Step, Stop, none_of, run_all};
use crate::{
    android, arrows, aws_local, bench_engine, deny, engine_arm64, fuzz, graph, hygiene, infra,
    instructions, kotlin, lints, miri, policy, release_artifacts, sample, say, shell, tools,
};

const STEPS: &[Step] = &[
    Step::new("format", format),
    Step::new("hygiene", tracked_files),
    Step::new("arrows", |_| none_of(&arrows::check()?)),
    Step::new("lints", |_| none_of(&lints::check()?)),
    Step::new("dependency-policy", dependency_policy),
    Step::new("infra", infra::lint),
    Step::new("clippy", |_| clippy("--all-features")),
    Step::new("clippy-no-features", |_| clippy("--no-default-features")),
    Step::new("peers", bench_engine::lint),
    Step::new("test", test),
    Step::new("doc-test", doc_test),
    Step::new("engine-arm64", engine_arm64::run),
    Step::new("miri", miri::run),
    Step::new("fuzz", fuzz::run),
    Step::new("instructions", instructions::step),
    Step::new("docs", docs),
    Step::new("aws-workflow", aws_local::workflow),
    Step::new("aws-rest", aws_local::rest),
    Step::new("android", android::step),
    Step::new("kotlin", kotlin::test),
    Step::new("r8", kotlin::r8),
    Step::new("sample", sample::step),
    Step::new("release-artifacts", release_artifacts::run),
    Step::new("release-twice", release_artifacts::twice),
    Step::new("release-deploy", aws_local::deploy),
];

/// What the names of those steps begin with that run only when they are asked for.
const RELEASE: &str = "release-";

/// Arguments of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Fail on a skipped step too.
    #[arg(long)]
    strict: bool,
    /// Also what takes minutes: more kills, more random cases.
    #[arg(long)]
    thorough: bool,
    /// Also test the Lambda functions as they are deployed: the arm64 binaries, under an emulator;
    /// whether a second build gives the same; how they are deployed.
    #[arg(long)]
    release_artifacts: bool,
    /// Run this step alone (may be given more than once).
    #[arg(long, value_name = "STEP", value_parser = step_names())]
    only: Vec<String>,
}

fn step_names() -> PossibleValuesParser {
    PossibleValuesParser::new(STEPS.iter().map(|step| step.name))
}

/// Runs the steps; true when nothing failed (and nothing was skipped, with `--strict`).
pub(crate) fn run(args: &Args) -> bool {
    let wanted = |step: &&Step| {
        let is_release = step.name.starts_with(RELEASE);
        let is_asked_for = args.release_artifacts && is_release;
        let is_usual = args.only.is_empty() && !is_release;
        is_usual || is_asked_for || args.only.iter().any(|name| name == step.name)
    };
    let tally = run_all(
        STEPS.iter().filter(wanted),
        &Options {
            thorough: args.thorough,
        },
    );
    let refused = args.strict && tally.skipped > 0;
    if refused {
        say::line("--strict: a skipped step is a failure");
    }
    say::line(&tally.to_string());
    tally.failed == 0 && !refused
}

fn format(_: &Options) -> Outcome {
    tools::rust_component("rustfmt", "fmt")?;
    shell::run(&mut shell::cargo(&["fmt", "--all", "--check"]))?;
    bench_engine::format()?;
    fuzz::format()?;
    Ok(String::new())
}

fn tracked_files(_: &Options) -> Outcome {
    if !shell::root().join(".git").exists() {
        return Err(Stop::Skipped(
            "needs a git checkout: it looks at the tracked files".to_owned(),
        ));
    }
    none_of(&hygiene::check()?)
}

fn clippy(features: &str) -> Outcome {
    tools::rust_component("clippy", "clippy")?;
    let args = [
        "clippy",
        "--workspace",
        "--all-targets",
        features,
        "--locked",
        "--",
    ];
    shell::run(shell::cargo(&args).args(["-D", "warnings"]))?;
    Ok(String::new())
}

fn dependency_policy(_: &Options) -> Outcome {
    let rules = deny::Rules::read(&shell::root().join("deny.toml"))?;
    none_of(&policy::check(&rules, &graph::Graph::load()?))
}

fn test(options: &Options) -> Outcome {
    // Without `--benches`: clippy has checked that they build, and they measure on purpose only.
    let mut command = shell::cargo(&["test", "--workspace", "--all-features", "--locked"]);
    command.args(["--lib", "--bins", "--tests", "--examples", "--no-fail-fast"]);
    if options.thorough {
        command
            .env("QRGEN_THOROUGH", "1")
            .env("PROPTEST_CASES", "10000");
    }
    counted(&mut command)
}

fn doc_test(_: &Options) -> Outcome {
    counted(&mut shell::cargo(&[
        "test",
        "--workspace",
        "--all-features",
        "--locked",
        "--doc",
    ]))
}

fn docs(_: &Options) -> Outcome {
    let args = [
        "doc",
        "--workspace",
        "--all-features",
        "--no-deps",
        "--locked",
    ];
    // Twice, for a link may break on either side: what users read, then what we read.
    for private in [None, Some("--document-private-items")] {
        shell::run(
            shell::cargo(&args)
                .args(private)
                .env("RUSTDOCFLAGS", "-D warnings"),
        )?;
    }
    Ok(String::new())
}

/// Runs a `cargo test` and notes how many tests it counted.
pub(crate) fn counted(command: &mut Command) -> Outcome {
    let mut count = Count::default();
    shell::run_watched(command, |line| count.see(line))?;
    Ok(format!(
        "{} tests passed, {} ignored",
        count.passed, count.ignored
    ))
}

/// What the `test result:` lines of `cargo test` add up to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    ignored: usize,
}

impl Count {
    /// Adds `test result: ok. 12 passed; 0 failed; 1 ignored; …`; other lines are none of its
    /// business.
    fn see(&mut self, line: &str) {
        let Some((_, counts)) = line.trim_start().split_once("test result:") else {
            return;
        };
        let counts = counts.split_once(". ").map_or(counts, |(_, rest)| rest);
        for part in counts.split(';') {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => self.ignored += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_all_test_binaries_are_added() {
        let mut count = Count::default();
        for line in [
            "running 12 tests\n",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; finished in 0.01s\n",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; finished in 0.5s\n",
        ] {
            count.see(line);
        }
        assert_eq!(
            count,
            Count {
                passed: 15,
                ignored: 1
            }
        );
    }
}
