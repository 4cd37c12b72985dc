//! `cargo xtask bench`: builds what is shipped, runs the measurements of `xtask/benches`, writes
//! `docs/benchmarks.md`.
//!
//! The page is prose by hand around sections between `<!-- begin NAME -->` and `<!-- end NAME -->`;
//! a section is replaced whole by what its measurement prints, so that the numbers of one section
//! come from one run.

use std::fmt::Write as _;
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::{Context as _, Result};
use clap::builder::PossibleValuesParser;

use crate::{bench_engine, bench_kotlin, bench_lambda, criterion, pgo, sample, say, shell, tools};

/// A section of the page, and what measures it.
struct Section {
    name: &'static str,
    by: By,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// `xtask/benches/measure`, which prints the section.
    Measure,
    /// The same, which also measures what [`pgo`] builds.
    MeasureGuided,
    /// A bench target of criterion's.
    Criterion(&'static str),
    /// `backend/lambda/benches`, which prints the section but for the sizes.
    Lambda,
    /// The programs of `peers`.
    Peers,
    /// Their symbols and ours, and who reads them.
    Proof,
    /// A program on the JVM, in `bindings/kotlin/sdk`.
    Kotlin,
    /// A measurement among the tests of `android-sample`.
    Sample,
}

impl By {
    fn bench_target(self) -> Option<&'static str> {
        match self {
            Self::Measure | Self::MeasureGuided => Some("measure"),
            Self::Criterion(target) => Some(target),
            Self::Lambda => Some("lambda"),
            Self::Peers | Self::Proof | Self::Kotlin | Self::Sample => None,
        }
    }

    fn is_built_by_cargo(self) -> bool {
        !matches!(self, Self::Proof | Self::Kotlin | Self::Sample)
    }
}

impl Section {
    const fn new(name: &'static str, by: By) -> Self {
        Self { name, by }
    }
}

const SECTIONS: &[Section] = &[
    Section::new("engine", By::Peers),
    Section::new("decoders", By::Proof),
    Section::new("render", By::Measure),
    Section::new("server", By::MeasureGuided),
    Section::new("service", By::Criterion("service")),
    Section::new("sdk", By::Criterion("overhead")),
    Section::new("lambda", By::Lambda),
    Section::new("kotlin", By::Kotlin),
    Section::new("sample", By::Sample),
];

/// Processor features that the numbers hang on.
const FEATURES: [&str; 6] = ["avx2", "bmi2", "avx512f", "sha_ni", "adx", "asimd"];

/// Arguments of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to measure; everything when not given.
    #[arg(value_parser = section_names())]
    sections: Vec<String>,
}

fn section_names() -> PossibleValuesParser {
    PossibleValuesParser::new(SECTIONS.iter().map(|section| section.name))
}

/// Measures section by section. Everything is built first, so that nothing else runs meanwhile.
pub(crate) fn run(args: &Args) -> Result<()> {
    let wanted = |section: &&Section| {
        args.sections.is_empty() || args.sections.iter().any(|name| name == section.name)
    };
    let with_cargo = |section: &&Section| wanted(section) && section.by.is_built_by_cargo();
    if SECTIONS.iter().any(|section| with_cargo(&section)) {
        tools::debian_package("wrk")?;
        build(SECTIONS.iter().filter(with_cargo))?;
    }
    let guided = |section: &Section| section.by == By::MeasureGuided;
    if SECTIONS.iter().filter(wanted).any(guided) {
        pgo::build()?;
    }
    let page = shell::root().join("docs/benchmarks.md");
    for section in SECTIONS.iter().filter(wanted) {
        let text = machine()? + measure(section)?.trim_end();
        let old = std::fs::read_to_string(&page).context("reading docs/benchmarks.md")?;
        std::fs::write(&page, with_section(&old, section.name, &text)?)?;
        say::line(&format!(
            "docs/benchmarks.md: section {} written",
            section.name
        ));
    }
    Ok(())
}

/// What is shipped, the bare handler, and the benches. Of the whole workspace, here and in
/// [`bench()`], so that crates have the same features and are not built again.
fn build<'a>(sections: impl Iterator<Item = &'a Section>) -> Result<()> {
    let mut command = shell::cargo(&["build", "--release", "--workspace", "--locked"]);
    command.args(["--bin", "qrgen", "--example", "bare"]);
    let targets = sections.filter_map(|section| section.by.bench_target());
    command.args(targets.flat_map(|target| ["--bench", target]));
    shell::run(&mut command)
}

fn bench(target: &str) -> Command {
    shell::cargo(&["bench", "--workspace", "--locked", "--bench", target])
}

/// Runs one measurement; its Markdown.
fn measure(section: &Section) -> Result<String> {
    match section.by {
        By::Peers => bench_engine::measure(),
        By::Proof => bench_engine::prove(),
        By::Kotlin => bench_kotlin::measure(),
        By::Sample => sample::measure(),
        By::Lambda => bench_lambda::measure(&mut bench("lambda")),
        By::Measure | By::MeasureGuided => {
            let mut text = String::new();
            let see = |line: &str| text.push_str(line);
            shell::run_watched(bench("measure").args(["--", section.name]), see)?;
            Ok(text)
        }
        By::Criterion(target) => {
            // A home of its own, emptied first: criterion keeps results of benchmarks that are gone.
            let home = shell::root()
                .join("target/criterion-xtask")
                .join(section.name);
            if home.exists() {
                std::fs::remove_dir_all(&home)?;
            }
            shell::run(bench(target).env("CRITERION_HOME", &home))?;
            criterion::table(&home)
        }
    }
}

/// The page with the text between the markers of one section replaced.
pub(crate) fn with_section(page: &str, section: &str, text: &str) -> Result<String> {
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
    let rustc = shell::read(Command::new("rustc").arg("-V").current_dir(shell::root()))?;
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
