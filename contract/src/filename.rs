//! The rules for the name of a code: one that every file system takes, so that a folder, an object
//! store and a person all see the same name.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::{Code, Problem, limits};

/// Characters that some file system or object store refuses or gives a meaning to.
const FORBIDDEN: &[char] = &[
    '/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '%', '{', '}', '^', '~', '[', ']', '`',
];

/// Checks a name, rule by rule:
///
/// - 1 to 200 bytes of UTF-8, in Unicode normalization form C
/// - no control character, and none of ``/ \ : * ? " < > | # % { } ^ ~ [ ] ` ``
/// - no white space and no dot at either end
/// - no device name of Windows, with or without an ending: `con`, `con.txt`
/// - not ending in `.png`, which the store adds
///
/// The problem says which rule is broken.
pub fn check(name: &str) -> Result<(), Problem> {
    let rules = [
        (name.is_empty(), "is empty; give at least one character"),
        (
            name.ends_with(char::is_whitespace),
            "ends with white space; remove it",
        ),
        (name.ends_with('.'), "ends with a dot; remove it"),
        (
            is_device_name(name),
            "is a device name of Windows, such as CON or COM1; choose another",
        ),
        (
            ends_with_png(name),
            "ends with .png, which the store adds; leave it out",
        ),
    ];
    refuse_broken(
        "filename",
        name,
        rules_of_a_start(name).into_iter().chain(rules),
    )
}

/// Checks the beginning of names: anything that a name may start with. White space or a dot may be
/// its end, since the name goes on.
pub fn check_prefix(prefix: &str) -> Result<(), Problem> {
    let rules = [(
        prefix.is_empty(),
        "is empty; leave it out to list every code",
    )];
    refuse_broken(
        "prefix",
        prefix,
        rules_of_a_start(prefix).into_iter().chain(rules),
    )
}

/// A rule of one name: whether it is broken, and what to say then.
type Rule = (bool, &'static str);

/// The rules that a name keeps exactly when each beginning of it does.
fn rules_of_a_start(start: &str) -> [Rule; 6] {
    [
        (
            start.len() > limits::FILENAME_BYTES,
            "has more than 200 bytes of UTF-8; shorten it",
        ),
        (
            start.contains(char::is_control),
            "holds a control character; remove it",
        ),
        (
            start.contains(FORBIDDEN),
            "holds a character that not every file system takes; \
             remove each of / \\ : * ? \" < > | # % { } ^ ~ [ ] `",
        ),
        (
            start.starts_with(char::is_whitespace),
            "begins with white space; remove it",
        ),
        (start.starts_with('.'), "begins with a dot; remove it"),
        (
            !(start.is_ascii() || ComposingNormalizerBorrowed::new_nfc().is_normalized(start)),
            "is not in Unicode normalization form C; normalise it (NFC)",
        ),
    ]
}

fn refuse_broken(
    field: &str,
    name: &str,
    mut rules: impl Iterator<Item = Rule>,
) -> Result<(), Problem> {
    let Some((_, refusal)) = rules.find(|(broken, _)| *broken) else {
        return Ok(());
    };
    let problem =
        Problem::new(Code::FilenameInvalid, format!("{field} {refusal}")).with_field(field);
    Err(if name.len() > limits::FILENAME_BYTES {
        problem.with_limit(limits::FILENAME_BYTES as u64, name.len() as u64)
    } else {
        problem
    })
}

/// Whether Windows takes the name for a device: the part before the first dot decides, and spaces
/// at its end do not count.
fn is_device_name(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    const PORTS: [&str; 2] = ["COM", "LPT"];

    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.trim_end_matches(' ');
    if DEVICES
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
    {
        return true;
    }
    let Some((port, number)) = stem.split_at_checked(3) else {
        return false;
    };
    let is_port = PORTS.iter().any(|known| port.eq_ignore_ascii_case(known));
    let mut number = number.chars();
    // Windows reads the superscripts of Latin-1 as digits.
    let is_numbered = matches!(
        (number.next(), number.next()),
        (Some('0'..='9' | '¹' | '²' | '³'), None)
    );
    is_port && is_numbered
}

fn ends_with_png(name: &str) -> bool {
    let ending = name
        .len()
        .checked_sub(4)
        .and_then(|start| name.get(start..));
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(".png"))
}
