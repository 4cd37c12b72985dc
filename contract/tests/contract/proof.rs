//! The device's proof: known answers from outside, every way to forge one, and what is taken.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use proptest::prelude::*;
use qrgen_contract::proof::{Expected, SignatureError, Unsigned, body_digest, verify};
use qrgen_contract::{Code, DeviceId, Problem};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use ring::{hmac, signature};
use serde_json::{Value, json};

use crate::support::{
    DEVICE, RFC7515_X, RFC7515_Y, device_point, golden_proof, point, seeded, sign,
};

const URL: &str = "https://qr.example/v1/qr";
const BODY: &[u8] = b"{}";
const NOW: i64 = 1_768_469_400; // 2026-01-15T09:30:00Z

fn check_at(proof: &str, now_unix_seconds: i64) -> Result<DeviceId, Problem> {
    let urls = ["http://127.0.0.1:8787/v1/qr".to_owned(), URL.to_owned()];
    verify(
        proof,
        &Expected {
            method: "POST",
            urls: &urls,
            body: BODY,
            now_unix_seconds,
            skew_seconds: 300,
        },
    )
}

fn check(proof: &str) -> Result<DeviceId, Problem> {
    check_at(proof, NOW)
}

fn code(result: Result<DeviceId, Problem>) -> Option<Code> {
    result.unwrap_err().known_code()
}

fn header() -> Value {
    json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk() })
}

fn jwk() -> Value {
    json!({ "kty": "EC", "crv": "P-256", "x": RFC7515_X, "y": RFC7515_Y })
}

fn claims() -> Value {
    json!({ "htm": "POST", "htu": URL, "iat": NOW, "jti": "1", "digest": body_digest(BODY) })
}

/// `header` and `claims` as they are signed.
fn signing_input(header: &str, claims: &str) -> String {
    format!(
        "{}.{}",
        BASE64URL.encode_to_string(header),
        BASE64URL.encode_to_string(claims)
    )
}

/// A proof of any header and claims, with the signature that `sign` makes.
fn proof_with(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let input = signing_input(&header.to_string(), &claims.to_string());
    let signature = BASE64URL.encode_to_string(sign(input.as_bytes()));
    format!("{input}.{signature}")
}

/// A proof of any header and claims, signed by the device.
fn proof(header: &Value, claims: &Value) -> String {
    proof_with(header, claims, |input| sign(input).to_vec())
}

/// The honest header or claims with one member changed, or removed by `null`.
fn with(mut object: Value, name: &str, value: Value) -> Value {
    let members = object.as_object_mut().unwrap();
    if value.is_null() {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), value);
    }
    object
}

fn with_jwk(name: &str, value: Value) -> Value {
    with(header(), "jwk", with(jwk(), name, value))
}

#[test]
fn an_honest_proof_names_its_device() {
    assert_eq!(
        check(&proof(&header(), &claims())).unwrap().as_str(),
        DEVICE
    );
}

/// RFC 9449, clause 6.1: the thumbprint of the key of its examples.
#[test]
fn the_device_id_is_the_thumbprint_of_the_rfc() {
    let rfc9449 = point(
        "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
        "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
    );
    assert_eq!(
        DeviceId::of(&rfc9449).as_str(),
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
    );
    assert_eq!(DeviceId::of(&device_point()).as_str(), DEVICE);
}

/// RFC 9449, figure 2: its signature holds, so the first thing that is wrong is our own claim, which
/// it does not have.
#[test]
fn the_example_of_the_rfc_lacks_the_digest_only() {
    const EXAMPLE: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6Ik\
        VDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX2\
        82NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY\
        2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxN\
        TYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV3\
        7xRZT3Lg";
    let problem = check(EXAMPLE).unwrap_err();
    assert_eq!(problem.detail, "the proof has no digest, a string");
}

