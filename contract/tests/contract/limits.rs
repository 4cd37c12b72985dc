//! Limits and codes as they are printed and read back.

use std::collections::HashSet;

use qrgen_contract::{Code, UnknownCode, limits};

#[test]
fn a_limit_is_printed_as_one_number_or_as_a_range() {
    let value = |name| {
        limits::ALL
            .iter()
            .find(|limit| limit.name == name)
            .unwrap()
            .value()
    };
    assert_eq!(value("body"), "16384");
    assert_eq!(value("scale"), "1 to 64");
    assert_eq!(value("quiet-zone"), "0 to 16");
}

#[test]
fn the_help_of_a_code_names_the_limit_as_it_is() {
    for (code, limit) in [
        (Code::ScaleOutOfRange, "scale"),
        (Code::QuietZoneOutOfRange, "quiet-zone"),
        (Code::LimitOutOfRange, "page-images"),
        (Code::LimitOutOfRange, "listing-images"),
    ] {
        let limit = limits::ALL
            .iter()
            .find(|known| known.name == limit)
            .unwrap();
        assert!(code.help().contains(&limit.value()), "{code}");
    }
}

#[test]
fn every_limit_has_a_name_of_its_own() {
    let names: HashSet<_> = limits::ALL.iter().map(|limit| limit.name).collect();
    assert_eq!(names.len(), limits::ALL.len());
}

#[test]
fn a_code_is_read_back_from_its_text_and_from_nothing_else() {
    for &code in Code::ALL {
        assert_eq!(code.as_str().parse(), Ok(code));
        let json = format!("\"{code}\"");
        assert_eq!(serde_json::to_string(&code).unwrap(), json);
        assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), code);
    }
    for text in ["", "TEXT_TOO_LONG", "text_too_long ", "unheard_of"] {
        assert_eq!(text.parse::<Code>(), Err(UnknownCode));
    }
}

#[test]
fn every_code_has_a_text_of_its_own_and_a_status_of_http() {
    let texts: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(texts.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!((400..=599).contains(&code.status()), "{code}");
        assert!(
            !code.title().ends_with('.') && code.help().ends_with('.'),
            "{code}"
        );
    }
}

/// RFC 9110: only what the server or the moment is to blame for may be tried again.
#[test]
fn no_refusal_of_the_request_itself_is_retryable() {
    for code in Code::ALL {
        assert_eq!(
            code.is_retryable(),
            matches!(code.status(), 429 | 503 | 504),
            "{code}"
        );
    }
}
