//! The normal form of a URL (RFC 9449, clause 4.3; RFC 3986, clauses 6.2.2 and 6.2.3).

use proptest::prelude::*;
use qrgen_contract::Code;
use qrgen_contract::proof::{endpoint_url, normalize_url};

use crate::support::seeded;

#[test]
fn equivalent_urls_have_one_normal_form() {
    for (url, normal) in [
        ("https://qr.example/v1/qr", "https://qr.example/v1/qr"),
        // Scheme and host in lower case.
        ("HTTPS://QR.Example/v1/qr", "https://qr.example/v1/qr"),
        ("https://qr.example/V1/QR", "https://qr.example/V1/QR"),
        // The default port goes, another stays.
        ("https://qr.example:443/v1/qr", "https://qr.example/v1/qr"),
        ("http://qr.example:80/v1/qr", "http://qr.example/v1/qr"),
        ("http://127.0.0.1:8787/v1/qr", "http://127.0.0.1:8787/v1/qr"),
        ("http://[::1]:8787/v1/qr", "http://[::1]:8787/v1/qr"),
        ("https://qr.example:80/", "https://qr.example:80/"),
        // Query and fragment go.
        ("https://qr.example/v1/qr?a=b#c", "https://qr.example/v1/qr"),
        ("https://qr.example/v1/qr?", "https://qr.example/v1/qr"),
        // An empty path is the root.
        ("https://qr.example", "https://qr.example/"),
        ("https://qr.example?a", "https://qr.example/"),
        // Dot segments, written openly or not.
        (
            "https://qr.example/a/./../v1/qr",
            "https://qr.example/v1/qr",
        ),
        (
            "https://qr.example/a/%2e%2E/v1/qr",
            "https://qr.example/v1/qr",
        ),
        ("https://qr.example/../../v1/qr", "https://qr.example/v1/qr"),
        // Escapes: unreserved characters are decoded, the others in upper case.
        (
            "https://qr.example/%7euser/%41%2d%2E%5f",
            "https://qr.example/~user/A-._",
        ),
        (
            "https://qr.example/a%2fb%c3%a9",
            "https://qr.example/a%2Fb%C3%A9",
        ),
        ("https://qr.example/é", "https://qr.example/%C3%A9"),
        (
            "https://qr.example/100%/%zz%4",
            "https://qr.example/100%/%zz%4",
        ),
        // What an escape decodes to is not decoded again.
        ("https://qr.example/%2541", "https://qr.example/%2541"),
        // An international host.
        ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
    ] {
        assert_eq!(normalize_url(url).unwrap(), normal, "{url}");
    }
}

#[test]
fn an_endpoint_is_named_by_its_base_or_by_itself() {
    for base in [
        "https://QR.example",
        "https://qr.example:443/",
        "https://qr.example/v1/qr",
        "https://qr.example/v1/qr/",
    ] {
        assert_eq!(
            endpoint_url(base).unwrap(),
            "https://qr.example/v1/qr",
            "{base}"
        );
    }
    assert!(endpoint_url("qr.example").is_err());
}

#[test]
fn what_is_no_url_of_an_endpoint_is_refused() {
    for url in [
        "",
        "/v1/qr",
        "qr.example/v1/qr",
        "//qr.example/v1/qr",
        "ftp://qr.example/",
        "file:///v1/qr",
        "data:text/plain,x",
        "https://",
        "https://user@qr.example/",
        "https://:password@qr.example/",
        "https://qr.example:99999/",
    ] {
        let problem = normalize_url(url).expect_err(url);
        assert_eq!(problem.known_code(), Some(Code::ProofUrlMismatch), "{url}");
    }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn the_normal_form_is_normal(path in "[a-zA-Z0-9%./~é?#-]{0,40}") {
        let normal = normalize_url(&format!("https://qr.example/{path}")).unwrap();
        prop_assert_eq!(normalize_url(&normal).unwrap(), normal);
    }

    #[test]
    fn normalising_an_arbitrary_string_never_panics(url in any::<String>()) {
        let _ = normalize_url(&url);
    }
}
