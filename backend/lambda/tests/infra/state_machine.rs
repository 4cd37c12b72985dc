//! The state machine and the request template, against the types of the functions.

use std::collections::BTreeSet;

use qrgen_contract::Operation;
use qrgen_lambda::{Answer, Event, Fault};
use serde_json::{Map, Value, json};

use crate::infra;

fn machine() -> Value {
    serde_json::from_str(&infra("state-machine.asl.json")).unwrap()
}

fn states() -> Map<String, Value> {
    machine()["States"].as_object().unwrap().clone()
}

fn tasks() -> impl Iterator<Item = (String, Value)> {
    states()
        .into_iter()
        .filter(|(_, state)| state["Type"] == "Task")
}

#[test]
fn what_is_raised_ends_in_the_problem_of_its_kind() {
    for (name, task) in tasks() {
        let catchers = task["Catch"].as_array().unwrap().iter();
        let catchers: Vec<_> = catchers
            .map(|c| (&c["ErrorEquals"][0], &c["Next"]))
            .collect();
        let storage = json!(Fault::StorageUnavailable.name());
        // The first that fits counts, and the last takes what nobody foresaw.
        let expected = [
            (&storage, &json!("StorageUnavailable")),
            (&json!("States.ALL"), &json!("Internal")),
        ];
        assert_eq!(catchers, expected, "{name}");
    }
}

#[test]
fn each_operation_goes_to_its_function() {
    let states = states();
    let choices = states["Route"]["Choices"].as_array().unwrap();
    for (operation, function) in [
        (Operation::Generate, "${GeneratorArn}"),
        (Operation::Retrieve, "${RetrieverArn}"),
        (Operation::Delete, "${DeleterArn}"),
    ] {
        let choice = choices
            .iter()
            .find(|c| c["StringEquals"] == operation.as_str())
            .unwrap();
        let task = &states[choice["Next"].as_str().unwrap()];
        assert_eq!(task["Parameters"]["FunctionName"], function);
        assert_eq!(
            task["Parameters"]["Payload.$"], "$",
            "the event goes on as it is"
        );
    }
    assert_eq!(states["Route"]["Default"], "UnknownOperation");
    // Of an absent `type`, the engines make different things; so it is asked for first.
    assert_eq!(
        choices[0]["Not"],
        json!({ "Variable": "$.type", "IsPresent": true })
    );
}

#[test]
fn the_machine_ends_in_an_answer_whoever_made_it() {
    let answer = Answer {
        status_code: 200,
        content_type: String::new(),
        retry_after: String::new(),
        body: String::new(),
    };
    let answer = serde_json::to_value(answer).unwrap();
    let members: BTreeSet<_> = answer
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let refuse = &states()["Refuse"]["Parameters"];
    let refuse = refuse.as_object().unwrap().keys();
    assert_eq!(
        refuse
            .map(|name| name.trim_end_matches(".$"))
            .collect::<BTreeSet<_>>(),
        members
    );
    for member in members {
        let response = infra("response.vtl");
        assert!(response.contains(&format!("$answer.{member}")), "{member}");
    }
    for (name, task) in tasks() {
        assert_eq!(task["OutputPath"], "$.Payload", "{name}");
    }
}

#[test]
fn the_request_template_makes_an_event() {
    let template = infra("request.vtl");
    let input = template.lines().last().unwrap().replace("\\\"", "'");
    let names = input
        .split("':'")
        .filter_map(|part| part.rsplit('\'').next());
    let names: Vec<_> = names
        .filter(|name| name.chars().all(char::is_alphanumeric))
        .collect();
    let event: Map<_, _> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!("")))
        .collect();
    assert!(
        Event::read(&Value::Object(event.clone())).is_ok(),
        "{names:?}"
    );
    assert!(event.contains_key("type"), "the machine chooses by it");
    // Nothing is sent that nobody reads.
    for name in names.into_iter().filter(|name| *name != "type") {
        let mut less = event.clone();
        less.remove(name);
        assert!(Event::read(&Value::Object(less)).is_err(), "{name}");
    }
}

/// A store that stays silent, or a function that hangs, must end in a problem of the machine's, not in the
/// machine's time-out: every try may take all the time that the function has.
#[test]
fn all_tries_together_fit_into_the_machine() {
    let limit = machine()["TimeoutSeconds"].as_f64().unwrap();
    let functions = infra("functions.yaml");
    let timeouts: Vec<f64> = functions
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Timeout: "))
        .map(|seconds| seconds.parse().unwrap())
        .collect();
    assert_eq!(timeouts.len(), 3);
    let longest = timeouts.into_iter().fold(0.0, f64::max);
    for (name, task) in tasks() {
        let retry = &task["Retry"][0];
        // With full jitter a pause is at most this.
        let (mut pause, rate) = (
            retry["IntervalSeconds"].as_f64().unwrap(),
            retry["BackoffRate"].as_f64().unwrap(),
        );
        let mut seconds = longest;
        for _ in 0..retry["MaxAttempts"].as_u64().unwrap() {
            seconds += pause + longest;
            pause *= rate;
        }
        assert!(seconds < limit, "{name}: {seconds} s of {limit}");
    }
}
