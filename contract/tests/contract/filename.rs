//! The rules for names, one row each.

use crate::support::seeded;
use proptest::prelude::*;
use qrgen_contract::{Code, filename, limits};

/// Name, and what the refusal says of it.
const REFUSED: &[(&str, &str)] = &[
    ("", "is empty"),
    ("a\u{0}b", "control character"),
    ("a\nb", "control character"),
    ("a\u{7f}b", "control character"),
    ("a\u{85}b", "control character"),
    ("a/b", "not every file system"),
    ("a\\b", "not every file system"),
    ("a:b", "not every file system"),
    ("a*b", "not every file system"),
    ("a?b", "not every file system"),
    ("a\"b", "not every file system"),
    ("a<b", "not every file system"),
    ("a>b", "not every file system"),
    ("a|b", "not every file system"),
    ("a#b", "not every file system"),
    ("a%b", "not every file system"),
    ("a{b", "not every file system"),
    ("a}b", "not every file system"),
    ("a^b", "not every file system"),
    ("a~b", "not every file system"),
    ("a[b", "not every file system"),
    ("a]b", "not every file system"),
    ("a`b", "not every file system"),
    (" menu", "begins with white space"),
    ("\u{3000}menu", "begins with white space"),
    ("menu ", "ends with white space"),
    ("menu\u{a0}", "ends with white space"),
    (".menu", "begins with a dot"),
    ("..", "begins with a dot"),
    ("menu.", "ends with a dot"),
    // "é" as "e" and a combining accent: macOS would find it under another name.
    ("cafe\u{301}", "normalization form C"),
    // Hangul in pieces.
    ("\u{1112}\u{1161}\u{11ab}", "normalization form C"),
    ("con", "device name"),
    ("PRN", "device name"),
    ("Aux", "device name"),
    ("nul", "device name"),
    ("conin$", "device name"),
    ("CONOUT$", "device name"),
    ("com0", "device name"),
    ("COM9", "device name"),
    ("lpt1", "device name"),
    ("com¹", "device name"),
    ("LPT²", "device name"),
    ("lpt³", "device name"),
    ("con.txt", "device name"),
    ("nul.tar.gz", "device name"),
    ("con .txt", "device name"),
    ("menu.png", "ends with .png"),
    ("menu.PNG", "ends with .png"),
    ("menu.pNg", "ends with .png"),
];

const TAKEN: &[&str] = &[
    "menu",
    "a",
    "Menu of 2026, page 1 (draft)",
    "v1.2.3",
    "menu.svg",
    "png",
    "menupng",
    "caf\u{e9}",
    "お品書き",
    "📱",
    "console",
    "con-1",
    "com",
    "com10",
    "comx",
    "lpt",
    "my.con",
    "aux2",
    "$!&'()+,-;=@_",
];

#[test]
fn a_name_that_some_file_system_refuses_is_refused_with_the_rule_it_breaks() {
    for (name, rule) in REFUSED {
        let problem = filename::check(name).expect_err(name);
        assert_eq!(
            problem.known_code(),
            Some(Code::FilenameInvalid),
            "{name:?}"
        );
        assert_eq!(problem.field.as_deref(), Some("filename"));
        assert!(
            problem.detail.contains(rule),
            "{name:?}: {}",
            problem.detail
        );
    }
}

#[test]
fn a_name_that_every_file_system_takes_is_taken() {
    for name in TAKEN {
        assert_eq!(filename::check(name), Ok(()), "{name:?}");
    }
}

#[test]
fn the_length_counts_bytes_of_utf_8() {
    let longest = "é".repeat(limits::FILENAME_BYTES / 2);
    assert_eq!(filename::check(&longest), Ok(()));
    let problem = filename::check(&(longest + "x")).unwrap_err();
    assert!(problem.detail.contains("more than 200 bytes"));
    assert_eq!((problem.limit, problem.actual), (Some(200), Some(201)));
}

#[test]
fn a_prefix_may_end_where_a_name_may_not() {
    for prefix in ["menu ", "menu.", "con", "lpt1", "menu.png", "m"] {
        assert_eq!(filename::check_prefix(prefix), Ok(()), "{prefix:?}");
    }
}

#[test]
fn a_prefix_that_no_name_starts_with_is_refused() {
    for prefix in ["", ".", " m", "a/", "a\u{1}", "e\u{301}", &"x".repeat(201)] {
        let problem = filename::check_prefix(prefix).expect_err(prefix);
        assert_eq!(problem.known_code(), Some(Code::FilenameInvalid));
        assert_eq!(problem.field.as_deref(), Some("prefix"));
    }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn every_beginning_of_a_name_is_a_prefix(name in "\\PC{1,12}") {
        prop_assume!(filename::check(&name).is_ok());
        for (end, _) in name.char_indices().skip(1) {
            prop_assert_eq!(filename::check_prefix(&name[..end]), Ok(()));
        }
    }

    #[test]
    fn checking_never_panics(name in any::<String>()) {
        let _ = filename::check(&name);
        let _ = filename::check_prefix(&name);
    }
}
