//! Everything that can be wrong with a request or with an event is refused with its own code, also
//! by whoever starts the state machine directly, and nothing is stored.

use std::thread;

use serde_json::{Value, json};

use super::{StateMachine, event};
use crate::bad_input::case::{self, Case};
use crate::stack::Stack;
use crate::support::Device;

/// How many executions run at a time.
const AT_ONCE: usize = 8;

/// The event of a case; `None` for one that never comes this far, or that can't be told here: an
/// event has no content type, one proof that is empty if there was none, and text for a body.
fn event_of(case: &Case) -> Option<Value> {
    let proof = match case.proofs.as_slice() {
        [] => "",
        [proof] if !proof.is_empty() => proof,
        _ => return None,
    };
    let body = std::str::from_utf8(&case.body).ok()?;
    let mut event = event::of(proof, body);
    event["method"] = json!(case.method);
    // The machine itself refuses what names no operation; its tests are below.
    let is_routed = ["GENERATE", "RETRIEVE", "DELETE"].contains(&event["type"].as_str()?);
    (is_routed && case.content_type == Some("application/json")).then_some(event)
}

/// Objects in the bucket of the images.
fn stored(stack: &Stack) -> Value {
    let bucket = stack.output("Bucket");
    stack.aws(&["s3api", "list-object-versions", "--bucket", bucket])
}

#[test]
fn every_bad_input_is_refused_with_its_code_and_leaves_no_trace() {
    let stack = Stack::shared();
    let machine = StateMachine::of(&stack);
    let (device, somebody) = (Device::new(), Device::new());
    let mut token = Value::Null;
    for members in [
        json!({ "type": "GENERATE", "filename": "a", "text": "a" }),
        json!({ "type": "GENERATE", "filename": "b", "text": "b" }),
        json!({ "type": "RETRIEVE", "content": "none", "limit": 1 }),
    ] {
        let mut body = members;
        body["deviceId"] = json!(somebody.id());
        token = machine.start(&event::signed(&somebody, &body)).granted()["nextToken"].clone();
    }

    let cases = case::all(&device, &somebody, event::URL, token.as_str().unwrap());
    let cases: Vec<(Case, Value)> = cases
        .into_iter()
        // This store signs URLs.
        .filter(|case| case.code != qrgen_contract::Code::UrlUnsupported)
        .filter_map(|case| event_of(&case).map(|event| (case, event)))
        .collect();
    assert!(cases.len() > 150, "{} of the cases are left", cases.len());
    thread::scope(|scope| {
        for part in cases.chunks(cases.len().div_ceil(AT_ONCE)) {
            let machine = &machine;
            scope.spawn(move || {
                for (case, event) in part {
                    check(machine, case, event);
                }
            });
        }
    });
    let own = stored(&stack).to_string();
    assert!(!own.contains(&device.id()), "something was stored: {own}");
}

fn check(machine: &StateMachine, case: &Case, event: &Value) {
    let (status, problem) = machine.start(event).answer();
    case.assert_refused(u16::try_from(status).unwrap(), &problem);
    assert_eq!(problem["requestId"], "request-1", "{}", case.name);
}

#[test]
fn an_event_that_no_template_makes_is_refused_too() {
    let stack = Stack::shared();
    let machine = StateMachine::of(&stack);
    let device = Device::new();
    let body = json!({ "type": "DELETE", "deviceId": device.id(), "filename": "menu" });
    let good = event::signed(&device, &body);
    let with = |name: &str, value: Value| {
        let mut event = good.clone();
        event[name] = value;
        event
    };
    let without = |name: &str| {
        let mut event = good.clone();
        event.as_object_mut().unwrap().remove(name);
        event
    };
    let twice = format!(
        r#"{{"type":"DELETE","deviceId":"{}","filename":"menu","text":"x","type":"GENERATE"}}"#,
        device.id()
    );
    let mut twice = event::of(&device.proof(event::URL, twice.as_bytes()), &twice);
    twice["type"] = json!("GENERATE");
    for (name, event, code) in [
        ("no type", without("type"), "unknown_operation"),
        ("empty type", with("type", json!("")), "unknown_operation"),
        (
            "unknown type",
            with("type", json!("PAINT")),
            "unknown_operation",
        ),
        (
            "type in lower case",
            with("type", json!("delete")),
            "unknown_operation",
        ),
        (
            "type is a number",
            with("type", json!(1)),
            "unknown_operation",
        ),
        (
            "type of another operation",
            with("type", json!("GENERATE")),
            "unknown_operation",
        ),
        ("type given twice in the body", twice, "duplicate_field"),
        ("no event", json!({}), "unknown_operation"),
        ("no proof", without("proof"), "missing_field"),
        ("no body", without("body"), "missing_field"),
        ("proof is a list", with("proof", json!([])), "wrong_type"),
        (
            "body is an object",
            with("body", body.clone()),
            "wrong_type",
        ),
    ] {
        let problem = machine.start(&event).refused(400, code);
        assert!(problem["detail"].is_string(), "{name}: {problem}");
    }
    machine
        .start(&with("proof", json!("")))
        .refused(401, "proof_missing");
    machine
        .start(&with("host", json!("example.com")))
        .refused(401, "proof_url_mismatch");
    machine
        .start(&with("path", json!("/v2/qr")))
        .refused(401, "proof_url_mismatch");
    let deleted = machine.start(&good).granted();
    assert_eq!(deleted["deleted"], false, "the event itself is good");
}