/// The golden proof was made with Python's `cryptography`, not with this crate.
#[test]
fn the_golden_proof_is_taken_and_made_again() {
    let golden = golden_proof();
    let text = |name: &str| golden[name].as_str().unwrap();
    let (url, body) = (text("url"), text("body").as_bytes());
    let issued_at = golden["issuedAt"].as_i64().unwrap();

    let expected = Expected {
        method: text("method"),
        urls: &[url.to_owned()],
        body,
        now_unix_seconds: issued_at,
        skew_seconds: 0,
    };
    assert_eq!(
        verify(text("proof"), &expected).unwrap().as_str(),
        text("deviceId")
    );
    assert_eq!(body_digest(body), text("digest"));

    let point = BASE64URL
        .decode_to_vec(text("publicPoint"))
        .unwrap()
        .try_into()
        .unwrap();
    let unsigned = Unsigned::new(&point, text("method"), url, body, issued_at, text("jti"));
    let der = BASE64URL.decode_to_vec(text("derSignature")).unwrap();
    assert_eq!(unsigned.with_der_signature(&der).unwrap(), text("proof"));
}

#[test]
fn what_a_client_builds_the_service_takes() {
    // A quotation mark in the identifier must not end the string.
    for jti in ["1", "\"},", &"é".repeat(128)] {
        let unsigned = Unsigned::new(&device_point(), "POST", URL, BODY, NOW, jti);
        let signature = sign(unsigned.signing_input());
        let proof = unsigned.with_fixed_signature(&signature);
        assert_eq!(check(&proof).unwrap().as_str(), DEVICE);
    }
}

#[test]
fn an_algorithm_other_than_es256_is_refused() {
    for algorithm in [
        "none", "None", "", "es256", "ES384", "ES256K", "RS256", "PS256", "EdDSA", "HS256",
    ] {
        let header = with(header(), "alg", json!(algorithm));
        assert_eq!(
            code(check(&proof(&header, &claims()))),
            Some(Code::ProofAlgorithmUnsupported)
        );
    }
}

#[test]
fn an_unsigned_proof_is_refused_by_its_algorithm() {
    let header = with(header(), "alg", json!("none"));
    assert_eq!(
        code(check(&proof_with(&header, &claims(), |_| Vec::new()))),
        Some(Code::ProofAlgorithmUnsupported)
    );
}

/// The classic confusion: the public key as the secret of a MAC.
#[test]
fn a_mac_with_the_public_key_as_secret_is_refused() {
    let mac = |input: &[u8]| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &device_point());
        hmac::sign(&key, input).as_ref().to_vec()
    };
    let hs256 = with(header(), "alg", json!("HS256"));
    assert_eq!(
        code(check(&proof_with(&hs256, &claims(), mac))),
        Some(Code::ProofAlgorithmUnsupported)
    );
    // And the same bytes under the name of the right algorithm.
    assert_eq!(
        code(check(&proof_with(&header(), &claims(), mac))),
        Some(Code::ProofSignatureInvalid)
    );
}

/// A key on P-384 with its own valid signature, under its own algorithm and under ours.
#[test]
fn a_key_of_another_curve_is_refused() {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, pkcs8.as_ref(), &random)
        .unwrap();
    let (x, y) = key.public_key().as_ref()[1..].split_at(48);
    let jwk = json!({
        "kty": "EC",
        "crv": "P-384",
        "x": BASE64URL.encode_to_string(x),
        "y": BASE64URL.encode_to_string(y),
    });
    let sign = |input: &[u8]| key.sign(&random, input).unwrap().as_ref().to_vec();
    for (algorithm, refusal) in [
        ("ES384", Code::ProofAlgorithmUnsupported),
        ("ES256", Code::ProofKeyUnsupported),
    ] {
        let header = json!({ "typ": "dpop+jwt", "alg": algorithm, "jwk": jwk });
        assert_eq!(
            code(check(&proof_with(&header, &claims(), sign))),
            Some(refusal)
        );
    }
}

#[test]
fn a_key_of_another_kind_is_refused() {
    for (name, value) in [
        ("kty", json!("RSA")),
        ("kty", json!("OKP")),
        ("kty", json!("oct")),
        ("kty", json!("ec")),
        ("kty", json!(null)),
        ("crv", json!("secp256k1")),
        ("crv", json!("P-521")),
        ("crv", json!(256)),
        ("crv", json!(null)),
    ] {
        let proof = proof(&with_jwk(name, value), &claims());
        assert_eq!(
            code(check(&proof)),
            Some(Code::ProofKeyUnsupported),
            "{name}"
        );
    }
}

