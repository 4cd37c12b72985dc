//! `/v1/qr`: reads the body within its bounds, sheds what is too much, and leaves every decision to
//! the service.

use std::pin::pin;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderName};
use hyper::{HeaderMap, Request, StatusCode};
use qrgen_contract::{Code, Problem, limits};
use qrgen_service::{Call, Service};
use tokio::sync::Semaphore;
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::config::ServerLimits;
use crate::observe::RequestId;
use crate::respond::{self, Answer};

/// The header that carries the proof (RFC 9449 section 4.1).
const DPOP: HeaderName = HeaderName::from_static("dpop");

/// How much of a body that is too large is still read and dropped, in bytes. A client that is cut
/// off while it sends sees a broken connection and never the answer that says why.
const DRAIN_BYTES: usize = 1 << 20;

/// When a request that was shed may come again, in seconds.
const RETRY_AFTER_SECONDS: u64 = 1;

/// The service behind its door.
#[derive(Debug)]
pub(crate) struct Endpoint {
    service: Service,
    limits: ServerLimits,
    permits: Semaphore,
}

impl Endpoint {
    pub(crate) fn new(service: Service, limits: &ServerLimits) -> Self {
        Self {
            service,
            limits: *limits,
            permits: Semaphore::new(limits.concurrency),
        }
    }

    /// Answers one request, of every method.
    pub(crate) async fn call(&self, request: Request<Incoming>, id: &RequestId) -> Answer {
        let answered = self.answer(request, id).await;
        let answer = answered.unwrap_or_else(|problem| respond::problem(problem, id));
        if answer.response.status() == StatusCode::METHOD_NOT_ALLOWED {
            return answer.allowing("POST");
        }
        answer
    }

    async fn answer(&self, request: Request<Incoming>, id: &RequestId) -> Result<Answer, Problem> {
        let (head, body) = request.into_parts();
        let body = timeout(self.limits.body, read(body))
            .await
            .map_err(|_elapsed| {
                timed_out("the request's body did not arrive", self.limits.body)
            })??;
        // Taken after the body has arrived: clients that send slowly keep no place from the others.
        let _permit = self.permits.try_acquire().map_err(|_full| overloaded())?;
        let proofs = proofs(&head.headers);
        let call = Call {
            method: head.method.as_str(),
            content_type: head
                .headers
                .get(CONTENT_TYPE)
                .and_then(|value| value.to_str().ok()),
            proofs: &proofs,
            body: &body,
            request_id: id.as_str(),
            only: None,
        };
        let called = pin!(self.service.call(call));
        let called = timeout(self.limits.call, called).await;
        // What else has arrived on this thread is called first, and then all are answered. A client
        // that sleeps is woken by each answer that it did not wait for (ADR 0019).
        yield_now().await;
        called
            .map(respond::reply)
            .map_err(|_elapsed| timed_out("the request was not finished", self.limits.call))
    }
}

/// Every `DPoP` header. One that is not even ASCII is passed on empty, to be refused as any
/// malformed proof is.
fn proofs(headers: &HeaderMap) -> Vec<&str> {
    let values = headers.get_all(DPOP).iter();
    values
        .map(|value| value.to_str().unwrap_or_default())
        .collect()
}

/// Reads a body, but hardly more than the largest allowed: the service refuses it by its length
/// then.
async fn read(mut body: Incoming) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut dropped = 0;
    while dropped < DRAIN_BYTES
        && let Some(frame) = body.frame().await
    {
        let frame = frame.map_err(|_broken| {
            Problem::new(
                Code::MalformedJson,
                "the request's body broke off or was not framed as HTTP says; send it whole",
            )
        })?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        if bytes.len() > limits::BODY_BYTES {
            dropped += data.len();
        } else {
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

fn timed_out(what: &str, within: std::time::Duration) -> Problem {
    Problem::new(
        Code::TimedOut,
        format!(
            "{what} within {} s; the same request may be sent again",
            within.as_secs_f32()
        ),
    )
}

fn overloaded() -> Problem {
    Problem::new(
        Code::Overloaded,
        "the server has as many requests at work as it takes; try again",
    )
    .with_retry_after(RETRY_AFTER_SECONDS)
}
