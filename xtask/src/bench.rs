//! `cargo xtask bench`: builds what is shipped, runs the measurements of `xtask/benches`, writes
//! `docs/benchmarks.md`.
//!
//! The page is prose by hand around sections between `<!-- begin NAME -->` and `<!-- end NAME -->`;
//! a section is replaced whole by what its measurement prints, so that the numbers of one section
//! come from one run.

use std::fmt::Write as _;
use std::thread::available_parallelism;

use anyhow::{Context as _, Result};
use clap::builder::PossibleValuesParser;

use crate::{say, shell, tools};

const SECTIONS: [&str; 4] = ["render", "server", "retrieve", "sdk"];

/// Processor features that the numbers hang on.
const FEATURES: [&str; 6] = ["avx2", "bmi2", "avx512f", "sha_ni", "adx", "asimd"];

/// Arguments of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to measure; everything when not given.
    #[arg(value_parser = PossibleValuesParser::new(SECTIONS))]
    sections: Vec<String>,
}

/// Measures section by section. Release builds come first, so that nothing else runs while it
/// measures.
pub(crate) fn run(args: &Args) -> Result<()> {
    let wanted = SECTIONS
        .iter()
        .filter(|s| args.sections.is_empty() || args.sections.iter().any(|a| a == *s));
    tools::debian_package("wrk")?;
    shell::run(&mut shell::cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "qrgen-cli",
    ]))?;
    shell::run(&mut shell::cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "qrgen-server",
        "--examples",
    ]))?;
    let measure = [
        "bench",
        "--locked",
        "--package",
        "xtask",
        "--bench",
        "measure",
    ];
    shell::run(shell::cargo(&measure).arg("--no-run"))?;
    let page = shell::root().join("docs/benchmarks.md");
    for section in wanted {
        let mut text = machine()?;
        let mut command = shell::cargo(&measure);
        shell::run_watched(command.args(["--", section]), |line| text.push_str(line))?;
        let old = std::fs::read_to_string(&page).context("reading docs/benchmarks.md")?;
        std::fs::write(&page, with_section(&old, section, text.trim_end())?)?;
        say::line(&format!("docs/benchmarks.md: section {section} written"));
    }
    Ok(())
}

/// The page with the text between the markers of one section replaced.
fn with_section(page: &str, section: &str, text: &str) -> Result<String> {
    let begin = format!("<!-- begin {section} -->\n");
    let end = format!("<!-- end {section} -->");
    let (before, rest) = page
        .split_once(&begin)
        .with_context(|| format!("no `{}`", begin.trim()))?;
    let (_, after) = rest
        .split_once(&end)
        .with_context(|| format!("no `{end}` after its begin"))?;
    Ok(format!("{before}{begin}\n{text}\n\n{end}{after}"))
}

/// One line that says what measured: cores, processor features, compiler.
fn machine() -> Result<String> {
    let rustc = shell::read(
        std::process::Command::new("rustc")
            .arg("-V")
            .current_dir(shell::root()),
    )?;
    let rustc = rustc.split(' ').nth(1).unwrap_or("unknown");
    let mut line = format!("Measured on {} cores", available_parallelism()?);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let known = |name: &&str| info.split_whitespace().any(|flag| flag == *name);
    let features: Vec<&str> = FEATURES.into_iter().filter(known).collect();
    write!(
        line,
        " ({}, {}), rustc {rustc}.\n\n",
        std::env::consts::ARCH,
        features.join(" ")
    )?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_the_rest_kept() {
        let page =
            "top\n<!-- begin a -->\nold\n<!-- end a -->\n<!-- begin b -->\nb\n<!-- end b -->\n";
        let new = with_section(page, "a", "new").unwrap();
        assert_eq!(
            new,
            "top\n<!-- begin a -->\n\nnew\n\n<!-- end a -->\n<!-- begin b -->\nb\n<!-- end b -->\n"
        );
        assert!(with_section(page, "c", "new").is_err());
    }
}
