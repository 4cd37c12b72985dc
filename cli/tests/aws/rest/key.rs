//! A stack that asks for an API key, beside the one that does not.

use serde_json::json;

use super::{Endpoint, assert_problem};
use crate::stack::Stack;
use crate::support::Device;

#[test]
fn a_missing_or_foreign_key_is_refused_and_the_right_one_replaces_no_proof() {
    let stack = Stack::shared();
    let endpoint = Endpoint::of("QRGEN_TEST_KEYED_ENDPOINT");
    let id = std::env::var("QRGEN_TEST_API_KEY_ID").unwrap();
    let key = stack.aws(&[
        "apigateway",
        "get-api-key",
        "--include-value",
        "--api-key",
        &id,
    ]);
    let key = key["value"].as_str().unwrap();

    let device = Device::new();
    let body = json!({ "type": "RETRIEVE", "deviceId": device.id() }).to_string();
    let proof = device.proof(&endpoint.signed_url(), body.as_bytes());
    let json = ("content-type", "application/json");
    let call = |headers: &[(&str, &str)]| endpoint.request("POST", headers, body.as_bytes());
    for foreign in [None, Some(""), Some("0123456789abcdef0123456789abcdef")] {
        let mut headers = vec![json, ("dpop", &proof)];
        headers.extend(foreign.map(|key| ("x-api-key", key)));
        let answer = call(&headers);
        assert_eq!(answer.status, 403, "{foreign:?}: {}", answer.text());
    }
    let answer = call(&[json, ("dpop", &proof), ("x-api-key", key)]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let without_proof = call(&[json, ("x-api-key", key)]);
    assert_problem(&without_proof, 401, "proof_missing");
}
