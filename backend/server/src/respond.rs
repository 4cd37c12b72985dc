//! Answers of the service as HTTP responses.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use qrgen_contract::{Code, PROBLEM_JSON, Problem};
use qrgen_service::Reply;

use crate::metrics::Outcome;
use crate::observe::RequestId;

/// The service's answer, with the headers that its code calls for and its [`Outcome`] for the log
/// and the counters.
pub(crate) fn reply(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    if let Some(seconds) = reply.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, challenge(reply.code));
    }
    response.extensions_mut().insert(Outcome {
        operation: reply
            .operation
            .map_or("none", |operation| operation.label()),
        status: reply.status,
        code: reply.code.map_or("ok", Code::as_str),
    });
    response
}

/// A refusal that never reached the service.
pub(crate) fn problem(problem: Problem, id: &RequestId) -> Response {
    let problem = problem.with_request_id(id.as_str());
    reply(Reply {
        status: problem.status,
        content_type: PROBLEM_JSON,
        retry_after: problem.retry_after_seconds,
        operation: None,
        code: problem.known_code(),
        body: problem.to_json(),
    })
}

/// What a `401` must carry (RFC 9110 section 15.5.2, RFC 9449 section 7.1).
fn challenge(code: Option<Code>) -> HeaderValue {
    HeaderValue::from_static(match code {
        Some(Code::ProofMissing) => r#"DPoP algs="ES256""#,
        _ => r#"DPoP error="invalid_dpop_proof", algs="ES256""#,
    })
}
