//! What `describe` says is what `encode` does.

use qrgen_engine::{
    Change, Description, EncodeError, EncodeOptions, ErrorCorrection, Mode, Version, describe,
    encode,
};

use crate::support::hard_set::{Payload, cases};

const MEDIUM: EncodeOptions = EncodeOptions {
    error_correction: ErrorCorrection::M,
    boost: false,
};

/// The texts of the hard set that fit, with the options they are asked for, and some URLs.
fn texts() -> impl Iterator<Item = (String, EncodeOptions)> {
    let urls = (1..60).map(|length| {
        (
            format!("https://www.example-host.com/{}", "m".repeat(length)),
            MEDIUM,
        )
    });
    urls.chain(hard_set_texts())
}

fn hard_set_texts() -> impl Iterator<Item = (String, EncodeOptions)> {
    cases()
        .into_iter()
        .filter(|case| case.fits)
        .filter_map(|case| match case.payload {
            Payload::Text(text) => {
                let boost = text.len() % 2 == 0;
                Some((
                    text,
                    EncodeOptions {
                        error_correction: case.level,
                        boost,
                    },
                ))
            }
            Payload::Binary(_) => None,
        })
}

fn version_of(text: &str, options: EncodeOptions) -> Option<Version> {
    encode(text, &options).ok().map(|symbol| symbol.version())
}

#[test]
fn the_symbol_is_the_one_that_encode_makes() {
    for (text, options) in texts() {
        let symbol = encode(&text, &options).unwrap();
        let description = describe(&text, &options).unwrap();
        assert_eq!(description.version, symbol.version());
        assert_eq!(description.error_correction, symbol.error_correction());
        assert_eq!(description.mask, symbol.mask());
    }
}

#[test]
fn the_segments_are_those_in_the_symbol() {
    for (text, options) in texts() {
        let symbol = encode(&text, &options).unwrap();
        let read = qrgen_engine::read_matrix(&symbol).unwrap().segments;
        let description = describe(&text, &options).unwrap();
        let described = description
            .segments
            .iter()
            .map(|segment| (segment.mode, segment.characters));
        assert!(
            described.eq(read
                .iter()
                .map(|segment| (segment.mode, segment.characters))),
            "{text}"
        );
    }
}

#[test]
fn bits_are_those_of_the_standard() {
    // 7.4.2 to 7.4.6: indicator, count or designator; then three digits in 10 bits, two
    // characters in 11, bytes, Kanji.
    let description = describe("注文番号12345678901234567890東京ABCDEFGHIJK様", &MEDIUM).unwrap();
    let bits_of = |description: &Description| -> Vec<_> {
        let segments = description.segments.iter();
        segments
            .map(|part| (part.mode, part.characters, part.header_bits, part.data_bits))
            .collect()
    };
    let expected = [
        (Mode::Kanji, 4, 4 + 8, 52),
        (Mode::Numeric, 20, 4 + 10, 67),
        (Mode::Kanji, 2, 4 + 8, 26),
        (Mode::Alphanumeric, 11, 4 + 9, 61),
        (Mode::Kanji, 1, 4 + 8, 13),
    ];
    assert_eq!(bits_of(&description), expected);
    assert_eq!(description.used_bits, 282);
    assert_eq!(description.capacity_bits, 352);
    assert_eq!(description.free_bits(), 70);

    let description = describe("Grüße", &MEDIUM).unwrap();
    let expected = [(Mode::Eci, 0, 4 + 8, 0), (Mode::Byte, 7, 4 + 8, 56)];
    assert_eq!(bits_of(&description), expected);
}

#[test]
fn the_room_is_exact() {
    for (text, options) in texts() {
        let description = describe(&text, &options).unwrap();
        let (version, error_correction) = (description.version, description.error_correction);
        let fits = |character: &str, count: usize| {
            let longer = format!("{text}{}", character.repeat(count));
            let options = EncodeOptions {
                error_correction,
                boost: false,
            };
            version_of(&longer, options) == Some(version)
        };
        let room = description.room;
        let classes = [
            ("0", room.numeric),
            ("A", room.alphanumeric),
            ("a", room.byte),
        ];
        for (character, count) in classes {
            assert!(fits(character, count), "{count} {character} after {text:?}");
            assert!(
                !fits(character, count + 1),
                "{count} + 1 {character} after {text:?}"
            );
        }
    }
}

