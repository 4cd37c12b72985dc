//! What a proof looks like, and that nothing else breaks the reader or leaks into a message.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use proptest::prelude::*;
use qrgen_contract::Code;
use serde_json::json;

use super::{check, claims, code, header, jwk, proof, signing_input, with, with_jwk};
use crate::support::{RFC7515_X, RFC7515_Y, seeded, sign};

#[test]
fn a_header_that_is_no_proofs_is_malformed() {
    for header in [
        with(header(), "typ", json!("JWT")),
        with(header(), "typ", json!("DPOP+JWT")),
        with(header(), "typ", json!(null)),
        with(header(), "alg", json!(null)),
        with(header(), "alg", json!(["ES256"])),
        with(header(), "jwk", json!(null)),
        with(
            header(),
            "jwk",
            json!(["EC", "P-256", RFC7515_X, RFC7515_Y]),
        ),
        // RFC 7515, clause 4.1.11: a parameter that must be understood, and is not.
        with(header(), "crit", json!(["b64"])),
        with(header(), "crit", json!([])),
        json!(["dpop+jwt", "ES256", jwk()]),
        json!("dpop+jwt"),
    ] {
        assert_eq!(
            code(check(&proof(&header, &claims()))),
            Some(Code::ProofMalformed),
            "{header}"
        );
    }
}

/// RFC 7515, clause 4: parameters that are not understood are passed over.
#[test]
fn a_header_may_say_more_than_it_must() {
    let header = with(with_jwk("use", json!("sig")), "kid", json!("1"));
    assert!(check(&proof(&header, &with(claims(), "nonce", json!("n")))).is_ok());
}

#[test]
fn what_is_no_jwt_of_three_parts_is_malformed() {
    let honest = proof(&header(), &claims());
    let (two_parts, signature) = honest.rsplit_once('.').unwrap();
    let (first, second) = two_parts.split_once('.').unwrap();
    for proof in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        two_parts.to_owned(),
        format!("{honest}."),
        format!("{honest}.{signature}"),
        format!(".{honest}"),
        format!(" {honest}"),
        format!("{honest}\n"),
        format!("{honest}="),
        format!("DPoP {honest}"),
        format!("{honest},{honest}"),
        format!("{first}=.{second}.{signature}"),
        // A character of the other base64 alphabet (RFC 4648, 4).
        format!("{first}.{second}.+{}", &signature[1..]),
        signing_input("{", &claims().to_string()) + ".",
        signing_input("[1]", "1") + ".",
        // The claims are read only when the signature holds.
        {
            let input = signing_input(&header().to_string(), "no json");
            format!(
                "{input}.{}",
                BASE64URL.encode_to_string(sign(input.as_bytes()))
            )
        },
    ] {
        assert_eq!(code(check(&proof)), Some(Code::ProofMalformed), "{proof}");
    }
}

#[test]
fn a_proof_longer_than_its_limit_is_not_looked_at() {
    let long = with(claims(), "padding", json!("x".repeat(4_096)));
    let problem = check(&proof(&header(), &long)).unwrap_err();
    assert_eq!(problem.known_code(), Some(Code::ProofMalformed));
    assert_eq!(problem.limit, Some(4_096));
}

#[test]
fn a_refusal_never_holds_a_part_of_the_proof() {
    const SECRET: &str = "planted-secret";
    for (header, claims) in [
        (with(header(), "typ", json!(SECRET)), claims()),
        (with(header(), "alg", json!(SECRET)), claims()),
        (with_jwk("crv", json!(SECRET)), claims()),
        (with_jwk("x", json!(SECRET)), claims()),
        (header(), with(claims(), "htm", json!(SECRET))),
        (header(), with(claims(), "htu", json!(SECRET))),
        (header(), with(claims(), "iat", json!(SECRET))),
        (header(), with(claims(), "jti", json!(SECRET.repeat(20)))),
        (header(), with(claims(), "digest", json!(SECRET))),
    ] {
        let problem = check(&proof(&header, &claims)).unwrap_err();
        assert!(
            !String::from_utf8(problem.to_json())
                .unwrap()
                .contains(SECRET),
            "{problem}"
        );
    }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn verifying_an_arbitrary_string_never_panics(proof in any::<String>()) {
        prop_assert!(check(&proof).is_err());
    }

    #[test]
    fn verifying_three_arbitrary_parts_never_panics(
        header in any::<String>(), claims in any::<String>(), signature in any::<Vec<u8>>(),
    ) {
        let signature = BASE64URL.encode_to_string(signature);
        let proof = format!("{}.{signature}", signing_input(&header, &claims));
        prop_assert!(check(&proof).is_err());
    }
}
