//! No connection, no trust, no answer, half an answer, another address.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use qrgen_sdk::{DeleteRequest, NetworkFailure, QrClientConfig, QrError};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::Acceptor;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use wiremock::ResponseTemplate;

use crate::support::{client, deleted, no_pauses, ok, requests, server_that_answers};

async fn failure(config: QrClientConfig) -> QrError {
    client(config)
        .delete(DeleteRequest::new("menu"))
        .await
        .unwrap_err()
}

fn failure_kind(error: QrError) -> NetworkFailure {
    match error {
        QrError::Network { failure, .. } => failure,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_refused_connection_is_a_network_failure_worth_a_retry() {
    let unused = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = failure(no_pauses(format!("http://{unused}"))).await;
    assert_eq!(error.code(), "network_connect");
    assert!(error.is_retryable());
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn a_connection_that_breaks_in_the_answer_is_interrupted_and_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let mut connections = 0;
        while connections < 3 {
            let (mut stream, _) = listener.accept().await.unwrap();
            connections += 1;
            let mut request = [0; 4_096];
            let _ = stream.read(&mut request).await.unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{\"deleted\"")
                .await
                .unwrap();
        }
        connections
    });
    let error = failure(QrClientConfig {
        max_retries: 2,
        ..no_pauses(endpoint)
    })
    .await;
    assert_eq!(failure_kind(error), NetworkFailure::Interrupted);
    assert_eq!(server.await.unwrap(), 3);
}

#[tokio::test]
async fn a_silent_service_is_a_timeout_of_the_silence() {
    let slow = ok(&deleted()).set_delay(Duration::from_mins(1));
    let server = server_that_answers(slow).await;
    let error = failure(QrClientConfig {
        read_timeout_ms: 500,
        max_retries: 1,
        ..no_pauses(server.uri())
    })
    .await;
    assert_eq!(error, QrError::Timeout { after_ms: 500 });
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn the_deadline_counts_over_all_attempts() {
    let slow = ok(&deleted()).set_delay(Duration::from_mins(1));
    let server = server_that_answers(slow).await;
    let error = failure(QrClientConfig {
        deadline_ms: 50,
        ..no_pauses(server.uri())
    })
    .await;
    assert_eq!(error, QrError::Timeout { after_ms: 50 });
    assert_eq!(error.code(), "timeout");
    assert!(error.is_retryable());
}

/// A proof is good for one URL, and a redirect is a way to collect proofs for another.
#[tokio::test]
async fn a_redirect_is_refused_and_not_followed() {
    let elsewhere = server_that_answers(ok(&deleted())).await;
    for status in [301, 302, 303, 307, 308] {
        let answer = ResponseTemplate::new(status).insert_header("location", elsewhere.uri());
        let server = server_that_answers(answer).await;
        let error = failure(no_pauses(server.uri())).await;
        assert_eq!(error.code(), "protocol");
        assert!(error.to_string().contains(&status.to_string()), "{error}");
        assert_eq!(requests(&server).await.len(), 1);
    }
    assert_eq!(requests(&elsewhere).await.len(), 0);
}

/// The roots are those of the library: a certificate that nobody signed is refused, on this machine
/// as on a phone, without the platform's verifier (reqwest #2968: it aborts where it was not
/// initialised).
#[tokio::test]
async fn a_certificate_that_nobody_signed_is_refused_for_good() {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(vec![certified.cert.into()], key)
    .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );

    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut acceptor = Acceptor::default();
        let accepted = loop {
            acceptor.read_tls(&mut stream).unwrap();
            if let Some(accepted) = acceptor.accept().map_err(|(error, _)| error).unwrap() {
                break accepted;
            }
        };
        let hello = accepted.client_hello();
        let protocols: Vec<_> = hello.alpn().unwrap().map(<[u8]>::to_vec).collect();
        let mut connection = accepted
            .into_connection(Arc::new(config))
            .map_err(|(error, _)| error)
            .unwrap();
        let handshake = connection.complete_io(&mut stream);
        let _ = stream.flush();
        listener.set_nonblocking(true).unwrap();
        (protocols, handshake.is_err(), listener)
    });

    let error = failure(no_pauses(endpoint)).await;
    assert_eq!(error.code(), "network_tls");
    assert!(!error.is_retryable());
    let (protocols, refused, listener) = server.join().unwrap();
    assert_eq!(protocols, [b"h2".to_vec(), b"http/1.1".to_vec()]);
    assert!(refused, "the client sent an alert");
    assert!(listener.accept().is_err(), "no second attempt");
}
