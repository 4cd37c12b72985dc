//! What the tests share: the golden files, and a device whose key everybody may know.

use std::fs;
use std::path::PathBuf;

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use proptest::test_runner::{Config, RngSeed};
use qrgen_contract::proof::PublicPoint;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::Value;

/// The P-256 key of RFC 7515, appendix A.3.1: published, so that no test holds a secret.
pub(crate) const RFC7515_X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
/// Its other coordinate.
pub(crate) const RFC7515_Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
const RFC7515_D: &str = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

/// Its RFC 7638 thumbprint, computed with Python's hashlib: the device of the golden files.
pub(crate) const DEVICE: &str = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U";

/// The uncompressed point of two coordinates in base64url.
pub(crate) fn point(x: &str, y: &str) -> PublicPoint {
    let mut point = vec![4];
    point.extend(BASE64URL.decode_to_vec(x).unwrap());
    point.extend(BASE64URL.decode_to_vec(y).unwrap());
    point.try_into().unwrap()
}

/// The public key of the device.
pub(crate) fn device_point() -> PublicPoint {
    point(RFC7515_X, RFC7515_Y)
}

/// Signs as the device does: ES256 in the fixed form.
pub(crate) fn sign(bytes: &[u8]) -> [u8; 64] {
    let random = SystemRandom::new();
    let private = BASE64URL.decode_to_vec(RFC7515_D).unwrap();
    let key = EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        &private,
        &device_point(),
        &random,
    )
    .unwrap();
    key.sign(&random, bytes)
        .unwrap()
        .as_ref()
        .try_into()
        .unwrap()
}

/// The golden files: name without `.json`, and content without the newline at its end.
pub(crate) fn fixtures() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut fixtures: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let content = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, content.strip_suffix('\n').unwrap().to_owned())
        })
        .collect();
    fixtures.sort();
    fixtures
}

/// One golden file by name.
pub(crate) fn fixture(name: &str) -> String {
    let mut all = fixtures().into_iter();
    all.find(|(found, _)| found == name)
        .map(|(_, content)| content)
        .unwrap()
}

/// The golden proof, with everything it was made of.
pub(crate) fn golden_proof() -> Value {
    serde_json::from_str(&fixture("proof")).unwrap()
}

/// Property tests with the same cases on every run; a failure prints the smallest case.
pub(crate) fn seeded() -> Config {
    Config {
        rng_seed: RngSeed::Fixed(18_004),
        failure_persistence: None,
        ..Config::default()
    }
}
