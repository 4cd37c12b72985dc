//! `cargo xtask`: what is more than one command.
//!
//! - `cargo xtask test` is the whole proof, the same on a laptop and in CI;
//! - `cargo xtask bench` measures and writes `docs/benchmarks.md`;
//! - `cargo xtask instructions` counts the instructions of five cases of the engine;
//! - `cargo xtask bindings` builds and generates what the Kotlin build needs;
//! - `cargo xtask pgo` builds `qrgen` for a server, guided by a profile of its load;
//! - `cargo xtask package` builds the Lambda functions as deployment packages;
//! - `cargo xtask deploy` brings the service to AWS;
//! - `cargo xtask aws-local` runs it on an AWS of this machine;
//! - `cargo xtask android` builds and checks the library for Android;
//! - `cargo xtask sample` builds, tests and checks the Android sample app.
//!
//! This crate links none of ours, so that it builds in seconds: it runs `cargo` and reads what it
//! says.

mod android;
mod arrows;
mod artifact;
mod aws_local;
mod bench;
mod bench_engine;
mod bench_kotlin;
mod bench_lambda;
mod bindings;
mod criterion;
mod deny;
mod deploy;
mod engine_arm64;
mod fuzz;
mod graph;
mod hygiene;
mod infra;
mod instructions;
mod kotlin;
mod links;
mod lints;
mod miri;
mod package;
mod pgo;
mod policy;
mod release_artifacts;
mod sample;
mod say;
mod shell;
mod step;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What is more than one command in this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check and test everything; ends with `N passed, N failed, N skipped`.
    Test(test::Args),
    /// Measure and write `docs/benchmarks.md`.
    Bench(bench::Args),
    /// Count the instructions of five cases of the engine.
    Instructions(instructions::Args),
    /// Build and generate what the Kotlin build needs.
    Bindings(bindings::Args),
    /// Build and check the library for Android.
    Android(android::Args),
    /// Build, test and check the Android sample app.
    Sample(sample::Args),
    /// Build `qrgen` for a server, guided by a profile of its load: `target/pgo/qrgen`.
    Pgo,
    /// Build the Lambda functions as deployment packages: arm64 zips in `target/package`.
    Package(package::Args),
    /// Deploy the service to AWS, or remove it.
    Deploy(deploy::Args),
    /// Deploy the service to an AWS on this machine, until Ctrl-C.
    AwsLocal(aws_local::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Test(args) => Ok(test::run(&args)),
        Task::Bench(args) => bench::run(&args).map(|()| true),
        Task::Android(args) => android::run(&args).map(|()| true),
        Task::Instructions(args) => instructions::run(&args).map(|()| true),
        Task::Bindings(args) => bindings::run(&args).map(|()| true),
        Task::Sample(args) => sample::run(&args).map(|()| true),
        Task::Pgo => pgo::run().map(|()| true),
        Task::Package(args) => package::run(&args).map(|()| true),
        Task::Deploy(args) => deploy::run(&args).map(|()| true),
        Task::AwsLocal(args) => aws_local::run(&args).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::line(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
