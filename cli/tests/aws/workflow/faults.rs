//! What a client gets when something behind the endpoint fails: a problem that tells what to do, and
//! nothing of the cause.

use serde_json::{Value, json};

use super::{Execution, StateMachine, event};
use crate::stack::{Stack, StackAlone};
use crate::support::Device;

/// GENERATE, while the function that does it has these variables, too; without them it works again.
pub(super) fn generate_with(stack: &StackAlone, variables: Value) -> Execution {
    let function = stack.physical("Generator");
    let get = [
        "lambda",
        "get-function-configuration",
        "--function-name",
        &function,
    ];
    let good = stack.aws(&get)["Environment"].clone();
    let mut bad = good.clone();
    bad["Variables"]
        .as_object_mut()
        .unwrap()
        .extend(variables.as_object().unwrap().clone());
    let set = |environment: &Value| {
        stack.aws(&[
            "lambda",
            "update-function-configuration",
            "--function-name",
            &function,
            "--environment",
            &environment.to_string(),
        ]);
    };
    set(&bad);
    let execution = generate(stack);
    set(&good);
    generate(stack).granted();
    execution
}

fn generate(stack: &StackAlone) -> Execution {
    let device = Device::new();
    let body = json!({ "type": "GENERATE", "deviceId": device.id(), "filename": "a", "text": "a" });
    StateMachine::of(stack).start(&event::signed(&device, &body))
}

/// What no client may learn.
#[track_caller]
pub(super) fn assert_tells_nothing(problem: &Value) {
    let told = problem.to_string();
    for word in [
        "127.0.0.1",
        "arn:",
        "QRGEN_",
        "s3",
        "exit status",
        "signal",
        "Runtime.ExitError",
        "error sending",
    ] {
        assert!(!told.contains(word), "{word} in {told}");
    }
}

#[test]
fn a_store_that_does_not_answer_is_503_with_a_time_to_come_again() {
    let stack = Stack::alone();
    // Nothing listens on this port.
    let nowhere = json!({ "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1" });
    let execution = generate_with(&stack, nowhere);
    let problem = execution.refused(503, "storage_unavailable");
    assert_eq!(execution.retry_after(), "1");
    assert_eq!(problem["retryAfterSeconds"], 1);
    assert_eq!(problem["requestId"], "request-1");
    assert_tells_nothing(&problem);
}

#[test]
fn a_function_that_does_not_start_is_500() {
    let stack = Stack::alone();
    let execution = generate_with(&stack, json!({ "QRGEN_STORE": "" }));
    let problem = execution.refused(500, "internal");
    assert_eq!(execution.retry_after(), "");
    assert_eq!(problem["requestId"], "request-1");
    assert_tells_nothing(&problem);
}
