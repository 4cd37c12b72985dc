//! An execution that fails is told as what it is, without its cause.

use serde_json::{Value, json};

use super::{Endpoint, assert_problem};
use crate::stack::Stack;
use crate::support::{Device, Response};

/// An answer of the endpoint while the state machine is another one.
fn answer_of(definition: &Value) -> Response {
    let stack = Stack::alone();
    let arn = stack.output("StateMachineArn");
    let good = stack.aws(&[
        "stepfunctions",
        "describe-state-machine",
        "--state-machine-arn",
        arn,
    ]);
    let set = |definition: &str| {
        let update = [
            "stepfunctions",
            "update-state-machine",
            "--state-machine-arn",
            arn,
        ];
        stack.aws(&[&update[..], &["--definition", definition]].concat());
    };
    let endpoint = Endpoint::open(&stack);
    let device = Device::new();
    let body = json!({ "type": "RETRIEVE", "deviceId": device.id() });
    set(&definition.to_string());
    let answer = endpoint.post(&device, &body.to_string());
    set(good["definition"].as_str().unwrap());
    endpoint.granted(&device, &body);
    answer
}

#[test]
fn a_failed_execution_is_502_without_its_cause() {
    let answer = answer_of(&json!({
        "StartAt": "Fail",
        "States": { "Fail": { "Type": "Fail", "Error": "Planted", "Cause": "arn:aws:lambda planted" } },
    }));
    assert_problem(&answer, 502, "internal");
    assert!(
        !answer.text().to_lowercase().contains("planted"),
        "{}",
        answer.text()
    );
}

#[test]
fn an_execution_that_takes_too_long_is_504() {
    let answer = answer_of(&json!({
        "StartAt": "Wait",
        "TimeoutSeconds": 1,
        "States": { "Wait": { "Type": "Wait", "Seconds": 20, "End": true } },
    }));
    assert_problem(&answer, 504, "timed_out");
}
