//! `StartSyncExecution`, signed by the signer of the AWS SDK.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use serde_json::{Value, json};

use crate::stack::{ACCESS_KEY, REGION, SECRET_KEY, Stack};
use crate::support::Connection;

const HEADERS: [(&str, &str); 2] = [
    ("content-type", "application/x-amz-json-1.0"),
    ("x-amz-target", "AWSStepFunctions.StartSyncExecution"),
];

/// A state machine of the stack.
#[derive(Clone)]
pub(super) struct StateMachine {
    emulator: String,
    arn: String,
}

/// How an execution ended.
#[derive(Debug)]
pub(super) struct Execution {
    /// `SUCCEEDED`, `FAILED` or `TIMED_OUT`.
    pub(super) status: String,
    /// What it ended in; null unless it succeeded.
    output: Value,
}

impl StateMachine {
    /// The one that the endpoint starts.
    pub(super) fn of<Hold>(stack: &Stack<Hold>) -> Self {
        Self {
            emulator: stack.emulator().to_owned(),
            arn: stack.output("StateMachineArn").to_owned(),
        }
    }

    /// Runs it to its end.
    pub(super) fn start(&self, event: &Value) -> Execution {
        let body = json!({ "stateMachineArn": self.arn, "input": event.to_string() });
        let body = body.to_string();
        let authorization = self.authorization(body.as_bytes());
        let mut headers = HEADERS.to_vec();
        headers.extend(
            authorization
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        );
        let answer = Connection::open(&self.emulator)
            .request("POST", "/", &headers, body.as_bytes())
            .unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        let answer = answer.json();
        let output = answer["output"].as_str().unwrap_or("null");
        Execution {
            status: answer["status"].as_str().unwrap().to_owned(),
            output: serde_json::from_str(output).unwrap(),
        }
    }

    /// The headers that Signature Version 4 adds.
    fn authorization(&self, body: &[u8]) -> Vec<(&'static str, String)> {
        let identity = Credentials::from_keys(ACCESS_KEY, SECRET_KEY, None).into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(REGION)
            .name("states")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .unwrap()
            .into();
        let url = format!("{}/", self.emulator);
        let body = SignableBody::Bytes(body);
        let request = SignableRequest::new("POST", url, HEADERS.into_iter(), body).unwrap();
        let (instructions, _) = sign(request, &parameters).unwrap().into_parts();
        let (headers, _) = instructions.into_parts();
        headers
            .iter()
            .map(|header| (header.name(), header.value().to_owned()))
            .collect()
    }
}

impl Execution {
    /// What the client gets: status and body, of an execution that must have succeeded.
    #[track_caller]
    pub(super) fn answer(&self) -> (u64, Value) {
        assert_eq!(self.status, "SUCCEEDED", "{:?}", self.output);
        let status = self.output["statusCode"].as_u64().unwrap();
        let body = self.output["body"].as_str().unwrap();
        let content_type = self.output["contentType"].as_str().unwrap();
        let expected = if status == 200 {
            "application/json"
        } else {
            "application/problem+json"
        };
        assert_eq!(content_type, expected, "{body}");
        (status, serde_json::from_str(body).unwrap())
    }

    /// The answer of a request that must have been granted.
    #[track_caller]
    pub(super) fn granted(&self) -> Value {
        let (status, body) = self.answer();
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Asserts the status and the code of a problem, and gives the problem.
    #[track_caller]
    pub(super) fn refused(&self, status: u64, code: &str) -> Value {
        let (found, problem) = self.answer();
        assert_eq!(
            (found, &problem["code"]),
            (status, &json!(code)),
            "{problem}"
        );
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("urn:qrgen:problem:{code}"));
        problem
    }

    /// The header `Retry-After`; empty if there is none.
    pub(super) fn retry_after(&self) -> &str {
        self.output["retryAfter"].as_str().unwrap()
    }
}
