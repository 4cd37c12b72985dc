//! What an app has to download: sizes against those of the last record, `docs/size.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::{bench, shell};

/// A size may grow by a twentieth without being looked at.
const TOLERANCE: u64 = 20;

/// What a library of an ABI, and the AAR with those of all, may have in bytes, and what we would like.
const AIMS: [(&str, u64, u64); 5] = [
    ("arm64-v8a", 2_400_000, 1_900_000),
    ("armeabi-v7a", 1_700_000, 1_300_000),
    ("x86_64", 2_700_000, 2_100_000),
    ("x86", 2_500_000, 2_000_000),
    (AAR, 5_000_000, 4_000_000),
];

/// What docs/size.json calls the AAR with all ABIs.
pub(crate) const AAR: &str = "qrgen-sdk-android.aar";

/// Bytes of what is downloaded: of stripped libraries by ABI, of archives by the name of the file.
pub(crate) type Sizes = BTreeMap<String, u64>;

fn file() -> PathBuf {
    shell::root().join("docs/size.json")
}

/// The sizes of the last record.
pub(crate) fn recorded() -> Result<Sizes> {
    let text = fs::read(file()).context("reading docs/size.json")?;
    serde_json::from_slice(&text).context("docs/size.json")
}

/// Records these sizes beside the others.
pub(crate) fn record(sizes: &Sizes) -> Result<()> {
    let mut all = recorded().unwrap_or_default();
    all.extend(sizes.clone());
    let text = serde_json::to_string_pretty(&all)? + "\n";
    fs::write(file(), text).context("writing docs/size.json")?;
    let page = shell::root().join("docs/benchmarks.md");
    let old = fs::read_to_string(&page).context("reading docs/benchmarks.md")?;
    let new = bench::with_section(&old, "android", &table(&all))?;
    fs::write(page, new).context("writing docs/benchmarks.md")
}

/// The sizes beside what they should be, in Markdown.
fn table(sizes: &Sizes) -> String {
    let mut lines = vec![
        "| | bytes | at most | aim |".to_owned(),
        "|---|---:|---:|---:|".to_owned(),
    ];
    for (what, at_most, aim) in AIMS {
        if let Some(bytes) = sizes.get(what) {
            lines.push(format!("| {what} | {bytes} | {at_most} | {aim} |"));
        }
    }
    lines.join("\n")
}

/// What is wrong with a size, if anything is; `how` is the command that records it.
pub(crate) fn complaint(
    what: &str,
    bytes: u64,
    recorded: Option<u64>,
    how: &str,
) -> Option<String> {
    let Some(before) = recorded else {
        return Some(format!("{what} has no size in docs/size.json: {how}"));
    };
    (bytes > before + before / TOLERANCE).then(|| {
        format!("{what}: {bytes} bytes are over 5 % more than the {before} of docs/size.json: if that has to be, {how}")
    })
}

/// How to record the size of a library, or of the AAR.
pub(crate) const HOW: &str = "`cargo xtask android --record`";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_may_grow_by_five_per_cent_and_no_more() {
        for (bytes, recorded, refused) in [
            (1_050, Some(1_000), false),
            (1_051, Some(1_000), true),
            (10, Some(1_000), false),
            (10, None, true),
        ] {
            let complaint = complaint("x86", bytes, recorded, HOW);
            assert_eq!(complaint.is_some(), refused, "{bytes}: {complaint:?}");
        }
    }
}
