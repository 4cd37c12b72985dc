//! What API Gateway's template makes of a request.

use serde_json::{Value, json};

use crate::support::Device;

/// What the client called.
pub(super) const URL: &str = "https://abc123.execute-api.us-east-1.amazonaws.com/v1/qr";

/// The event for a body under an honest proof.
pub(super) fn signed(device: &Device, body: &Value) -> Value {
    let body = body.to_string();
    of(&device.proof(URL, body.as_bytes()), &body)
}

/// The event for any proof and body. The member `type` is the body's, as far as it can be read.
pub(super) fn of(proof: &str, body: &str) -> Value {
    let body_type = serde_json::from_str::<Value>(body).ok();
    let body_type = body_type.and_then(|body| Some(body["type"].as_str()?.to_owned()));
    json!({
        "type": body_type.unwrap_or_default(),
        "proof": proof,
        "method": "POST",
        "host": "abc123.execute-api.us-east-1.amazonaws.com",
        "path": "/v1/qr",
        "requestId": "request-1",
        "body": body,
    })
}
