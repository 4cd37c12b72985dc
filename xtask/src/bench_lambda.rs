//! The section `lambda` of `docs/benchmarks.md`: sizes of what is deployed, then what
//! `backend/lambda/benches` measures with the same binaries built for this machine.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::Result;

use crate::package::{self, Target};
use crate::{shell, tools};

/// Builds both kinds of packages and runs `bench` over them; its Markdown.
pub(crate) fn measure(bench: &mut Command) -> Result<String> {
    let python = tools::venv("aws-python", tools::Python::Any)?.join("python3");
    let mut text = "| Package for arm64 | binary | zip |\n|---|---:|---:|\n".to_owned();
    for package in package::build(Target::Lambda)? {
        let (binary, zip) = package.sizes()?;
        let (binary, zip) = (megabytes(binary)?, megabytes(zip)?);
        writeln!(text, "| `{}` | {binary} | {zip} |", package.name)?;
    }
    package::build(Target::Host)?;
    bench
        .env("QRGEN_LAMBDA_BINARIES", package::binaries(Target::Host)?)
        .env("QRGEN_PEER_PYTHON", python);
    shell::run_watched(bench, |line| text.push_str(line))?;
    Ok(text)
}

/// A size: `4.12 MB`.
fn megabytes(bytes: u64) -> Result<String> {
    let bytes = u32::try_from(bytes)?;
    Ok(format!("{:.2} MB", f64::from(bytes) / 1e6))
}
