//! Which keys are taken: P-256, a point of it, and never a private part. And the id of a key.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use qrgen_contract::{Code, DeviceId};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::json;

use super::{check, claims, code, header, jwk, jwk_of, proof, proof_with, with, with_jwk};
use crate::support::{DEVICE, RFC7515_X, RFC7515_Y};

/// A key on P-384 with its own valid signature, under its own algorithm and under ours.
#[test]
fn a_key_of_another_curve_is_refused() {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, pkcs8.as_ref(), &random)
        .unwrap();
    let jwk = jwk_of(&key, "P-384");
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
