//! What must not be in a tracked file: paths of one machine, notes to self, big files, dead links.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{links, shell};

/// A repository is cloned whole by everyone, for ever.
const MAX_FILE_BYTES: usize = 400 * 1024;

/// Where people and build machines keep their own things. (Spelt in parts: this file is tracked
/// too.)
pub(crate) const MACHINE_FOLDERS: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
];

/// A note to self belongs into the tracker.
const NOTES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Every breach in the tracked files, with file and line.
pub(crate) fn check() -> Result<Vec<String>> {
    let mut list = Command::new("git");
    list.args(["ls-files", "-z"]).current_dir(shell::root());
    let list = shell::read(&mut list).context("asking git for the tracked files")?;
    let mut complaints = Vec::new();
    for name in list.split_terminator('\0') {
        let path = shell::root().join(name);
        if !path.is_file() {
            continue; // deleted, but not yet in the index
        }
        let bytes = std::fs::read(&path).with_context(|| format!("reading {name}"))?;
        if bytes.len() > MAX_FILE_BYTES {
            complaints.push(format!(
                "{name}: {} bytes, over {MAX_FILE_BYTES}",
                bytes.len()
            ));
        }
        let Ok(text) = std::str::from_utf8(&bytes) else {
            continue;
        };
        complaints.extend(wrong_lines(text).map(|(line, what)| format!("{name}:{line}: {what}")));
        if path.extension().is_some_and(|ending| ending == "md") {
            complaints
                .extend(links::dead(&path, text).map(|link| format!("{name}: dead link {link}")));
        }
    }
    Ok(complaints)
}

/// Line number and what is wrong with it.
fn wrong_lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.lines().enumerate().flat_map(|(index, line)| {
        let folders = MACHINE_FOLDERS
            .iter()
            .filter(|folder| has_path(line, folder));
        let folders = folders.map(|folder| format!("a path of one machine ({folder}…)"));
        let notes = NOTES.iter().filter(|note| has_word(line, note));
        let notes = notes.map(|note| format!("a note to self ({note})"));
        folders
            .chain(notes)
            .map(move |what| (index + 1, what))
            .collect::<Vec<_>>()
    })
}

/// Whether an absolute path below `folder` starts somewhere in the line (a longer path or a URL
/// only contains it).
fn has_path(line: &str, folder: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || "/._-~}".contains(c);
    line.match_indices(folder)
        .any(|(at, _)| !line[..at].ends_with(goes_on))
}

fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_machine_and_notes_to_self_are_found() {
        let home = MACHINE_FOLDERS[0];
        let note = NOTES[0];
        let cases = [
            (format!("cd {home}ann/qr"), true),
            (format!("\"{home}ann\""), true),
            (format!("https://example.com{home}page"), false),
            (format!("app{home}x"), false),
            (format!("// {note}: later"), true),
            (format!("AU{note}"), false),
            (format!("{note}_LIST"), false),
        ];
        for (line, wrong) in cases {
            assert_eq!(wrong_lines(&line).next().is_some(), wrong, "{line}");
        }
    }

    #[test]
    fn the_line_is_named() {
        let text = format!("fine\nfine\n// {}\n", NOTES[1]);
        assert_eq!(
            wrong_lines(&text).map(|(line, _)| line).collect::<Vec<_>>(),
            [3]
        );
    }
}
