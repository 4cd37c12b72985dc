//! One request to one good answer: sign, send, judge, try again, all under one deadline.
//!
//! Nothing here outlives the future: whoever drops it gives the call up, and no state is half
//! changed.

use std::sync::Arc;
use std::time::Duration;

use qrgen_contract::{Operation, Request};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::debug;

use crate::answer::{Refusal, judge};
use crate::config::Settings;
use crate::error::QrError;
use crate::retry::pause;
use crate::signer::Signer;
use crate::transport::{Transport, TransportRequest};

/// How long the retries of a request may carry the proof of its first attempt. A proof is good for
/// five minutes on either side of the service's clock; this leaves four for a clock that is off.
const PROOF_REUSE: Duration = Duration::from_mins(1);

/// The way to one service: a transport, a key, and patience.
pub(crate) struct Exchange {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) signer: Signer,
    pub(crate) settings: Settings,
}

impl Exchange {
    /// Sends `request` and returns the body of the good answer.
    ///
    /// The request is serialised once. Every attempt sends the same bytes, which is safe: the
    /// operations are idempotent.
    pub(crate) async fn call(&self, request: &Request) -> Result<Vec<u8>, QrError> {
        request.check()?;
        let deadline = Instant::now() + self.settings.deadline;
        let attempts = self.attempts(request.operation(), request.to_json(), deadline);
        match timeout_at(deadline, attempts).await {
            Ok(outcome) => outcome,
            Err(_elapsed) => Err(QrError::timeout(self.settings.deadline)),
        }
    }

    async fn attempts(
        &self,
        operation: Operation,
        body: Vec<u8>,
        deadline: Instant,
    ) -> Result<Vec<u8>, QrError> {
        let mut retries = 0;
        let mut clock_corrected = false;
        let mut signed_at = Instant::now();
        let mut proof = self.signer.prove(&body).await?;
        loop {
            let refusal = match self.attempt(&proof, &body).await {
                Ok(answer) => {
                    debug!(%operation, retries, "answered");
                    return Ok(answer);
                }
                Err(refusal) => refusal,
            };
            debug!(%operation, retries, code = refusal.error.code(), "attempt failed");
            let sign_anew = match refusal.server_time {
                Some(server_time) if !clock_corrected => {
                    self.signer.correct_clock(server_time);
                    clock_corrected = true;
                    true
                }
                _ => {
                    self.wait_for_retry(retries, refusal, deadline).await?;
                    retries += 1;
                    signed_at.elapsed() >= PROOF_REUSE
                }
            };
            if sign_anew {
                signed_at = Instant::now();
                proof = self.signer.prove(&body).await?;
            }
        }
    }

    /// Returns when it is time for retry number `retry`, or fails with the reason of the last
    /// attempt if there shall be none.
    async fn wait_for_retry(
        &self,
        retry: u32,
        refusal: Refusal,
        deadline: Instant,
    ) -> Result<(), QrError> {
        let Settings {
            max_retries,
            first_backoff,
            max_backoff,
            ..
        } = self.settings;
        if retry == max_retries || !refusal.error.is_retryable() {
            return Err(refusal.error);
        }
        let mut random = fastrand::Rng::new();
        let wait = pause(
            retry,
            first_backoff,
            max_backoff,
            refusal.retry_after,
            &mut random,
        );
        // The reason is worth more to the caller than a wait that ends in a timeout.
        if wait >= deadline.saturating_duration_since(Instant::now()) {
            return Err(refusal.error);
        }
        sleep(wait).await;
        Ok(())
    }

    async fn attempt(&self, proof: &str, body: &[u8]) -> Result<Vec<u8>, Refusal> {
        let request = TransportRequest {
            url: self.signer.url().to_owned(),
            proof: proof.to_owned(),
            body: body.to_vec(),
        };
        judge(self.transport.send(request).await?)
    }
}
