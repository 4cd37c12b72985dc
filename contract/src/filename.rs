//! The rules for the name of a code: one that every file system takes, so that a folder, an object
//! store and a person all see the same name.

use unicode_normalization::is_nfc;

use crate::{Code, Problem, limits};

/// Characters that some file system or object store refuses or gives a meaning to.
const FORBIDDEN: &[char] = &[
    '/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '%', '{', '}', '^', '~', '[', ']', '`',
];

/// Checks a name: 1 to 200 bytes of UTF-8 in NFC; no control character; none of
/// ``/ \ : * ? " < > | # % { } ^ ~ [ ] ` ``; no white space and no dot at either end; no device name
/// of Windows, with or without an ending (`con`, `con.txt`); not ending in `.png`, which the store
/// adds.
///
/// The problem says which rule is broken.
pub fn check(name: &str) -> Result<(), Problem> {
    check_start("filename", name)?;
    let refusal = if name.ends_with(char::is_whitespace) {
        "ends with white space; remove it"
    } else if name.ends_with('.') {
        "ends with a dot; remove it"
    } else if is_device_name(name) {
        "is a device name of Windows, such as CON or COM1; choose another"
    } else if ends_with_png(name) {
        "ends with .png, which the store adds; leave it out"
    } else {
        return Ok(());
    };
    Err(refused("filename", refusal))
}

/// Checks the beginning of names: anything that a name could start with. White space or a dot may
/// be its end, since the name may go on.
pub fn check_prefix(prefix: &str) -> Result<(), Problem> {
    check_start("prefix", prefix)
}

/// The rules that hold for a name and for each beginning of it.
fn check_start(field: &str, start: &str) -> Result<(), Problem> {
    let refusal = if start.is_empty() && field == "prefix" {
        "is empty; leave it out to list every code"
    } else if start.is_empty() {
        "is empty; give a name"
    } else if start.len() > limits::FILENAME_BYTES {
        return Err(refused(
            field,
            &format!(
                "has {} bytes of UTF-8; use at most {}",
                start.len(),
                limits::FILENAME_BYTES
            ),
        )
        .with_limit(limits::FILENAME_BYTES as u64, start.len() as u64));
    } else if start.contains(char::is_control) {
        "holds a control character; remove it"
    } else if let Some(character) = start.chars().find(|c| FORBIDDEN.contains(c)) {
        return Err(refused(
            field,
            &format!(
                "holds the character {character} which not every file system takes; remove it"
            ),
        ));
    } else if start.starts_with(char::is_whitespace) {
        "begins with white space; remove it"
    } else if start.starts_with('.') {
        "begins with a dot; remove it"
    } else if !is_nfc(start) {
        "is not in Unicode normalization form C; normalise it (NFC)"
    } else {
        return Ok(());
    };
    Err(refused(field, refusal))
}

fn refused(field: &str, refusal: &str) -> Problem {
    Problem::new(Code::FilenameInvalid, format!("{field} {refusal}")).with_field(field)
}

/// Whether Windows takes the name for a device: the part before the first dot decides, and spaces
/// at its end do not count.
fn is_device_name(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or(name)
        .trim_end_matches(' ')
        .to_ascii_uppercase();
    if matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) {
        return true;
    }
    let port = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    let mut number = port.unwrap_or_default().chars();
    matches!(
        (number.next(), number.next()),
        (Some('0'..='9' | '¹' | '²' | '³'), None)
    )
}

fn ends_with_png(name: &str) -> bool {
    name.len()
        .checked_sub(4)
        .and_then(|start| name.get(start..))
        .is_some_and(|ending| ending.eq_ignore_ascii_case(".png"))
}
