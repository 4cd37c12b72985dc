//! What the state machine sends, and what it gets.

use qrgen_contract::{Code, Problem};
use qrgen_service::Reply;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A request as API Gateway has seen it, in the form that the request template gives it.
///
/// The template also writes `type`, for the machine to choose by. It is not read here: what counts
/// is the body, which the proof has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The header `DPoP`; empty if there was none.
    pub proof: String,
    /// The method of HTTP.
    pub method: String,
    /// The host that was asked for, without scheme.
    pub host: String,
    /// The path that was asked for, with the stage: `/v1/qr`.
    pub path: String,
    /// API Gateway's id of the request.
    pub request_id: String,
    /// The body as it was sent, byte for byte.
    pub body: String,
}

impl Event {
    /// Reads what the machine was given. Whoever starts it directly may give it anything: that is a
    /// bad request, and nothing of it is repeated.
    pub fn read(event: &Value) -> Result<Self, Problem> {
        let member = |name: &str| match event.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(refused(Code::WrongType, name, "is not a string")),
            None => Err(refused(Code::MissingField, name, "is missing")),
        };
        Ok(Self {
            proof: member("proof")?,
            method: member("method")?,
            host: member("host")?,
            path: member("path")?,
            request_id: member("requestId")?,
            body: member("body")?,
        })
    }
}

fn refused(code: Code, name: &str, wrong: &str) -> Problem {
    let detail = format!("the event's {name} {wrong}; send what the endpoint's template makes");
    Problem::new(code, detail).with_field(name)
}

/// What the machine ends with, and API Gateway makes an HTTP response of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The status of HTTP.
    pub status_code: u16,
    /// The header `Content-Type`.
    pub content_type: String,
    /// The header `Retry-After`; empty for none.
    pub retry_after: String,
    /// JSON text.
    pub body: String,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self {
            status_code: reply.status,
            content_type: reply.content_type.to_owned(),
            retry_after: reply
                .retry_after
                .map(|seconds| seconds.to_string())
                .unwrap_or_default(),
            // JSON is UTF-8: nothing is lost.
            body: String::from_utf8_lossy(&reply.body).into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_that_the_template_did_not_make_is_refused_by_its_member() {
        let good = json!({
            "type": "GENERATE", "proof": "", "method": "POST", "host": "qr.example.com",
            "path": "/v1/qr", "requestId": "1", "body": "{}",
        });
        assert!(Event::read(&good).is_ok());
        for name in ["proof", "method", "host", "path", "requestId", "body"] {
            let mut event = good.clone();
            event[name] = json!({ "planted": "secret" });
            let problem = Event::read(&event).unwrap_err();
            assert_eq!(problem.known_code(), Some(Code::WrongType));
            assert_eq!(problem.field.as_deref(), Some(name));
            assert!(!problem.detail.contains("secret"));
            event.as_object_mut().unwrap().remove(name);
            let problem = Event::read(&event).unwrap_err();
            assert_eq!(problem.known_code(), Some(Code::MissingField));
            assert_eq!(problem.field.as_deref(), Some(name));
        }
        for event in [json!(null), json!([]), json!("GENERATE"), json!(1)] {
            assert!(Event::read(&event).is_err(), "{event}");
        }
    }
}
