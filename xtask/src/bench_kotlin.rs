//! The section `kotlin` of `docs/benchmarks.md`: what `Benchmark.kt` of `bindings/kotlin/sdk` measures
//! with the library as it is published, and what R8 leaves of everything in a small app.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{bindings, kotlin, shell};

/// Fresh JVMs for the first call.
const STARTS: usize = 15;

/// A heap of constant size, so that what the process grows by is native memory.
const HEAP: [&str; 3] = ["-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch"];

/// Builds, measures; the Markdown.
pub(crate) fn measure() -> Result<String> {
    bindings::build(true)?;
    let class_path = class_path()?;
    let run = |kind: &str| -> Result<Vec<(String, f64)>> {
        let mut java = Command::new("java");
        java.args(HEAP)
            .args(["-cp", &class_path, "dev.qrgenerator.sdk.BenchmarkKt", kind])
            .env_remove("LD_LIBRARY_PATH");
        parse(&shell::read(&mut java)?)
    };
    let mut numbers = Vec::new();
    for _ in 0..STARTS {
        numbers.extend(run("first")?);
    }
    numbers.extend(run("warm")?);
    numbers.extend(run("memory")?);
    table(&numbers, kotlin::dex_bytes()?)
}

/// Compiles the module with its tests; where its classes and what they need lie.
fn class_path() -> Result<String> {
    let target = shell::root().join("bindings/kotlin/sdk/target");
    let list = target.join("class-path.txt");
    let mut compile = kotlin::maven(
        "",
        &["--quiet", "test-compile", "dependency:build-classpath"],
    );
    compile
        .args(["-pl", "sdk", "-Dmdep.includeScope=test"])
        .arg(format!("-Dmdep.outputFile={}", list.display()));
    shell::run(&mut compile)?;
    let others = std::fs::read_to_string(&list).context("reading the class path")?;
    // The library of the tests first: it has the call that does nothing.
    let own = ["test-classes", "classes"].map(|folder| target.join(folder));
    let all = own.into_iter().chain(std::env::split_paths(others.trim()));
    let all: Vec<PathBuf> = all.collect();
    let joined = std::env::join_paths(all)?.into_string().ok();
    joined.context("a path that is not UTF-8")
}

/// `name number` lines.
fn parse(output: &str) -> Result<Vec<(String, f64)>> {
    let number = |line: &str| -> Result<(String, f64)> {
        let (name, value) = line.split_once(' ').context("no number in a line")?;
        Ok((name.to_owned(), value.parse()?))
    };
    output.lines().map(number).collect()
}

fn median(numbers: &[(String, f64)], name: &str) -> Result<f64> {
    let mut values: Vec<f64> = numbers
        .iter()
        .filter(|(of, _)| of == name)
        .map(|&(_, value)| value)
        .collect();
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2).copied();
    middle.with_context(|| format!("nothing measured of {name}"))
}

fn table(numbers: &[(String, f64)], dex: u64) -> Result<String> {
    let [first, render, zxing, nothing, memory] =
        ["first", "render", "zxing", "nothing", "memory"].map(|name| median(numbers, name));
    let (render, zxing) = (render?, zxing?);
    let mut text = "| Medians | measured | required | aim |\n|---|---:|---:|---:|\n".to_owned();
    let rows = [
        (
            "first call: load the library, make a client, render",
            format!("{:.0} ms", first?),
            "400 ms",
            "200 ms",
        ),
        (
            "`render` of a short URL, warm",
            format!("{render:.1} µs"),
            "",
            "",
        ),
        (
            "the same by ZXing core and ImageIO",
            format!("{zxing:.0} µs"),
            "",
            "",
        ),
        (
            "so many times as fast",
            format!("{:.0}", zxing / render),
            "10",
            "30",
        ),
        (
            "a call that does nothing in Rust",
            format!("{:.2} µs", nothing?),
            "30 µs",
            "10 µs",
        ),
        (
            "resident memory after 1,000,000 renders, growth",
            format!("{:.1} MiB", memory? / 1024.0),
            "10 MiB",
            "0 MiB",
        ),
        (
            "dex that R8 leaves of a small app, SDK, JNA and coroutines",
            format!("{} kB", dex / 1000),
            "400 kB",
            "300 kB",
        ),
    ];
    for (what, measured, required, aim) in rows {
        writeln!(text, "| {what} | {measured} | {required} | {aim} |")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_of_one_name_alone() {
        let numbers = parse("a 3\na 1\nb 9\na 2.5\n").unwrap();
        assert!((median(&numbers, "a").unwrap() - 2.5).abs() < f64::EPSILON);
        assert!(median(&numbers, "c").is_err());
        assert!(parse("a\n").is_err());
    }
}