#[test]
fn a_point_that_is_not_on_the_curve_is_refused_as_a_key() {
    let zero = BASE64URL.encode_to_string([0; 32]);
    let one_more = {
        let mut y = BASE64URL.decode_to_vec(RFC7515_Y).unwrap();
        y[31] ^= 1;
        BASE64URL.encode_to_string(y)
    };
    // The field's prime is smaller than 2^256 - 1.
    let beyond_the_field = BASE64URL.encode_to_string([0xff; 32]);
    for (x, y) in [
        (RFC7515_X, one_more.as_str()),
        (RFC7515_Y, RFC7515_X),
        (&zero, &zero),
        (&beyond_the_field, RFC7515_Y),
    ] {
        let header = with(
            header(),
            "jwk",
            json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }),
        );
        assert_eq!(
            code(check(&proof(&header, &claims()))),
            Some(Code::ProofKeyInvalid)
        );
    }
}

#[test]
fn a_coordinate_that_has_not_its_full_size_is_refused_as_a_key() {
    let short = BASE64URL.encode_to_string([1; 31]);
    let long = BASE64URL.encode_to_string([0; 33]);
    // 43 characters encode 32 bytes and two bits more, which must be zero.
    let other_spelling = RFC7515_X.replace("VEU", "VEV");
    let padded = format!("{RFC7515_X}=");
    for x in [
        json!(short),
        json!(long),
        json!(other_spelling),
        json!(padded),
        json!(""),
        json!(1),
        json!(null),
    ] {
        let proof = proof(&with_jwk("x", x.clone()), &claims());
        assert_eq!(code(check(&proof)), Some(Code::ProofKeyInvalid), "{x}");
    }
}

#[test]
fn a_key_with_a_private_part_is_refused_whatever_else_is_wrong() {
    for jwk in [
        with(
            jwk(),
            "d",
            json!("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"),
        ),
        with(jwk(), "d", json!({})),
        json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB", "d": "AQAB" }),
        json!({ "kty": "oct", "k": "c2VjcmV0" }),
    ] {
        let header = with(header(), "jwk", jwk);
        let problem = check(&proof(&header, &claims())).unwrap_err();
        assert_eq!(problem.known_code(), Some(Code::ProofKeyPrivate));
        assert!(!problem.detail.contains("jpsQ"));
    }
}

#[test]
fn a_signature_that_is_not_the_keys_over_these_bytes_is_refused() {
    let other_claims = signing_input(
        &header().to_string(),
        &with(claims(), "iat", json!(NOW - 1)).to_string(),
    );
    let signatures: [Vec<u8>; 6] = [
        sign(other_claims.as_bytes()).to_vec(),
        vec![0; 64],
        vec![0xff; 64],
        Vec::new(),
        vec![1; 63],
        vec![1; 65],
    ];
    for signature in signatures {
        let proof = proof_with(&header(), &claims(), |_| signature);
        assert_eq!(code(check(&proof)), Some(Code::ProofSignatureInvalid));
    }
}

