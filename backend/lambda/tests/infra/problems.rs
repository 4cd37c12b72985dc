//! Every problem that the infrastructure makes by itself, against the contract.

use qrgen_contract::{Code, PROBLEM_JSON, Problem};
use serde_json::Value;

use crate::infra;

/// The statuses that only what stands before the service knows.
const BAD_GATEWAY: u16 = 502;

/// What stands between the first `{"type":"urn:` of a line and the last brace.
fn in_line(line: &str) -> Option<&str> {
    let start = line.find("{\"type\":\"urn:")?;
    line.get(start..=line.rfind('}')?)
}

fn check(problem: &str) -> Problem {
    let problem = Problem::from_json(problem.as_bytes()).unwrap_or_else(|| panic!("{problem}"));
    let code = problem
        .known_code()
        .unwrap_or_else(|| panic!("{}", problem.code));
    assert_eq!(problem.type_, format!("urn:qrgen:problem:{code}"));
    assert_eq!(problem.title, code.title());
    let bad_gateway = code == Code::Internal && problem.status == BAD_GATEWAY;
    assert!(
        problem.status == code.status() || bad_gateway,
        "{code}: {}",
        problem.status
    );
    problem
}

#[test]
fn those_of_the_state_machine_are_of_the_contract() {
    let machine: Value = serde_json::from_str(&infra("state-machine.asl.json")).unwrap();
    let mut codes = Vec::new();
    for state in machine["States"].as_object().unwrap().values() {
        let Some(problem) = state["Parameters"].get("problem") else {
            continue;
        };
        let problem = check(&problem.to_string());
        let retry_after = problem
            .retry_after_seconds
            .map(|seconds| seconds.to_string());
        assert_eq!(
            state["Parameters"]["retryAfter"],
            retry_after.unwrap_or_default()
        );
        codes.push(problem.code.clone());
    }
    codes.sort();
    assert_eq!(
        codes,
        ["internal", "storage_unavailable", "unknown_operation"]
    );
    assert_eq!(
        machine["States"]["Refuse"]["Parameters"]["contentType"],
        PROBLEM_JSON
    );
}

#[test]
fn those_of_the_response_template_are_of_the_contract_and_tell_no_cause() {
    let template = infra("response.vtl");
    let problems: Vec<_> = template.lines().filter_map(in_line).map(check).collect();
    let statuses: Vec<_> = problems.iter().map(|problem| problem.status).collect();
    assert_eq!(statuses, [504, BAD_GATEWAY]);
    for status in statuses {
        let set = format!("#set($context.responseOverride.status = {status})");
        assert!(template.contains(&set));
    }
    assert!(!template.contains("cause") && !template.contains("$execution.error"));
}

#[test]
fn those_of_the_gateway_are_of_the_contract_and_echo_nothing() {
    let file = infra("gateway-responses.yaml");
    let mut statuses = Vec::new();
    for response in file
        .split("\n\n")
        .filter(|part| part.contains("GatewayResponse"))
    {
        let problem = check(
            response
                .lines()
                .find_map(in_line)
                .unwrap_or_else(|| panic!("{response}")),
        );
        assert!(
            response.contains(&format!("StatusCode: \"{}\"", problem.status)),
            "{response}"
        );
        assert!(
            response.contains("Content-Type: \"'application/problem+json'\""),
            "{response}"
        );
        assert_eq!(
            response.contains("Retry-After"),
            problem.retry_after_seconds.is_some()
        );
        // `$context.error` may quote the body that was refused.
        assert!(!response.contains("$context.error"), "{response}");
        statuses.push(problem.status);
    }
    for status in [400, 403, 413, 429, 500] {
        assert!(statuses.contains(&status), "{status}");
    }
}
