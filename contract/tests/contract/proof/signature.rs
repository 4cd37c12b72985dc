//! Which signatures are taken: ES256 by the key in the header over exactly these bytes.

use qrgen_contract::Code;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use serde_json::json;

use super::{NOW, check, claims, code, header, jwk_of, proof, proof_with, signing_input, with};
use crate::support::{device_point, sign};

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
    let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
    let jwk = jwk_of(&key, "P-256");
    let proof = proof_with(&with(header(), "jwk", jwk), &claims(), |input| {
        key.sign(&random, input).unwrap().as_ref().to_vec()
    });
    assert_eq!(code(check(&proof)), Some(Code::ProofSignatureInvalid));
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
