//! What the tests share: clients with no patience, and answers as a service would give them.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use base64_simd::STANDARD as BASE64;
use qrgen_contract::proof::{self, Expected};
use qrgen_contract::{
    Code, DeleteAnswer, DeviceId, GenerateAnswer, GenerateStatus, Image, Level, PROBLEM_JSON,
    Problem, RetrieveAnswer, SymbolInfo, limits,
};
use qrgen_sdk::{FileDeviceKey, QrClient, QrClientConfig, RenderRequest};
use ring::digest::{SHA256, digest};
use serde::Serialize;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// Defaults, but without pauses between attempts.
pub(crate) fn no_pauses(endpoint: impl Into<String>) -> QrClientConfig {
    QrClientConfig {
        first_backoff_ms: 0,
        max_backoff_ms: 0,
        ..QrClientConfig::new(endpoint)
    }
}

/// A client with a key of its own.
pub(crate) fn client(config: QrClientConfig) -> QrClient {
    QrClient::new(config, Arc::new(FileDeviceKey::generate().unwrap())).unwrap()
}

/// A server that gives `answer` to every request, and counts them.
pub(crate) async fn server_that_answers(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(qrgen_contract::PATH))
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

/// A server that gives these answers in turn and must get exactly as many requests.
pub(crate) async fn server_with_script(
    answers: impl IntoIterator<Item = ResponseTemplate>,
) -> MockServer {
    let server = MockServer::start().await;
    for answer in answers {
        Mock::given(method("POST"))
            .respond_with(answer)
            .up_to_n_times(1)
            .expect(1)
            .mount(&server)
            .await;
    }
    server
}

pub(crate) async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

/// The value of the one `DPoP` header.
pub(crate) fn proof_of(request: &Request) -> &str {
    let mut proofs = request.headers.get_all("dpop").iter();
    let proof = proofs.next().unwrap().to_str().unwrap();
    assert!(proofs.next().is_none(), "one proof a request");
    proof
}

/// Checks the proof of a request as the service does, `clock_ahead` seconds from now.
pub(crate) fn verify(
    server: &MockServer,
    request: &Request,
    clock_ahead: i64,
) -> Result<DeviceId, Problem> {
    let urls = [proof::normalize_url(&format!(
        "{}{}",
        server.uri(),
        qrgen_contract::PATH
    ))?];
    let expected = Expected {
        method: "POST",
        urls: &urls,
        body: &request.body,
        now_unix_seconds: unix_now() + clock_ahead,
        skew_seconds: limits::PROOF_SKEW_SECONDS,
    };
    proof::verify(proof_of(request), &expected)
}

pub(crate) fn unix_now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
        .try_into()
        .unwrap()
}

pub(crate) fn ok(answer: &impl Serialize) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(answer)
}

pub(crate) fn refused(code: Code) -> ResponseTemplate {
    problem(&Problem::new(code, "what is wrong and what to do"))
}

pub(crate) fn problem(problem: &Problem) -> ResponseTemplate {
    ResponseTemplate::new(problem.status).set_body_raw(problem.to_json(), PROBLEM_JSON)
}

pub(crate) fn generated(filename: &str, text: &str) -> GenerateAnswer {
    GenerateAnswer {
        status: GenerateStatus::Created,
        image: image(filename, text),
        verified_by: vec!["qrgen".to_owned()],
    }
}

pub(crate) fn page(filenames: &[&str], next_token: Option<&str>) -> RetrieveAnswer {
    RetrieveAnswer {
        images: filenames
            .iter()
            .map(|filename| image(filename, "text"))
            .collect(),
        next_token: next_token.map(str::to_owned),
    }
}

pub(crate) fn empty_page() -> RetrieveAnswer {
    page(&[], None)
}

pub(crate) fn deleted() -> DeleteAnswer {
    DeleteAnswer { deleted: true }
}

/// A stored code as the service describes it.
pub(crate) fn image(filename: &str, text: &str) -> Image {
    let code = qrgen_sdk::render(&RenderRequest::new(text)).unwrap();
    Image {
        filename: filename.to_owned(),
        media_type: "image/png".to_owned(),
        base64: Some(BASE64.encode_to_string(&code.png)),
        url: None,
        byte_size: code.png.len() as u64,
        sha256: Some(sha256_hex(&code.png)),
        width: Some(code.width_px.try_into().unwrap()),
        stored_at: "2026-03-01T12:00:00.000Z".to_owned(),
        text: Some(Some(text.to_owned())),
        symbol: Some(SymbolInfo {
            version: 1,
            error_correction: Level::M,
            mask: 0,
        }),
        detail: None,
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    let digest = digest(&SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
