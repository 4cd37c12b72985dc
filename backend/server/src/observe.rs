//! What every request gets, whatever its route: an id, a line in the log, its counters, and an
//! answer even if its handler panics.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use qrgen_contract::{Code, Problem};

use crate::metrics::{Metrics, Outcome};
use crate::respond;

/// The header that carries the request id, both ways.
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over from a caller, in bytes.
const REQUEST_ID_BYTES: usize = 128;

/// A request's id: the caller's `x-request-id` when it is well-formed, else one made here.
///
/// It is an extension of the request, so that the handlers can put it into their answers.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    fn of(request: &Request) -> Self {
        match request.headers().get(X_REQUEST_ID) {
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

/// The one layer around all routes.
pub(crate) async fn request(
    State(metrics): State<Arc<Metrics>>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let _in_flight = metrics.enter();
    let id = RequestId::of(&request);
    request.extensions_mut().insert(id.clone());
    // Nothing of the request outlives a panic, and the service keeps no state between requests.
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = answered.unwrap_or_else(|_panic| {
        let problem = Problem::new(
            Code::Internal,
            "the server failed on this request; report it with its request id",
        );
        respond::problem(problem, &id)
    });

    let outcome = match response.extensions().get::<Outcome>() {
        Some(outcome) => *outcome,
        None => Outcome::of_status(response.status()),
    };
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
    response.headers_mut().insert(X_REQUEST_ID, id.0);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    fn router() -> Router {
        Router::new()
            .route("/panic", get(async || -> Response { panic!("on purpose") }))
            .route("/ok", get(async || "ok"))
            .layer(middleware::from_fn_with_state(
                Arc::new(Metrics::new()),
                request,
            ))
    }

    async fn get_with_id(path: &str, id: Option<&str>) -> Response {
        let mut request = Request::get(path);
        if let Some(id) = id {
            request = request.header(X_REQUEST_ID, id);
        }
        router()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_answered_500_with_the_request_id_and_without_its_message() {
        let response = get_with_id("/panic", Some("abc-1")).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers()[X_REQUEST_ID], "abc-1");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let problem = Problem::from_json(&body).unwrap();
        assert_eq!(problem.known_code(), Some(Code::Internal));
        assert_eq!(problem.request_id.as_deref(), Some("abc-1"));
        assert!(!problem.detail.contains("on purpose"));
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
            let response = get_with_id("/ok", Some(id)).await;
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
            let response = get_with_id("/ok", id).await;
            let made = response.headers()[X_REQUEST_ID].to_str().unwrap();
            assert_eq!(made.len(), 32, "in place of {id:?}");
            assert!(made.bytes().all(|byte| byte.is_ascii_hexdigit()));
        }
    }
}
