//! The figures as Markdown.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::figures::{Figures, Row, times_as_long};

/// The level whose times are shown; ratios are over all levels that were measured.
const SHOWN: &str = "M";

/// Every table, with a line about each.
pub(super) fn all(figures: &Figures) -> Result<String> {
    let mut text =
        "Text to modules, microseconds of processor time at level M. The ratios are geometric \
        means over all sets that an encoder takes, 32 at most: eight kinds at four levels.\n\n"
            .to_owned();
    text += &table(&figures.kinds, &figures.matrix, true)?;
    text += "\nText to PNG of 10 pixels a module to base64 to JSON, level M, microseconds.\n\n";
    text += &table(&figures.kinds, &figures.image, false)?;
    text += "\nBytes of those images.\n\n";
    text += &head("", &figures.kinds, &[]);
    for (name, row) in &figures.image {
        write!(text, "| {name} |")?;
        for kind in &figures.kinds {
            let bytes = row.bytes.get(&(kind.clone(), SHOWN.to_owned()));
            write!(text, " {} |", bytes.map_or("–".to_owned(), u64::to_string))?;
        }
        text.push('\n');
    }
    Ok(text)
}

fn head(first: &str, kinds: &[String], more: &[&str]) -> String {
    let columns: Vec<&str> = kinds
        .iter()
        .map(String::as_str)
        .chain(more.iter().copied())
        .collect();
    let rules = "---:|".repeat(columns.len());
    format!("| {first} | {} |\n|---|{rules}\n", columns.join(" | "))
}

/// Times of all rows, and how they compare with `fast_qr` and with ours, which is first.
fn table(kinds: &[String], rows: &[(String, Row)], judged: bool) -> Result<String> {
    let (_, ours) = rows.first().context("nothing was measured")?;
    let (_, fast_qr) = rows
        .iter()
        .find(|(name, _)| name.starts_with("fast_qr"))
        .context("fast_qr was not measured")?;
    let mut more = vec![
        "`fast_qr` takes times as long",
        "takes times as long as ours",
    ];
    if judged {
        more.extend(["refused", "misread"]);
    }
    let mut text = head("", kinds, &more);
    for (name, row) in rows {
        write!(text, "| {name} |")?;
        for kind in kinds {
            match row.nanoseconds.get(&(kind.clone(), SHOWN.to_owned())) {
                Some(nanoseconds) => write!(text, " {} |", short(nanoseconds / 1e3))?,
                None => text.push_str(" – |"),
            }
        }
        for (longer, shorter) in [(fast_qr, row), (row, ours)] {
            let times = times_as_long(longer, shorter).context("no set in common")?;
            write!(text, " {} |", short(times))?;
        }
        if judged {
            write!(text, " {} | {} |", row.refused, row.misread)?;
        }
        text.push('\n');
    }
    Ok(text)
}

/// Three digits that count.
fn short(number: f64) -> String {
    let decimals = match number {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{number:.decimals$}")
}
