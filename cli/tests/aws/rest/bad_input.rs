//! Everything that can be wrong with a request ends in the right status, and nothing is stored.

use std::thread;

use qrgen_contract::Code;
use serde_json::json;

use super::{Endpoint, assert_problem};
use crate::bad_input::case::{self, Case, SECRET};
use crate::stack::Stack;
use crate::support::{Device, Response};

/// How many requests run at a time.
const AT_ONCE: usize = 6;

#[test]
fn every_bad_input_has_the_right_status_and_leaves_no_trace() {
    let stack = Stack::shared();
    let endpoint = Endpoint::open(&stack);
    let (device, somebody) = (Device::new(), Device::new());
    for name in ["a", "b"] {
        let body =
            json!({ "type": "GENERATE", "deviceId": somebody.id(), "filename": name, "text": "a" });
        endpoint.granted(&somebody, &body);
    }
    let first =
        json!({ "type": "RETRIEVE", "deviceId": somebody.id(), "content": "none", "limit": 1 });
    let token = endpoint.granted(&somebody, &first)["nextToken"].clone();

    let cases = case::all(
        &device,
        &somebody,
        &endpoint.signed_url(),
        token.as_str().unwrap(),
    );
    let cases: Vec<Case> = cases.into_iter().filter(is_refused_here).collect();
    thread::scope(|scope| {
        for part in cases.chunks(cases.len().div_ceil(AT_ONCE)) {
            let endpoint = &endpoint;
            scope.spawn(move || {
                for case in part {
                    check(endpoint, case);
                }
            });
        }
    });
    let all = json!({ "type": "RETRIEVE", "deviceId": device.id(), "content": "none" });
    assert_eq!(endpoint.granted(&device, &all)["images"], json!([]));
}

/// This store signs URLs. API Gateway takes a body without content type for JSON, and shows its
/// templates one of two headers of the same name. The emulator knows no method in lower case, and
/// fails by itself where a body is no text, or deeper than Python goes.
fn is_refused_here(case: &Case) -> bool {
    let is_text = std::str::from_utf8(&case.body).is_ok();
    let has_type = !matches!(case.content_type, None | Some(""));
    let is_beyond = matches!(case.code, Code::UrlUnsupported | Code::NestedTooDeep);
    is_text && has_type && !is_beyond && case.proofs.len() < 2 && case.method != "post"
}

fn check(endpoint: &Endpoint, case: &Case) {
    let mut headers = Vec::new();
    headers.extend(case.content_type.map(|value| ("content-type", value)));
    headers.extend(case.proofs.iter().map(|proof| ("dpop", proof.as_str())));
    let answer = endpoint.request(case.method, &headers, &case.body);
    let (name, told) = (&case.name, answer.text());
    assert!(!told.contains(SECRET), "{name}: {told}");
    if case.method != "POST" {
        // There is one method, so the others are no route.
        assert_is_of_gateway(&answer, 404, name);
    } else if answer.header("content-type") == Some("application/problem+json") {
        // A header that is empty is none.
        let is_none = case.proofs == [""];
        let code = if is_none {
            Code::ProofMissing
        } else {
            case.code
        };
        let problem = assert_problem(&answer, case.status, code.as_str());
        assert_eq!(problem["field"].as_str(), case.field.as_deref(), "{name}");
    } else {
        assert_is_of_gateway(&answer, case.status, name);
        assert!(matches!(case.status, 400 | 415), "{name}: {told}");
    }
}

/// Refused before it came to the state machine.
#[track_caller]
fn assert_is_of_gateway(answer: &Response, status: u16, name: &str) {
    assert!(
        answer.header("x-amzn-errortype").is_some(),
        "{name}: {}",
        answer.text()
    );
    assert_eq!(answer.status, status, "{name}: {}", answer.text());
}

#[test]
fn junk_never_reaches_the_state_machine() {
    let stack = Stack::shared();
    let endpoint = Endpoint::open(&stack);
    let json = [("content-type", "application/json")];
    for body in [
        &b""[..],
        b"not json",
        b"[]",
        b"{}",
        b"null",
        b"{\"type\":1}",
    ] {
        let answer = endpoint.request("POST", &json, body);
        assert_is_of_gateway(&answer, 400, &String::from_utf8_lossy(body));
    }
    for path in ["/v1", "/v1/", "/v1/qr/more", "/v1/qr2", "/v1/healthz"] {
        let answer = endpoint.request_at(path, "POST", &json, b"{}");
        assert_is_of_gateway(&answer, 404, path);
    }
}