#[test]
fn every_hint_holds_and_asks_for_no_more_than_it_must() {
    let mut seen = [0; 3];
    for (text, options) in texts() {
        let description = describe(&text, &options).unwrap();
        for hint in description.hints {
            assert!(hint.version < description.version, "{text:?}");
            let version = Some(hint.version);
            match hint.change {
                Change::UpperCaseHost { start } => {
                    let changed = format!("{start}{}", &text[start.len()..]);
                    assert!(changed.eq_ignore_ascii_case(&text));
                    assert_eq!(version_of(&changed, options), version, "{text:?}");
                    seen[0] += 1;
                }
                Change::LowerLevel { error_correction } => {
                    let lower = EncodeOptions {
                        error_correction,
                        ..options
                    };
                    assert!(error_correction < options.error_correction);
                    assert_eq!(version_of(&text, lower), version, "{text:?}");
                    let between = ErrorCorrection::ALL.into_iter().filter(|level| {
                        (error_correction < *level) && *level < options.error_correction
                    });
                    for error_correction in between {
                        let lower = EncodeOptions {
                            error_correction,
                            ..options
                        };
                        assert_eq!(version_of(&text, lower), Some(description.version));
                    }
                    seen[1] += 1;
                }
                Change::DropCharacters { count } => {
                    let keep = text.chars().count() - count;
                    let shorter: String = text.chars().take(keep).collect();
                    let longer: String = text.chars().take(keep + 1).collect();
                    assert_eq!(version_of(&shorter, options), version, "{text:?}");
                    assert_eq!(
                        version_of(&longer, options),
                        Some(description.version),
                        "{text:?}"
                    );
                    seen[2] += 1;
                }
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

/// A version above 1 is left by some shorter text, if only the empty one.
#[test]
fn there_is_a_hint_unless_the_symbol_is_the_smallest() {
    for (text, options) in texts() {
        let description = describe(&text, &options).unwrap();
        assert_eq!(
            description.hints.is_empty(),
            description.version == Version::MIN,
            "{text:?}"
        );
    }
}

#[test]
fn only_scheme_and_host_of_a_url_may_change_case() {
    let table = [
        (
            "https://www.example-host.com",
            Some("HTTPS://WWW.EXAMPLE-HOST.COM"),
        ),
        (
            "https://www.example-host.com/a",
            Some("HTTPS://WWW.EXAMPLE-HOST.COM"),
        ),
        (
            "https://www.example-host.com:80?a",
            Some("HTTPS://WWW.EXAMPLE-HOST.COM:80"),
        ),
        (
            "web+app://www.example-host.com#a",
            Some("WEB+APP://WWW.EXAMPLE-HOST.COM"),
        ),
        (
            "https://Me:Secret@www.example-long-host.com",
            Some("HTTPS://Me:Secret@WWW.EXAMPLE-LONG-HOST.COM"),
        ),
        // Nothing to gain.
        ("HTTPS://WWW.EXAMPLE-HOST.COM/abcdefghij", None),
        // No URL, or none with a host.
        ("mailto:somebody@www.example-host.com", None),
        ("see https://www.example-host.com", None),
        ("://www.example-host.com/abcdef", None),
        ("1https://www.example-host.com", None),
    ];
    for (text, expected) in table {
        let hints = describe(text, &MEDIUM).unwrap().hints;
        let start = hints.iter().find_map(|hint| match &hint.change {
            Change::UpperCaseHost { start } => Some(start.as_str()),
            _ => None,
        });
        assert_eq!(start, expected, "{text}");
    }
}

#[test]
fn the_text_for_people() {
    let table = [
        (
            "https://example.com",
            "\
version 2-M, 25 x 25 modules, mask 1
164 of 224 bits used, 60 free
  byte           19 bytes, 12 + 152 bits
room for another 13 numeric, 8 alphanumeric or 7 byte characters
smaller: version 1 with scheme and host in upper case, HTTPS://EXAMPLE.COM (they ignore case, RFC 3986 6.2.2.1; the rest need not)
smaller: version 1 without the last 5 characters
",
        ),
        (
            "東京 2024-05-17 18:30",
            "\
version 2-M, 25 x 25 modules, mask 6
145 of 224 bits used, 79 free
  kanji           2 characters, 12 + 26 bits
  alphanumeric   17 characters, 13 + 94 bits
room for another 20 numeric, 14 alphanumeric or 8 byte characters
smaller: version 1 at error correction L
smaller: version 1 without the last 3 characters
",
        ),
        (
            "Grüße",
            "\
version 1-M, 21 x 21 modules, mask 2
80 of 128 bits used, 48 free
  eci               UTF-8, 12 bits
  byte            7 bytes, 12 + 56 bits
room for another 10 numeric, 6 alphanumeric or 6 byte characters
",
        ),
        (
            "7",
            "\
version 1-M, 21 x 21 modules, mask 2
18 of 128 bits used, 110 free
  numeric         1 characters, 14 + 4 bits
room for another 33 numeric, 19 alphanumeric or 13 byte characters
",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(describe(text, &MEDIUM).unwrap().to_string(), expected);
    }
}

#[test]
fn what_does_not_fit_is_the_error_of_encode() {
    let text = "a".repeat(3000);
    let error = describe(&text, &MEDIUM).unwrap_err();
    assert_eq!(Err(error), encode(&text, &MEDIUM));
    assert!(matches!(
        error,
        EncodeError::TooLong {
            needed_bits: 24_020,
            ..
        }
    ));
}
