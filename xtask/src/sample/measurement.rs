//! What `PreviewMeasurement.kt` of the app's tests prints, as a table.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

/// What is printed, what it is, and what it should be at most.
const ROWS: [(&str, &str, &str); 3] = [
    ("preview-drawn-us", "the preview is drawn", ""),
    (
        "preview-shown-us",
        "the screen has it, laid out and drawn",
        "16 ms",
    ),
    ("preview-shown-p95-us", "the same, 95th percentile", ""),
];

/// The Markdown.
pub(crate) fn table(output: &str) -> Result<String> {
    let mut text = "| From a key stroke until | median | required |\n|---|---:|---:|\n".to_owned();
    for (name, what, required) in ROWS {
        let microseconds =
            number(output, name).with_context(|| format!("no {name} was printed"))?;
        writeln!(
            text,
            "| {what} | {:.1} ms | {required} |",
            microseconds / 1000.0
        )?;
    }
    Ok(text)
}

/// The number of a line `name number`.
fn number(output: &str, name: &str) -> Option<f64> {
    output.lines().find_map(|line| {
        let (before, value) = line.trim().split_once(' ')?;
        (before == name).then(|| value.parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_to_be_printed() {
        let output = "preview-drawn-us 1200\npreview-shown-us 9876\npreview-shown-p95-us 20000\n";
        assert!(table(output).unwrap().contains("| 9.9 ms | 16 ms |"));
        assert!(table(&output.replace("shown-us", "other")).is_err());
    }
}