/// RFC 7518, clause 3.4: the signature of a JWT has the fixed form; DER is another.
#[test]
fn a_signature_in_der_is_refused() {
    let random = SystemRandom::new();
    let algorithm = &signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
    let (x, y) = key.public_key().as_ref()[1..].split_at(32);
    let jwk = json!({
        "kty": "EC",
        "crv": "P-256",
        "x": BASE64URL.encode_to_string(x),
        "y": BASE64URL.encode_to_string(y),
    });
    let proof = proof_with(&with(header(), "jwk", jwk), &claims(), |input| {
        key.sign(&random, input).unwrap().as_ref().to_vec()
    });
    assert_eq!(code(check(&proof)), Some(Code::ProofSignatureInvalid));
}

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
        for now in [NOW, 0, -1] {
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
        format!("{first}.{second}.{}", signature.replace(['-', '_'], "+")),
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

/// No character of a proof can be changed, base64url's spare bits included.
#[test]
fn a_proof_with_any_one_character_changed_is_refused() {
    let honest = proof(&header(), &claims());
    for at in 0..honest.len() {
        let mut forged = honest.clone().into_bytes();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        assert!(check(&forged).is_err(), "at {at}");
    }
    let spare_bits = honest.strip_suffix(honest.chars().last().unwrap()).unwrap();
    let taken = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(['-', '_']);
    assert_eq!(
        taken
            .filter(|last| check(&format!("{spare_bits}{last}")).is_ok())
            .count(),
        1
    );
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

#[test]
fn a_device_id_has_one_spelling() {
    assert_eq!(DeviceId::parse(DEVICE).unwrap().as_str(), DEVICE);
    for text in [
        "",
        "me",
        &DEVICE[1..],
        &format!("{DEVICE}A"),
        &format!("{DEVICE}="),
        &format!(" {DEVICE}"),
        &DEVICE.replace('_', "/"),
        // The same 32 bytes, with spare bits set.
        &DEVICE.replace("ECD-U", "ECD-V"),
    ] {
        let problem = DeviceId::parse(text).expect_err(text);
        assert_eq!(problem.known_code(), Some(Code::DeviceIdInvalid));
    }
}

/// X.690, clauses 8.3.2 and 10.1: one encoding for each signature.
#[test]
fn a_der_signature_is_taken_in_its_one_encoding_only() {
    fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
        let integers = [
            &[2, u8::try_from(r.len()).unwrap()],
            r,
            &[2, u8::try_from(s.len()).unwrap()],
            s,
        ]
        .concat();
        [
            &[0x30, u8::try_from(integers.len()).unwrap()],
            &integers[..],
        ]
        .concat()
    }
    let fixed = |der: &[u8]| {
        let proof =
            Unsigned::new(&device_point(), "POST", URL, BODY, NOW, "1").with_der_signature(der)?;
        let signature = proof.rsplit_once('.').unwrap().1;
        Ok::<_, SignatureError>(BASE64URL.decode_to_vec(signature).unwrap())
    };

    let large = [&[0][..], &[0xff; 32]].concat();
    let mut expected = vec![0; 64];
    expected[31] = 1;
    expected[32..].fill(0xff);
    assert_eq!(fixed(&der(&[1], &large)), Ok(expected));
    assert!(fixed(&der(&[0x7f; 32], &[0, 0x80])).is_ok());

    let good = der(&[1], &[2]);
    let refused: &[(&str, Vec<u8>, SignatureError)] = &[
        ("nothing", vec![], SignatureError::NotDer),
        ("fixed form", vec![1; 64], SignatureError::NotDer),
        (
            "trailing byte",
            [&good[..], &[0]].concat(),
            SignatureError::NotDer,
        ),
        (
            "cut short",
            good[..good.len() - 1].to_vec(),
            SignatureError::NotDer,
        ),
        (
            "a third integer",
            vec![0x30, 9, 2, 1, 1, 2, 1, 2, 2, 1, 3],
            SignatureError::NotDer,
        ),
        (
            "a set",
            vec![0x31, 6, 2, 1, 1, 2, 1, 2],
            SignatureError::NotDer,
        ),
        (
            "a bit string",
            vec![0x30, 6, 3, 1, 1, 2, 1, 2],
            SignatureError::NotDer,
        ),
        (
            "long form of a length",
            vec![0x30, 0x81, 6, 2, 1, 1, 2, 1, 2],
            SignatureError::NotDer,
        ),
        (
            "indefinite length",
            vec![0x30, 0x80, 2, 1, 1, 2, 1, 2, 0, 0],
            SignatureError::NotDer,
        ),
        ("zero", der(&[0], &[1]), SignatureError::NotDer),
        ("no content", der(&[], &[1]), SignatureError::NotDer),
        (
            "a needless zero",
            der(&[0, 1], &[1]),
            SignatureError::NotDer,
        ),
        (
            "a negative integer",
            der(&[0x80], &[1]),
            SignatureError::NotDer,
        ),
        ("33 bytes", der(&[1; 33], &[1]), SignatureError::TooLarge),
        (
            "33 bytes after the zero",
            der(&[1], &[&[0, 0x80][..], &[0; 32]].concat()),
            SignatureError::TooLarge,
        ),
    ];
    for (what, der, error) in refused {
        assert_eq!(fixed(der), Err(*error), "{what}");
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

    #[test]
    fn reading_arbitrary_der_never_panics(der in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = Unsigned::new(&device_point(), "POST", URL, BODY, NOW, "1").with_der_signature(&der);
    }
}
