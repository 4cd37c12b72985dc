//! The main job, by handlers and by the real binaries: text in, code kept, found, replaced, deleted.

use serde_json::json;

use crate::caller::{Functions, delete, event, generate, problem, replace, retrieve, signed};
use crate::handler::Handlers;
use crate::process::Stack;
use crate::support::Device;

async fn walk(functions: &impl Functions) {
    let device = Device::new();
    let made = functions
        .granted(&device, generate("menu", "https://example.com"))
        .await;
    assert_eq!(made["status"], "created");
    assert_eq!(made["verifiedBy"], json!(["qrgen", "rxing"]));
    let again = functions
        .granted(&device, generate("menu", "https://example.com"))
        .await;
    assert_eq!(again["status"], "unchanged");

    let taken = functions
        .ask(&device, generate("menu", "other"))
        .await
        .unwrap();
    assert_eq!(
        (taken.status_code, &problem(&taken)["code"]),
        (409, &json!("filename_taken"))
    );
    assert_eq!(problem(&taken)["requestId"], "request-1");
    let replaced = functions.granted(&device, replace("menu", "other")).await;
    assert_eq!(replaced["status"], "replaced");

    let found = functions.granted(&device, retrieve("menu")).await;
    assert_eq!(found["images"][0]["text"], "other");
    assert_eq!(found["images"][0]["sha256"], replaced["image"]["sha256"]);
    let others = functions.granted(&Device::new(), retrieve("menu")).await;
    assert_eq!(others["images"], json!([]));

    for deleted in [true, false] {
        let answer = functions.granted(&device, delete("menu")).await;
        assert_eq!(answer, json!({ "deleted": deleted }));
    }
    let gone = functions.granted(&device, retrieve("menu")).await;
    assert_eq!(gone["images"], json!([]));
}

/// Bytes that a template, a JSON encoder or a shell may change on their way.
async fn texts_arrive_as_they_were_sent(functions: &impl Functions) {
    let device = Device::new();
    for (number, text) in [
        "\"quotes\" and \\back\\slashes\\",
        "$input.body #set($x = 1) ${y}",
        "お品書き 🍜",
        "line\r\nline\ttab\u{7f}\u{0}",
        "</script>&amp;'",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("text {number}");
        functions.granted(&device, generate(&name, text)).await;
        let found = functions.granted(&device, retrieve(&name)).await;
        assert_eq!(found["images"][0]["text"], text);
    }
    // White space is part of what was signed.
    let body = format!(
        "\t{{ \"type\" :\r\n \"RETRIEVE\",\n\"deviceId\":\"{}\" , \"content\":\"none\" }} \n",
        device.id()
    );
    let proof = device.proof(crate::caller::URL, body.as_bytes());
    let answer = functions
        .invoke("RETRIEVE", event(&proof, &body))
        .await
        .unwrap();
    assert_eq!(answer.status_code, 200, "{}", answer.body);
}

/// The state machine chooses the function by what the template has read; what counts is what was
/// signed.
async fn a_function_serves_its_own_operation_only(functions: &impl Functions) {
    let device = Device::new();
    for function in ["GENERATE", "RETRIEVE", "DELETE"] {
        for request in [generate("menu", "text"), retrieve("menu"), delete("menu")] {
            if request["type"] == function {
                continue;
            }
            let mut event = signed(&device, request);
            event["type"] = json!(function);
            let answer = functions.invoke(function, event).await.unwrap();
            assert_eq!(answer.status_code, 400, "{}", answer.body);
            assert_eq!(problem(&answer)["code"], "unknown_operation");
            assert_eq!(problem(&answer)["field"], "type");
        }
        for (first, second) in [
            ("GENERATE", "DELETE"),
            ("DELETE", "GENERATE"),
            ("DELETE", "DELETE"),
        ] {
            let body = format!(
                r#"{{"type":"{first}","type":"{second}","deviceId":"{}","filename":"menu"}}"#,
                device.id()
            );
            let proof = device.proof(crate::caller::URL, body.as_bytes());
            let answer = functions
                .invoke(function, event(&proof, &body))
                .await
                .unwrap();
            assert_eq!(problem(&answer)["code"], "duplicate_field", "{body}");
        }
    }
    let listing = json!({ "type": "RETRIEVE", "content": "none" });
    let kept = functions.granted(&device, listing).await;
    assert_eq!(kept["images"], json!([]));
}

async fn every_rule(functions: &impl Functions) {
    walk(functions).await;
    texts_arrive_as_they_were_sent(functions).await;
    a_function_serves_its_own_operation_only(functions).await;
}

#[tokio::test]
async fn the_whole_job_by_handlers() {
    every_rule(&Handlers::over_memory(&[])).await;
}

#[tokio::test]
async fn the_whole_job_by_the_real_binaries() {
    every_rule(&Stack::start().await).await;
}
