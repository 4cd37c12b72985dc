//! The door: one request in, one reply out, whoever brings it.
//!
//! Every request is checked in this order, and the first rule that it breaks is its answer:
//!
//! 1. method, content type, size of the body;
//! 2. its form: strict JSON, known members, values within the limits ([`Request::parse`]);
//! 3. the proof, where one is asked for: exactly one, and valid for these bytes;
//! 4. whose codes they are: the request's `deviceId` is the proof's key;
//! 5. whether this door serves the operation;
//! 6. the operation itself, and only this step knows a store.
//!
//! Form comes before proof because the form is public: it says nothing that the `OpenAPI` document
//! does not, costs microseconds, and a caller learns at once what to correct. A request without a
//! valid proof never reaches the store, nor the engine.

use std::sync::Arc;
use std::time::Instant;

use qrgen_contract::{
    Code, DeviceId, JSON, Operation, PROBLEM_JSON, Problem, Request, limits, proof,
};

use serde::Serialize;

use crate::failure::Failure;
use crate::{Access, Config, Store, clock, delete, generate, retrieve};

/// Room for the answer of a GENERATE of a short URL, in bytes; a longer one grows.
const ANSWER_BYTES: usize = 1_024;

/// One request, as any transport brings it.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The method of HTTP, in upper case.
    pub method: &'a str,
    /// The header `Content-Type`.
    pub content_type: Option<&'a str>,
    /// Every header `DPoP`, each a proof.
    pub proofs: &'a [&'a str],
    /// The bytes of the body: those that the proof has signed.
    pub body: &'a [u8],
    /// An id for logs and problems.
    pub request_id: &'a str,
    /// The one operation that is served here; `None` for all.
    pub only: Option<Operation>,
}

/// What goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// The media type of the body.
    pub content_type: &'static str,
    /// JSON: the answer of the operation, or a [`Problem`].
    pub body: Vec<u8>,
    /// The value of the header `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// What was asked for, when that much could be read; for logs and metrics.
    pub operation: Option<Operation>,
    /// Why it was refused; `None` for success.
    pub code: Option<Code>,
}

/// The three operations over one store. Cheap to clone; clones share everything.
#[derive(Debug, Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    config: Config,
}

impl Service {
    /// A service over `store`, set up by `config`.
    pub fn new(store: Store, config: Config) -> Self {
        Self {
            inner: Arc::new(Inner { store, config }),
        }
    }

    /// Answers one request. Every refusal is a reply too.
    ///
    /// Dropping the future is safe at any time: the store holds the whole image or none.
    pub async fn call(&self, call: Call<'_>) -> Reply {
        let started = Instant::now();
        let request = read(&call);
        let operation = request.as_ref().ok().map(Request::operation);
        let outcome = match request {
            Ok(request) => self.serve(&call, request).await,
            Err(problem) => Err(problem.into()),
        };
        let reply = Reply::new(operation, outcome, call.request_id);
        tracing::info!(
            request_id = call.request_id,
            operation = operation.map(Operation::label),
            status = reply.status,
            code = reply.code.map(Code::as_str),
            duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            "call"
        );
        reply
    }

    async fn serve(&self, call: &Call<'_>, request: Request) -> Result<Vec<u8>, Failure> {
        let device = self.principal(call, request.device_id())?;
        check_served(call.only, request.operation())?;
        let store = &self.inner.store;
        Ok(match request {
            Request::Generate(request) => json(&generate::run(store, &device, request).await?)?,
            Request::Retrieve(request) => json(&retrieve::run(store, &device, request).await?)?,
            Request::Delete(request) => json(&delete::run(store, &device, &request).await?)?,
        })
    }

    /// The device in whose name the request may act: the proof's, and it must be the one that the
    /// request names.
    fn principal(&self, call: &Call<'_>, claimed: &str) -> Result<DeviceId, Problem> {
        let Access::Proof { urls } = &self.inner.config.access else {
            return DeviceId::parse(claimed);
        };
        let device = proof::verify(
            the_one_proof(call.proofs)?,
            &proof::Expected {
                method: call.method,
                urls,
                body: call.body,
                now_unix_seconds: clock::unix_seconds(clock::now()),
                skew_seconds: self.inner.config.skew_seconds,
            },
        )?;
        if device.as_str() != claimed {
            return Err(Problem::new(
                Code::DeviceMismatch,
                "deviceId is not the thumbprint of the key that signed the proof; a device reaches its own codes only",
            )
            .with_field("deviceId"));
        }
        Ok(device)
    }
}

impl Reply {
    fn new(
        operation: Option<Operation>,
        outcome: Result<Vec<u8>, Failure>,
        request_id: &str,
    ) -> Self {
        match outcome {
            Ok(body) => Self {
                status: 200,
                content_type: JSON,
                body,
                retry_after: None,
                operation,
                code: None,
            },
            Err(failure) => {
                let problem = failure.into_problem(request_id).with_request_id(request_id);
                Self {
                    status: problem.status,
                    content_type: PROBLEM_JSON,
                    body: problem.to_json(),
                    retry_after: problem.retry_after_seconds,
                    operation,
                    code: problem.known_code(),
                }
            }
        }
    }
}

/// An answer as it travels.
fn json(answer: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::with_capacity(ANSWER_BYTES);
    serde_json::to_writer(&mut body, answer)?;
    Ok(body)
}

/// Steps 1 and 2: what can be said of a request without knowing whose it is.
fn read(call: &Call<'_>) -> Result<Request, Problem> {
    if call.method != "POST" {
        return Err(Problem::new(
            Code::MethodNotAllowed,
            "the endpoint takes POST only",
        ));
    }
    if !call.content_type.is_some_and(is_json) {
        return Err(Problem::new(
            Code::ContentTypeUnsupported,
            "the body is not declared as JSON; send the header content-type: application/json",
        ));
    }
    if call.body.len() > limits::BODY_BYTES {
        // Its length is not told: a transport may have stopped reading long before the end.
        return Err(Problem::new(
            Code::BodyTooLarge,
            format!(
                "the body has more than {} bytes, the most that are read",
                limits::BODY_BYTES
            ),
        ));
    }
    Request::parse(call.body)
}

/// Whether a `Content-Type` is JSON, whatever its parameters (RFC 9110, clause 8.3.1).
fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case(JSON)
}

/// There must be exactly one (RFC 9449, clause 4.3, check 1).
fn the_one_proof<'a>(proofs: &[&'a str]) -> Result<&'a str, Problem> {
    match proofs {
        [proof] => Ok(proof),
        [] => Err(Problem::new(
            Code::ProofMissing,
            "the request has no DPoP header; sign it with the key of the device",
        )),
        _ => Err(Problem::new(
            Code::ProofMalformed,
            "the request has more than one DPoP header; send one",
        )),
    }
}

/// Whoever sorted the requests may have read another `type` than this service does.
fn check_served(only: Option<Operation>, asked: Operation) -> Result<(), Problem> {
    match only {
        Some(only) if only != asked => Err(Problem::new(
            Code::UnknownOperation,
            format!("{asked} is not served here, only {only}"),
        )
        .with_field("type")),
        _ => Ok(()),
    }
}
