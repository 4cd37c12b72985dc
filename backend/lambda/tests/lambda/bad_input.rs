//! The bad requests of the program's tests, by event: the same codes as over HTTP, and no trace.

#[path = "../../../../cli/tests/it/bad_input/case.rs"]
mod case;
#[path = "../../../../cli/tests/it/bad_input/proofs.rs"]
mod proofs;
#[path = "../../../../cli/tests/it/bad_input/requests.rs"]
mod requests;

use qrgen_contract::Code;
use serde_json::{Value, json};

use self::case::{Case, SECRET};
use crate::caller::{Functions, URL, event, generate, problem};
use crate::handler::Handlers;
use crate::process::Stack;
use crate::support::Device;

/// The event of a case; `None` for one that an event can't tell: it has no content type, one proof,
/// and text for a body. API Gateway refuses the others.
fn event_of(case: &Case) -> Option<Value> {
    let proof = match case.proofs.as_slice() {
        [] => "",
        // An empty header is none.
        [proof] if !proof.is_empty() => proof,
        _ => return None,
    };
    let mut event = event(proof, std::str::from_utf8(&case.body).ok()?);
    event["method"] = json!(case.method);
    (case.content_type == Some("application/json")).then_some(event)
}

/// Every case that can be told, each to the function that the state machine would choose. `signs`
/// says whether the store can make URLs.
async fn are_refused(functions: &impl Functions, signs: bool) {
    let (device, somebody) = (Device::new(), Device::new());
    let mut token = Value::Null;
    for request in [
        generate("a", "a"),
        generate("b", "b"),
        json!({ "type": "RETRIEVE", "content": "none", "limit": 1 }),
    ] {
        token = functions.granted(&somebody, request).await["nextToken"].clone();
    }
    let cases = case::all(&device, &somebody, URL, token.as_str().unwrap());
    let mut told = 0;
    for case in cases
        .iter()
        .filter(|case| !signs || case.code != Code::UrlUnsupported)
    {
        let Some(event) = event_of(case) else {
            continue;
        };
        let operation = match event["type"].as_str() {
            Some(operation @ ("RETRIEVE" | "DELETE")) => operation.to_owned(),
            _ => "GENERATE".to_owned(),
        };
        let answer = functions.invoke(&operation, event).await.unwrap();
        let problem = problem(&answer);
        case.assert_refused(answer.status_code, &problem);
        assert_eq!(problem["requestId"], "request-1", "{}", case.name);
        told += 1;
    }
    assert!(told > 150, "{told} of {}", cases.len());
    let listing = json!({ "type": "RETRIEVE", "content": "none" });
    let kept = functions.granted(&device, listing.clone()).await;
    assert_eq!(kept["images"], json!([]));
    let kept = functions.granted(&somebody, listing).await;
    assert_eq!(kept["images"].as_array().unwrap().len(), 2);
}

/// Who starts the state machine directly may send anything.
async fn events_that_the_template_did_not_make_are_refused(functions: &impl Functions) {
    let good = event("", "{}");
    let mut events = vec![json!(null), json!([]), json!(SECRET), json!({}), json!(7)];
    for name in ["proof", "method", "host", "path", "requestId", "body"] {
        for value in [json!(null), json!({ SECRET: SECRET }), json!([]), json!(1)] {
            let mut event = good.clone();
            event[name] = value;
            events.push(event);
        }
    }
    for event in events {
        for operation in ["GENERATE", "RETRIEVE", "DELETE"] {
            let answer = functions.invoke(operation, event.clone()).await.unwrap();
            assert_eq!(answer.status_code, 400, "{event}: {}", answer.body);
            assert!(!answer.body.contains(SECRET), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn every_bad_input_is_refused_by_the_handlers() {
    let handlers = Handlers::over_memory(&[]);
    are_refused(&handlers, false).await;
    events_that_the_template_did_not_make_are_refused(&handlers).await;
}

#[tokio::test]
async fn every_bad_input_is_refused_by_the_real_binaries_and_leaves_no_trace() {
    let stack = Stack::start().await;
    are_refused(&stack, true).await;
    events_that_the_template_did_not_make_are_refused(&stack).await;
    assert_eq!(stack.s3.files().len(), 2, "somebody's two codes");
}
