//! What is tried again, how often, with which proof, and when not.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use qrgen_contract::Code;
use qrgen_sdk::{
    DeleteRequest, FileDeviceKey, GenerateRequest, QrClient, QrClientConfig, QrError, Transport,
    TransportRequest, TransportResponse,
};
use tokio::time::Instant;
use wiremock::ResponseTemplate;

use crate::support::{
    client, deleted, generated, no_pauses, ok, proof_of, refused, requests, server_that_answers,
    server_with_script, verify,
};

#[tokio::test]
async fn only_what_may_pass_is_tried_again() {
    let cases = [
        (
            refused(Code::RateLimited).insert_header("retry-after", "0"),
            4,
        ),
        (refused(Code::StorageUnavailable), 4),
        (refused(Code::Overloaded), 4),
        (refused(Code::TimedOut), 4),
        (ResponseTemplate::new(502), 4),
        (refused(Code::Internal), 1),
        (refused(Code::FilenameTaken), 1),
        (refused(Code::ProofSignatureInvalid), 1),
        (ResponseTemplate::new(200).set_body_string("not JSON"), 1),
        (ResponseTemplate::new(404), 1),
    ];
    for (answer, attempts) in cases {
        let server = server_that_answers(answer).await;
        let config = QrClientConfig {
            max_retries: 3,
            ..no_pauses(server.uri())
        };
        let error = client(config)
            .delete(DeleteRequest::new("menu"))
            .await
            .unwrap_err();
        assert_eq!(requests(&server).await.len(), attempts, "{error}");
    }
}

#[tokio::test]
async fn a_call_that_recovers_succeeds_with_the_same_bytes_and_the_same_proof() {
    let server = server_with_script([
        refused(Code::StorageUnavailable),
        refused(Code::Overloaded),
        ok(&generated("menu", "text")),
    ])
    .await;
    let client = client(no_pauses(server.uri()));
    let outcome = client
        .generate(GenerateRequest::new("menu", "text"))
        .await
        .unwrap();
    assert_eq!(outcome.image.filename, "menu");
    let requests = requests(&server).await;
    let device_id = verify(&server, &requests[0], 0).unwrap();
    assert_eq!(device_id.as_str(), client.device_id());
    for retry in &requests[1..] {
        assert_eq!(retry.body, requests[0].body);
        assert_eq!(proof_of(retry), proof_of(&requests[0]));
    }
}

#[tokio::test]
async fn two_calls_have_two_proofs() {
    let server = server_that_answers(ok(&deleted())).await;
    let client = client(no_pauses(server.uri()));
    for _ in 0..2 {
        assert!(client.delete(DeleteRequest::new("menu")).await.unwrap());
    }
    let requests = requests(&server).await;
    assert_eq!(requests[0].body, requests[1].body);
    assert_ne!(proof_of(&requests[0]), proof_of(&requests[1]));
}

/// A pause that would end after the deadline is not begun: the caller learns why, at once.
#[tokio::test]
async fn a_wait_beyond_the_deadline_ends_the_call_with_its_reason() {
    for (retry_after, retry_after_ms) in [("3600", 3_600_000), ("9223372036854775807", i64::MAX)] {
        let answer = ResponseTemplate::new(429).insert_header("retry-after", retry_after);
        let server = server_that_answers(answer).await;
        let client = client(no_pauses(server.uri()));
        let error = client.delete(DeleteRequest::new("menu")).await.unwrap_err();
        assert_eq!(error, QrError::RateLimited { retry_after_ms });
        assert_eq!(requests(&server).await.len(), 1);
    }
}

// Below, tokio's clock is virtual: it jumps over every pause, and no test waits or depends on speed.

/// Gives prepared answers and notes what was sent when.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<TransportResponse>>,
    sent: Mutex<Vec<(Instant, TransportRequest)>>,
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: TransportRequest) -> Result<TransportResponse, QrError> {
        self.sent.lock().unwrap().push((Instant::now(), request));
        Ok(self.answers.lock().unwrap().pop_front().unwrap())
    }
}

impl Script {
    fn new(answers: impl IntoIterator<Item = TransportResponse>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            sent: Mutex::default(),
        })
    }

    fn client(self: &Arc<Self>, config: QrClientConfig) -> QrClient {
        let key = Arc::new(FileDeviceKey::generate().unwrap());
        QrClient::with_transport(config, key, Arc::clone(self) as Arc<dyn Transport>).unwrap()
    }
}

fn busy(retry_after_seconds: i64) -> TransportResponse {
    TransportResponse {
        status: 503,
        retry_after_seconds: Some(retry_after_seconds),
        body: Vec::new(),
    }
}

fn done() -> TransportResponse {
    TransportResponse {
        status: 200,
        retry_after_seconds: None,
        body: br#"{"deleted":true}"#.to_vec(),
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_honoured() {
    let script = Script::new([busy(7), busy(11), done()]);
    script
        .client(no_pauses("http://localhost"))
        .delete(DeleteRequest::new("menu"))
        .await
        .unwrap();
    let sent = script.sent.lock().unwrap();
    assert!(sent[1].0 - sent[0].0 >= Duration::from_secs(7));
    assert!(sent[2].0 - sent[1].0 >= Duration::from_secs(11));
}

/// Nobody may put a proof aside and use it minutes later: not even the device itself.
#[tokio::test(start_paused = true)]
async fn a_proof_is_carried_for_a_minute_and_then_made_anew() {
    let script = Script::new([busy(25), busy(25), busy(25), busy(25), done()]);
    let config = QrClientConfig {
        deadline_ms: 600_000,
        max_retries: 4,
        ..no_pauses("http://localhost")
    };
    script
        .client(config)
        .delete(DeleteRequest::new("menu"))
        .await
        .unwrap();
    let sent = script.sent.lock().unwrap();
    let proofs: Vec<_> = sent.iter().map(|(_, request)| &request.proof).collect();
    assert!(
        proofs[..3].iter().all(|proof| *proof == proofs[0]),
        "0, 25 and 50 seconds"
    );
    assert_ne!(proofs[3], proofs[0], "75 seconds");
    assert_eq!(proofs[4], proofs[3], "25 seconds after the second proof");
    assert!(
        sent.iter()
            .all(|(_, request)| request.body == sent[0].1.body)
    );
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_an_attempt_that_is_under_way() {
    struct Silent;
    #[async_trait]
    impl Transport for Silent {
        async fn send(&self, _request: TransportRequest) -> Result<TransportResponse, QrError> {
            std::future::pending().await
        }
    }
    let key = Arc::new(FileDeviceKey::generate().unwrap());
    let config = QrClientConfig {
        deadline_ms: 1_234,
        ..QrClientConfig::new("http://localhost")
    };
    let client = QrClient::with_transport(config, key, Arc::new(Silent)).unwrap();
    let error = client.delete(DeleteRequest::new("menu")).await.unwrap_err();
    assert_eq!(error, QrError::Timeout { after_ms: 1_234 });
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_between_two_attempts_makes_no_further_one() {
    let script = Script::new([busy(20), done()]);
    let client = script.client(no_pauses("http://localhost"));
    let call = client.delete(DeleteRequest::new("menu"));
    let dropped = tokio::time::timeout(Duration::from_secs(10), call).await;
    assert!(dropped.is_err());
    tokio::time::sleep(Duration::from_hours(1)).await;
    assert_eq!(script.sent.lock().unwrap().len(), 1);
}
