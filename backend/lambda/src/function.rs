//! One event to one answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use lambda_runtime::{Context, LambdaEvent};
use qrgen_contract::{JSON, Operation, PROBLEM_JSON, Problem, proof};
use qrgen_service::{Access, Call, Config as ServiceConfig, Reply, Service, Store};
use serde_json::Value;
use tracing::Instrument;

use crate::{Answer, Config, Event, Fault};

/// What is left of the function's time to say that the store was too slow.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// A function that serves one operation.
#[derive(Debug)]
pub struct Function {
    operation: Operation,
    store: Store,
    public_url: Option<String>,
    skew_seconds: i64,
    /// Whether no event has come yet: the one that pays for the start.
    is_cold: AtomicBool,
}

impl Function {
    /// A function for `operation`, set up by `config`.
    pub fn new(operation: Operation, config: Config) -> Self {
        Self {
            operation,
            store: config.store,
            public_url: config.public_url,
            skew_seconds: config.skew_seconds,
            is_cold: AtomicBool::new(true),
        }
    }

    /// Answers one event.
    ///
    /// Time that runs out is raised as [`Fault::StorageUnavailable`], for only a store takes time.
    pub async fn call(&self, event: LambdaEvent<Value>) -> Result<Answer, Fault> {
        let (payload, context) = event.into_parts();
        let span = tracing::info_span!(
            "invocation",
            lambda_request_id = context.request_id,
            cold_start = self.is_cold.swap(false, Ordering::Relaxed),
        );
        in_time(self.answer(&payload), time_left(&context))
            .instrument(span)
            .await
    }

    async fn answer(&self, payload: &Value) -> Result<Answer, Fault> {
        let reply = match self.reply(payload).await {
            Ok(reply) => reply,
            Err(problem) => refusal(problem, payload),
        };
        match reply.code.and_then(Fault::of) {
            Some(fault) => Err(fault),
            None => Ok(reply.into()),
        }
    }

    async fn reply(&self, payload: &Value) -> Result<Reply, Problem> {
        let event = Event::read(payload)?;
        let url = match &self.public_url {
            Some(url) => url.clone(),
            // The host is API Gateway's word for where the request came in, not the caller's.
            None => proof::normalize_url(&format!("https://{}{}", event.host, event.path))?,
        };
        // Of each call, for the URL is; the store and its connections are the same for all.
        let service = Service::new(
            self.store.clone(),
            ServiceConfig {
                access: Access::Proof { urls: vec![url] },
                skew_seconds: self.skew_seconds,
            },
        );
        let proof = [event.proof.as_str()];
        let call = Call {
            method: &event.method,
            // API Gateway lets nothing else pass.
            content_type: Some(JSON),
            proofs: if event.proof.is_empty() { &[] } else { &proof },
            body: event.body.as_bytes(),
            request_id: &event.request_id,
            only: Some(self.operation),
        };
        Ok(service.call(call).await)
    }
}

/// The answer to an event that never reached the service.
fn refusal(problem: Problem, payload: &Value) -> Reply {
    let problem = match payload.get("requestId").and_then(Value::as_str) {
        Some(id) => problem.with_request_id(id),
        None => problem,
    };
    tracing::info!(
        request_id = problem.request_id,
        status = problem.status,
        code = problem.code,
        "call"
    );
    Reply {
        status: problem.status,
        content_type: PROBLEM_JSON,
        retry_after: None,
        operation: None,
        code: problem.known_code(),
        body: problem.to_json(),
    }
}

/// The answer, unless the time runs out.
async fn in_time(
    answer: impl Future<Output = Result<Answer, Fault>>,
    time: Duration,
) -> Result<Answer, Fault> {
    // On the heap: a request to a store is a large future, and each layer would move it again.
    let answer = tokio::time::timeout(time, Box::pin(answer));
    answer.await.unwrap_or_else(|_elapsed| {
        tracing::error!("the store took all the time that the function had");
        Err(Fault::StorageUnavailable)
    })
}

fn time_left(context: &Context) -> Duration {
    let left = context.deadline().duration_since(SystemTime::now());
    left.unwrap_or_default().saturating_sub(LAST_WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_end_of_time_is_raised_by_name() {
        let raised = in_time(std::future::pending(), Duration::ZERO).await;
        assert_eq!(raised, Err(Fault::StorageUnavailable));
    }
}
