//! The endpoint over HTTP: API Gateway's validation and templates, the state machine, the functions,
//! in the one emulator that has all of them.
//!
//! It differs from AWS in what is told of refusals that API Gateway makes by itself: their status is
//! ours, but not their body.

mod bad_input;
mod body;
mod failures;
mod key;
mod paging;
mod sdk;

use serde_json::Value;

use crate::stack::Stack;
use crate::support::{Connection, Device, Response};

/// The endpoint that a variable names.
struct Endpoint {
    /// The base URL of the emulator.
    emulator: String,
    /// The path of the API in the emulator.
    base: String,
}

impl Endpoint {
    /// The one that takes whoever has a proof. Whoever uses it holds the stack.
    fn open<Hold>(_: &Stack<Hold>) -> Self {
        Self::of("QRGEN_TEST_ENDPOINT")
    }

    fn of(variable: &str) -> Self {
        let url = std::env::var(variable).unwrap_or_else(|_| {
            panic!("{variable} is not set; run `cargo xtask test --only aws-rest`")
        });
        let path = url.match_indices('/').nth(2).unwrap().0;
        let (emulator, base) = url.split_at(path);
        Self {
            emulator: emulator.to_owned(),
            base: base.to_owned(),
        }
    }

    /// The base URL, as clients take it.
    fn url(&self) -> String {
        format!("{}{}", self.emulator, self.base)
    }

    /// What a proof names.
    fn signed_url(&self) -> String {
        format!("{}/v1/qr", self.url())
    }

    fn request(&self, method: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        self.request_at("/v1/qr", method, headers, body)
    }

    fn request_at(
        &self,
        path: &str,
        method: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Response {
        let path = format!("{}{path}", self.base);
        let mut connection = Connection::open(&self.emulator);
        connection.request(method, &path, headers, body).unwrap()
    }

    /// POSTs a body under an honest proof.
    fn post(&self, device: &Device, body: &str) -> Response {
        let proof = device.proof(&self.signed_url(), body.as_bytes());
        let headers = [
            ("content-type", "application/json"),
            ("dpop", proof.as_str()),
        ];
        self.request("POST", &headers, body.as_bytes())
    }

    /// As [`post`](Self::post), and the answer to what must be granted.
    #[track_caller]
    fn granted(&self, device: &Device, body: &Value) -> Value {
        let answer = self.post(device, &body.to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

/// Asserts status and code of a problem, and gives it.
#[track_caller]
fn assert_problem(answer: &Response, status: u16, code: &str) -> Value {
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{}",
        answer.text()
    );
    let problem = answer.json();
    assert_eq!(
        (answer.status, problem["code"].as_str()),
        (status, Some(code)),
        "{problem}"
    );
    assert_eq!(problem["status"], status);
    assert!(problem["requestId"].is_string(), "{problem}");
    problem
}
