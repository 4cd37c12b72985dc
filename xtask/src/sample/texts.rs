//! What the app says: every text in both languages, with the same places to fill in, and none that
//! nobody says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result};

use super::build::Build;
use super::stage::files;

/// What is wrong with the texts of the app.
pub(crate) fn complaints() -> Result<Vec<String>> {
    let read = |name: &str| {
        let path = Build::source("main/res").join(name).join("strings.xml");
        fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let mut sources = String::new();
    for file in files(&Build::source("main"))? {
        let reads = file
            .extension()
            .is_some_and(|ending| ending == "kt" || ending == "xml");
        if reads {
            sources.push_str(&fs::read_to_string(&file)?);
        }
    }
    Ok(compared(&read("values")?, &read("values-de")?, &sources))
}

fn compared(english: &str, german: &str, sources: &str) -> Vec<String> {
    let (english, german, used) = (texts(english), texts(german), used(sources));
    let mut complaints = Vec::new();
    for (name, places) in &english {
        match german.get(name) {
            None => complaints.push(format!("text {name} has no German")),
            Some(others) if others != places => complaints.push(format!(
                "text {name} has {places:?} to fill in, and in German {others:?}"
            )),
            Some(_) => {}
        }
        if !used.contains(name) {
            complaints.push(format!("nobody says text {name}"));
        }
    }
    let alone = german.keys().filter(|name| !english.contains_key(*name));
    complaints.extend(alone.map(|name| format!("text {name} has no English")));
    complaints
}

/// The names of the strings and plurals of a file, each with its places to fill in.
fn texts(file: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let entries = file.split(" name=\"").skip(1);
    entries
        .filter_map(|entry| entry.split_once('"'))
        .map(|(name, text)| (name, places(text)))
        .collect()
}

/// `%1$s` and the like.
fn places(text: &str) -> BTreeSet<&str> {
    text.match_indices('%')
        .filter_map(|(start, _)| text.get(start..start + 4))
        .filter(|place| place.as_bytes().get(2) == Some(&b'$'))
        .collect()
}

fn used(sources: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for before in ["R.string.", "R.plurals.", "@string/"] {
        used.extend(sources.split(before).skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
        }));
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = r#"<string name="open">Open %1$s, 7% off</string>
        <plurals name="left"><item quantity="other">%1$d left</item></plurals>"#;

    #[test]
    fn each_difference_between_the_languages_is_named() {
        let german = ENGLISH.replace("Open", "Öffne").replace("left<", "übrig<");
        let sources = "R.string.open, R.plurals.left)";
        let said = |german: &str, sources: &str| compared(ENGLISH, german, sources).join("\n");
        assert_eq!(said(&german, sources), "");
        for (german, said_of) in [
            (
                german.replace("name=\"open\"", "name=\"opened\""),
                "text open has no German",
            ),
            (
                german.replace("name=\"left\"", "name=\"rest\""),
                "text rest has no English",
            ),
            (german.replace("%1$d", "%2$d"), "text left has"),
        ] {
            assert!(said(&german, sources).contains(said_of), "{said_of}");
        }
        let shorter = "R.string.open_all R.plurals.left";
        assert_eq!(said(&german, shorter), "nobody says text open");
    }
}
