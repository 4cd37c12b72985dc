//! What every request gets, whatever its route: an id, a line in the log, its counters, and an
//! answer even if its handler panics.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use futures_util::FutureExt;
use hyper::HeaderMap;
use hyper::header::{HeaderName, HeaderValue};
use qrgen_contract::{Code, Problem};

use crate::metrics::Metrics;
use crate::respond::{self, Answer, Response};

/// The header that carries the request id, both ways.
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over from a caller, in bytes.
const REQUEST_ID_BYTES: usize = 128;

/// A request's id: the caller's `x-request-id` when it is well-formed, else one made here.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        match headers.get(X_REQUEST_ID) {
            Some(value) if is_well_formed(value.as_bytes()) => Self(value.clone()),
            _ => Self::random(),
        }
    }

    fn random() -> Self {
        let hex = format!("{:032x}", fastrand::u128(..));
        // Hexadecimal digits always make a header value.
        Self(HeaderValue::try_from(hex).unwrap_or(HeaderValue::from_static("-")))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// Letters, digits and the marks that ids are written with: safe in a log line, a header and a JSON
/// string.
fn is_well_formed(id: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:=+/".contains(byte);
    (1..=REQUEST_ID_BYTES).contains(&id.len()) && id.iter().all(allowed)
}

/// What is the same for all routes, around the answer of one.
pub(crate) async fn request(
    metrics: &Metrics,
    id: &RequestId,
    answer: impl Future<Output = Answer>,
) -> Response {
    let started = Instant::now();
    let _in_flight = metrics.enter();
    // Nothing of the request outlives a panic, and the service keeps no state between requests.
    let answered = AssertUnwindSafe(answer).catch_unwind().await;
    let Answer {
        mut response,
        outcome,
    } = answered.unwrap_or_else(|_panic| {
        let problem = Problem::new(
            Code::Internal,
            "the server failed on this request; report it with its request id",
        );
        respond::problem(problem, id)
    });

    let took = started.elapsed();
    metrics.record(outcome, took);
    tracing::info!(
        request_id = id.as_str(),
        operation = outcome.operation,
        status = outcome.status,
        code = outcome.code,
        duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    response.headers_mut().insert(X_REQUEST_ID, id.0.clone());
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use hyper::StatusCode;

    #[tokio::test]
    async fn a_panic_is_answered_500_with_the_request_id_and_without_its_message() {
        let id = RequestId(HeaderValue::from_static("abc-1"));
        let response = request(&Metrics::new(), &id, async { panic!("on purpose") }).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers()[X_REQUEST_ID], "abc-1");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let problem = Problem::from_json(&body).unwrap();
        assert_eq!(problem.known_code(), Some(Code::Internal));
        assert_eq!(problem.request_id.as_deref(), Some("abc-1"));
        assert!(!problem.detail.contains("on purpose"));
    }

    fn id_for(sent: Option<&str>) -> RequestId {
        let sent = sent.map(|id| (X_REQUEST_ID, HeaderValue::from_str(id).unwrap()));
        RequestId::of(&sent.into_iter().collect())
    }

    #[tokio::test]
    async fn a_well_formed_request_id_is_echoed_and_any_other_replaced() {
        let longest = "a".repeat(REQUEST_ID_BYTES);
        let kept = [
            "1",
            "Root=1-67891233-abcdef012345678912345678",
            longest.as_str(),
        ];
        for id in kept {
            let answer = async { respond::ok("text/plain", "ok") };
            let response = request(&Metrics::new(), &id_for(Some(id)), answer).await;
            assert_eq!(response.headers()[X_REQUEST_ID], id);
        }
        let too_long = "a".repeat(REQUEST_ID_BYTES + 1);
        for id in [
            None,
            Some(""),
            Some("two words"),
            Some("a\"b"),
            Some(too_long.as_str()),
        ] {
            let made = id_for(id);
            assert_eq!(made.as_str().len(), 32, "in place of {id:?}");
            assert!(made.as_str().bytes().all(|byte| byte.is_ascii_hexdigit()));
        }
    }
}
