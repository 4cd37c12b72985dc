//! Criterion's results as a Markdown table: one row a benchmark, its median, in the order of names.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// `benchmark.json` of one result.
#[derive(Deserialize)]
struct Benchmark {
    full_id: String,
}

/// `estimates.json` of one result; times are in nanoseconds.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
    confidence_interval: Interval,
}

#[derive(Deserialize)]
struct Interval {
    lower_bound: f64,
    upper_bound: f64,
}

/// The table of all results below `home`, the `CRITERION_HOME` of a finished run.
pub(crate) fn table(home: &Path) -> Result<String> {
    let mut rows = Vec::new();
    collect(home, &mut rows)?;
    rows.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    let mut text = "| Benchmark | median | 95 % of medians |\n|---|---:|---:|\n".to_owned();
    for (
        id,
        Estimate {
            point_estimate,
            confidence_interval: interval,
        },
    ) in rows
    {
        let [median, lower, upper] =
            [point_estimate, interval.lower_bound, interval.upper_bound].map(time);
        writeln!(text, "| {id} | {median} | {lower} to {upper} |")?;
    }
    Ok(text)
}

/// Every `new` folder holds the result of one benchmark.
fn collect(folder: &Path, rows: &mut Vec<(String, Estimate)>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.ends_with("new") {
            let benchmark: Benchmark = read(&path.join("benchmark.json"))?;
            let estimates: Estimates = read(&path.join("estimates.json"))?;
            rows.push((benchmark.full_id, estimates.median));
        } else if path.is_dir() {
            collect(&path, rows)?;
        }
    }
    Ok(())
}

fn read<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<T> {
    let text = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("reading {}", file.display()))
}

/// A benchmark's name as it sorts: part by part, numbers as numbers.
fn order(id: &str) -> Vec<(u64, &str)> {
    id.split('/')
        .map(|part| (part.parse().unwrap_or(0), part))
        .collect()
}

/// Nanoseconds with three digits, in the unit that suits: `57.3 µs`.
fn time(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        ns if ns < 1e3 => (ns, "ns"),
        ns if ns < 1e6 => (ns / 1e3, "µs"),
        ns => (ns / 1e6, "ms"),
    };
    let decimals = match value {
        v if v < 10.0 => 2,
        v if v < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.decimals$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits_and_the_unit_that_suits() {
        let cases = [
            (4.56, "4.56 ns"),
            (57_340.0, "57.3 µs"),
            (123_456_789.0, "123 ms"),
        ];
        for (nanoseconds, text) in cases {
            assert_eq!(time(nanoseconds), text);
        }
    }

    #[test]
    fn numbers_in_names_sort_as_numbers() {
        let mut names = ["a/1000", "a/10", "a/100000", "A/5"];
        names.sort_by(|a, b| order(a).cmp(&order(b)));
        assert_eq!(names, ["A/5", "a/10", "a/1000", "a/100000"]);
    }
}
