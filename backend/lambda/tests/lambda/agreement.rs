//! The state machine and the functions agree on the names of what is raised.

use std::collections::BTreeSet;

use qrgen_lambda::Fault;
use serde_json::Value;

const STATE_MACHINE: &str = include_str!("../../../infra/state-machine.asl.json");

/// The states that call a function.
fn tasks() -> Vec<Value> {
    let machine: Value = serde_json::from_str(STATE_MACHINE).unwrap();
    let states = machine["States"].as_object().unwrap().values();
    let tasks: Vec<Value> = states
        .filter(|state| state["Type"] == "Task")
        .cloned()
        .collect();
    assert_eq!(tasks.len(), 3);
    tasks
}

/// The errors that the rules of a state under `member` name.
fn named(task: &Value, member: &str) -> BTreeSet<String> {
    let rules = task[member].as_array().unwrap();
    let errors = rules
        .iter()
        .flat_map(|rule| rule["ErrorEquals"].as_array().unwrap());
    errors
        .map(|error| error.as_str().unwrap().to_owned())
        .collect()
}

/// Names with a prefix are those of AWS.
#[test]
fn the_machine_waits_for_no_error_that_the_functions_never_raise() {
    let raised = Fault::ALL.map(Fault::name);
    for task in tasks() {
        for error in named(&task, "Retry").union(&named(&task, "Catch")) {
            let is_of_aws = error.contains('.');
            assert!(is_of_aws || raised.contains(&error.as_str()), "{error}");
        }
    }
}

#[test]
fn the_machine_retries_what_may_pass_and_catches_everything() {
    for task in tasks() {
        let (retried, caught) = (named(&task, "Retry"), named(&task, "Catch"));
        for fault in Fault::ALL {
            let name = fault.name();
            let may_pass = fault == Fault::StorageUnavailable;
            assert_eq!(retried.contains(name), may_pass, "{name}");
            assert!(
                caught.contains(name) || caught.contains("States.ALL"),
                "{name}"
            );
        }
        assert!(
            caught.contains(Fault::StorageUnavailable.name()),
            "it is 503, not 500"
        );
        assert!(
            !retried.contains("States.ALL"),
            "a fault of ours would be met again"
        );
    }
}
