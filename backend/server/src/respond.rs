//! Answers of the service as HTTP responses.

use bytes::Bytes;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use qrgen_contract::{Code, PROBLEM_JSON, Problem};
use qrgen_service::Reply;

use crate::metrics::Outcome;
use crate::observe::RequestId;

/// A whole answer: no route has one that comes in pieces.
pub(crate) type Response = hyper::Response<Full<Bytes>>;

/// A response, and what it came to, for the log and the counters.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) outcome: Outcome,
}

impl Answer {
    /// The answer with the methods that would have been taken (RFC 9110 section 15.5.6).
    pub(crate) fn allowing(mut self, methods: &'static str) -> Self {
        let headers = self.response.headers_mut();
        headers.insert(ALLOW, HeaderValue::from_static(methods));
        self
    }
}

/// What a small route gives.
pub(crate) fn ok(content_type: &'static str, body: impl Into<Bytes>) -> Answer {
    Answer {
        response: response(StatusCode::OK, content_type, body.into()),
        outcome: Outcome {
            operation: "none",
            status: StatusCode::OK.as_u16(),
            code: "ok",
        },
    }
}

/// The service's answer, with the headers that its code calls for.
pub(crate) fn reply(reply: Reply) -> Answer {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = response(status, reply.content_type, reply.body.into());
    let headers = response.headers_mut();
    if let Some(seconds) = reply.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, challenge(reply.code));
    }
    Answer {
        response,
        outcome: Outcome {
            operation: reply
                .operation
                .map_or("none", |operation| operation.label()),
            status: reply.status,
            code: reply.code.map_or("ok", Code::as_str),
        },
    }
}

/// A refusal that never reached the service.
pub(crate) fn problem(problem: Problem, id: &RequestId) -> Answer {
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

fn response(status: StatusCode, content_type: &'static str, body: Bytes) -> Response {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static(content_type);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

/// What a `401` must carry (RFC 9110 section 15.5.2, RFC 9449 section 7.1).
fn challenge(code: Option<Code>) -> HeaderValue {
    HeaderValue::from_static(match code {
        Some(Code::ProofMissing) => r#"DPoP algs="ES256""#,
        _ => r#"DPoP error="invalid_dpop_proof", algs="ES256""#,
    })
}
