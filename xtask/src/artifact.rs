//! Builds with cargo that end in a file.

use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use cargo_metadata::{Message, TargetKind};

use crate::{say, shell};

/// The `cdylib` of `qrgen-sdk`, as cargo builds it.
///
/// By `--crate-type`, for a crate that is two kinds of library at once gets no link-time
/// optimisation. `linking` goes to the compiler of this crate alone, so that what it changes builds
/// no dependency again.
pub(crate) fn sdk_library(
    options: &[&str],
    environment: &[(String, String)],
    linking: &[String],
) -> Result<PathBuf> {
    let mut command = shell::cargo(&["rustc", "--package", "qrgen-sdk", "--lib", "--locked"]);
    command
        .args(["--crate-type", "cdylib"])
        .args(options)
        .args(["--message-format", "json-render-diagnostics"])
        .arg("--")
        .args(linking)
        .envs(environment.iter().map(|(name, value)| (name, value)));
    files_of(&mut command, TargetKind::CDyLib)?
        .pop()
        .context("cargo built no library")
}

/// The program of a package, with the profile for development.
pub(crate) fn program(package: &str) -> Result<PathBuf> {
    let mut command = shell::cargo(&["build", "--package", package, "--bins", "--locked"]);
    command.args(["--message-format", "json-render-diagnostics"]);
    files_of(&mut command, TargetKind::Bin)?
        .pop()
        .with_context(|| format!("cargo built no program of {package}"))
}

/// The files of every target of this kind that the command builds or finds fresh.
fn files_of(command: &mut Command, kind: TargetKind) -> Result<Vec<PathBuf>> {
    say::line(&format!("$ {}", shell::shown(command)));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start cargo")?;
    let output = child.stdout.take().context("cargo has no output")?;
    let mut files = Vec::new();
    for message in Message::parse_stream(BufReader::new(output)) {
        if let Message::CompilerArtifact(artifact) = message?
            && artifact.target.kind.contains(&kind)
        {
            files.extend(artifact.filenames.into_iter().map(PathBuf::from));
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` ended with {status}", shell::shown(command));
    }
    Ok(files)
}
