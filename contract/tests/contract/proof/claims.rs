//! What the claims must say: this method, this URL, this moment, this body.

use qrgen_contract::Code;
use qrgen_contract::proof::body_digest;
use serde_json::json;

use super::{BODY, NOW, URL, check, check_at, claims, code, header, proof, with};

#[test]
fn a_proof_for_another_method_is_refused() {
    for method in ["GET", "post", "POST ", ""] {
        let proof = proof(&header(), &with(claims(), "htm", json!(method)));
        assert_eq!(code(check(&proof)), Some(Code::ProofMethodMismatch));
    }
}

#[test]
fn a_proof_for_another_url_is_refused() {
    for url in [
        "https://evil.example/v1/qr",
        "http://qr.example/v1/qr",
        "https://qr.example:8443/v1/qr",
        "https://qr.example/v1/QR",
        "https://qr.example/v1/qr/",
        "https://qr.example/v1",
        "https://user@qr.example/v1/qr",
        "/v1/qr",
        "qr.example/v1/qr",
        "",
    ] {
        let proof = proof(&header(), &with(claims(), "htu", json!(url)));
        assert_eq!(code(check(&proof)), Some(Code::ProofUrlMismatch), "{url}");
    }
}

/// RFC 9449, clause 4.3: query and fragment do not count, and the spelling of a URL does not either.
#[test]
fn a_proof_may_spell_the_url_in_any_equivalent_way() {
    for url in [
        "https://qr.example/v1/qr",
        "HTTPS://QR.Example:443/v1/./x/../qr",
        "https://qr.example/%76%31/qr?a=b#c",
        "http://127.0.0.1:8787/v1/qr",
    ] {
        let proof = proof(&header(), &with(claims(), "htu", json!(url)));
        assert!(check(&proof).is_ok(), "{url}");
    }
}

#[test]
fn the_age_of_a_proof_is_held_to_the_skew_and_answered_with_the_servers_time() {
    let proof = proof(&header(), &claims());
    for (now, refusal) in [
        (NOW - 301, Some(Code::ProofNotYetValid)),
        (NOW - 300, None),
        (NOW, None),
        (NOW + 300, None),
        (NOW + 301, Some(Code::ProofExpired)),
    ] {
        match (check_at(&proof, now), refusal) {
            (Ok(_), None) => {}
            (Err(problem), Some(code)) => {
                assert_eq!(problem.known_code(), Some(code));
                let expected = if now > NOW {
                    "2026-01-15T09:35:01Z"
                } else {
                    "2026-01-15T09:24:59Z"
                };
                assert_eq!(problem.server_time.as_deref(), Some(expected));
            }
            (result, _) => panic!("at {now}: {result:?}"),
        }
    }
}

#[test]
fn a_time_at_the_edge_of_what_a_number_holds_is_no_accident() {
    for (issued_at, refusal) in [
        (json!(i64::MAX), Code::ProofNotYetValid),
        (json!(i64::MIN), Code::ProofExpired),
        (json!(u64::MAX), Code::ProofMalformed),
        (json!(1e300), Code::ProofMalformed),
    ] {
        let proof = proof(&header(), &with(claims(), "iat", issued_at));
        for now in [NOW, 0, -1, i64::MAX / 2] {
            assert_eq!(code(check_at(&proof, now)), Some(refusal));
        }
    }
}

#[test]
fn a_proof_for_another_body_is_refused() {
    for digest in [
        body_digest(b"{} "),
        String::new(),
        body_digest(BODY).replace("sha-256", "SHA-256"),
        body_digest(BODY).replace("sha-256=:", "sha-512=:"),
        body_digest(BODY).replace('=', ""),
        body_digest(BODY) + ", " + &body_digest(b"{} "),
    ] {
        let proof = proof(&header(), &with(claims(), "digest", json!(digest)));
        assert_eq!(
            code(check(&proof)),
            Some(Code::ProofDigestMismatch),
            "{digest}"
        );
    }
}

#[test]
fn claims_that_are_missing_or_of_another_type_are_malformed() {
    for (name, value) in [
        ("htm", json!(null)),
        ("htu", json!(null)),
        ("iat", json!(null)),
        ("jti", json!(null)),
        ("digest", json!(null)),
        ("htm", json!(1)),
        ("htu", json!([URL])),
        ("iat", json!(NOW.to_string())),
        ("iat", json!(1.5)),
        ("jti", json!(7)),
        ("jti", json!("")),
        ("jti", json!("x".repeat(129))),
        ("digest", json!(true)),
    ] {
        let problem = check(&proof(&header(), &with(claims(), name, value))).unwrap_err();
        assert_eq!(problem.known_code(), Some(Code::ProofMalformed));
        assert!(problem.detail.contains(name), "{}", problem.detail);
    }
}
