//! The device's proof.

mod claims;
mod der;
mod form;
mod key;
mod known_answers;
mod signature;

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use qrgen_contract::proof::{Expected, body_digest, verify};
use qrgen_contract::{Code, DeviceId, Problem};
use ring::signature::{EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use crate::support::{RFC7515_X, RFC7515_Y, sign};

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

/// The public JWK of a key on a curve whose coordinates have the same length.
fn jwk_of(key: &EcdsaKeyPair, curve: &str) -> Value {
    let coordinates = &key.public_key().as_ref()[1..];
    let (x, y) = coordinates.split_at(coordinates.len() / 2);
    let (x, y) = (BASE64URL.encode_to_string(x), BASE64URL.encode_to_string(y));
    json!({ "kty": "EC", "crv": curve, "x": x, "y": y })
}
