//! What the service refuses arrives with its own code, known to this library or not.

use qrgen_contract::{Code, Problem};
use qrgen_sdk::{DeleteRequest, GenerateRequest, QrClientConfig, QrError, RetrieveRequest};
use wiremock::ResponseTemplate;

use crate::support::{client, no_pauses, problem, refused, requests, server_that_answers};

fn one_attempt(endpoint: String) -> QrClientConfig {
    QrClientConfig {
        max_retries: 0,
        ..no_pauses(endpoint)
    }
}

async fn failure_after(answer: ResponseTemplate) -> QrError {
    let server = server_that_answers(answer).await;
    client(one_attempt(server.uri()))
        .delete(DeleteRequest::new("menu"))
        .await
        .unwrap_err()
}

#[tokio::test]
async fn every_code_of_the_contract_arrives_as_itself() {
    for &code in Code::ALL {
        let error = failure_after(refused(code)).await;
        assert_eq!(error.code(), code.as_str());
        assert_eq!(error.is_retryable(), code.is_retryable(), "{code}");
        match error {
            QrError::RateLimited { .. } => assert_eq!(code, Code::RateLimited),
            QrError::Service {
                code: received,
                status,
                reason,
                request_id,
            } => {
                assert_eq!(received.known, Some(code));
                assert_eq!(status, i32::from(code.status()));
                assert_eq!(reason, "what is wrong and what to do");
                assert_eq!(request_id, None);
            }
            other => panic!("{code}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn the_request_id_arrives_for_whoever_asks_for_help() {
    let answer =
        problem(&Problem::new(Code::Internal, "nothing was stored").with_request_id("r-7"));
    match failure_after(answer).await {
        QrError::Service { request_id, .. } => assert_eq!(request_id.as_deref(), Some("r-7")),
        other => panic!("{other:?}"),
    }
}

/// A code that a newer service invents must reach the caller as it is.
#[tokio::test]
async fn an_unknown_code_survives_as_its_raw_string() {
    let body =
        r#"{"status":418,"code":"teapot_short_and_stout","detail":"pour elsewhere","spout":1}"#;
    let error = failure_after(ResponseTemplate::new(418).set_body_string(body)).await;
    assert_eq!(error.code(), "teapot_short_and_stout");
    assert!(!error.is_retryable());
    match error {
        QrError::Service { code, reason, .. } => {
            assert_eq!(code.known, None);
            assert_eq!(reason, "pour elsewhere");
        }
        other => panic!("{other:?}"),
    }
}

/// Gateways answer by themselves: an HTML page, a `{"message": …}`, nothing at all.
#[tokio::test]
async fn a_refusal_that_is_no_problem_document_gets_the_code_of_its_status() {
    let bodies = ["", "<html>bad gateway</html>", r#"{"message":"Forbidden"}"#];
    let statuses = [
        (401, false),
        (403, false),
        (500, false),
        (502, true),
        (503, true),
        (504, true),
    ];
    for (status, retryable) in statuses {
        for body in bodies {
            let error = failure_after(ResponseTemplate::new(status).set_body_string(body)).await;
            assert_eq!(error.code(), format!("http_{status}"));
            assert_eq!(error.is_retryable(), retryable, "{status}");
            assert!(
                !error.to_string().contains("Forbidden"),
                "an unknown body is not repeated"
            );
        }
    }
}

#[tokio::test]
async fn a_429_of_whatever_origin_says_how_long_to_wait() {
    let by_header = ResponseTemplate::new(429).insert_header("retry-after", "7");
    let by_body = problem(&Problem::new(Code::RateLimited, "slower").with_retry_after(8));
    let by_nobody =
        ResponseTemplate::new(429).set_body_string(r#"{"message":"Too Many Requests"}"#);
    let by_nonsense = ResponseTemplate::new(429).insert_header("retry-after", "soon");
    let by_past_date =
        ResponseTemplate::new(429).insert_header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    let cases = [
        (by_header, 7_000),
        (by_body, 8_000),
        (by_nobody, 1_000),
        (by_nonsense, 1_000),
        (by_past_date, 0),
    ];
    for (answer, retry_after_ms) in cases {
        let error = failure_after(answer).await;
        assert_eq!(error, QrError::RateLimited { retry_after_ms });
        assert_eq!(error.retry_after_ms(), Some(retry_after_ms));
        assert!(error.is_retryable());
    }
}

/// What the contract forbids is refused with the service's own code, and costs no request.
#[tokio::test]
async fn a_request_that_breaks_the_contract_is_not_sent() {
    let server = server_that_answers(refused(Code::Internal)).await;
    let client = client(one_attempt(server.uri()));
    let long = "x".repeat(7_090);
    let generate = [
        (
            GenerateRequest::new("", "text"),
            "filename_invalid",
            "filename",
        ),
        (
            GenerateRequest::new("a/b", "text"),
            "filename_invalid",
            "filename",
        ),
        (GenerateRequest::new("menu", ""), "text_empty", "text"),
        (
            GenerateRequest::new("menu", &*long),
            "text_too_long",
            "text",
        ),
    ];
    for (request, code, field) in generate {
        assert_refused(&client.generate(request).await.unwrap_err(), code, field);
    }
    let retrieve = [
        (
            RetrieveRequest {
                limit: Some(0),
                ..RetrieveRequest::default()
            },
            "limit_out_of_range",
            "limit",
        ),
        (
            RetrieveRequest {
                prefix: Some("m".to_owned()),
                ..RetrieveRequest::named("menu")
            },
            "conflicting_fields",
            "prefix",
        ),
    ];
    for (request, code, field) in retrieve {
        assert_refused(&client.retrieve(request).await.unwrap_err(), code, field);
    }
    let error = client.delete(DeleteRequest::new("CON")).await.unwrap_err();
    assert_refused(&error, "filename_invalid", "filename");
    assert_eq!(requests(&server).await.len(), 0);
}

fn assert_refused(error: &QrError, expected_code: &str, expected_field: &str) {
    assert_eq!(error.code(), expected_code);
    assert!(!error.is_retryable());
    match error {
        QrError::InvalidInput {
            code,
            field,
            reason,
        } => {
            assert!(
                code.known.is_some(),
                "{expected_code} is a code of the contract"
            );
            assert_eq!(field, expected_field);
            assert!(!reason.is_empty());
        }
        other => panic!("{other:?}"),
    }
}
