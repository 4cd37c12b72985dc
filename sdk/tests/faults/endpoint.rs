//! Which endpoints and times a client takes.

use std::sync::Arc;

use qrgen_contract::Code;
use qrgen_sdk::{FileDeviceKey, QrClient, QrClientConfig, QrError};

use crate::support::{client, deleted, no_pauses, ok, requests, server_that_answers};

fn refusal(config: QrClientConfig) -> QrError {
    QrClient::new(config, Arc::new(FileDeviceKey::generate().unwrap())).unwrap_err()
}

/// `Debug` of a client shows the URL that it calls.
fn url_of(endpoint: &str) -> String {
    let debug = format!("{:?}", client(QrClientConfig::new(endpoint)));
    debug.split('"').nth(1).unwrap().to_owned()
}

#[test]
fn the_path_is_added_to_a_base_url_and_to_nothing_else() {
    let cases = [
        ("https://qr.example.com", "https://qr.example.com/v1/qr"),
        ("https://qr.example.com/", "https://qr.example.com/v1/qr"),
        (
            "https://qr.example.com/v1/qr",
            "https://qr.example.com/v1/qr",
        ),
        (
            "https://qr.example.com/v1/qr/",
            "https://qr.example.com/v1/qr",
        ),
        (
            "https://example.com/codes",
            "https://example.com/codes/v1/qr",
        ),
        ("HTTPS://QR.Example.Com:443", "https://qr.example.com/v1/qr"),
        (
            "https://qr.example.com:8443",
            "https://qr.example.com:8443/v1/qr",
        ),
    ];
    for (endpoint, url) in cases {
        assert_eq!(url_of(endpoint), url, "{endpoint}");
    }
}

#[test]
fn plain_http_is_taken_where_nothing_leaves_the_machine() {
    for host in [
        "localhost",
        "127.0.0.1:8787",
        "127.9.9.9",
        "[::1]:8787",
        "10.0.2.2:8787",
    ] {
        let endpoint = format!("http://{host}");
        assert_eq!(url_of(&endpoint), format!("{endpoint}/v1/qr"));
    }
}

#[test]
fn an_endpoint_that_is_not_safe_or_not_a_url_is_refused() {
    let endpoints = [
        "",
        "qr.example.com",
        "localhost:8787",
        "ftp://qr.example.com",
        "file:///etc/hosts",
        "http://qr.example.com",
        "http://10.0.2.3",
        "http://192.168.1.10:8787",
        "http://localhost.example.com",
        "https://user:planted-secret@qr.example.com",
        "https://qr.example.com?stage=planted-secret",
        "https://qr.example.com#planted-secret",
    ];
    for endpoint in endpoints {
        let error = refusal(QrClientConfig::new(endpoint));
        assert_eq!(error.code(), "endpoint_invalid", "{endpoint}");
        assert!(!error.to_string().contains("planted-secret"), "{error}");
    }
}

#[test]
fn a_time_or_count_out_of_range_is_refused_by_name_and_never_clamped() {
    type Set = fn(&mut QrClientConfig, i64);
    let fields: [(&str, Set, i64, i64); 6] = [
        (
            "connectTimeoutMs",
            |config, value| config.connect_timeout_ms = value,
            1,
            600_000,
        ),
        (
            "readTimeoutMs",
            |config, value| config.read_timeout_ms = value,
            1,
            600_000,
        ),
        (
            "deadlineMs",
            |config, value| config.deadline_ms = value,
            1,
            600_000,
        ),
        (
            "maxRetries",
            |config, value| config.max_retries = value.try_into().unwrap(),
            0,
            10,
        ),
        (
            "firstBackoffMs",
            |config, value| config.first_backoff_ms = value,
            0,
            60_000,
        ),
        (
            "maxBackoffMs",
            |config, value| config.max_backoff_ms = value,
            0,
            60_000,
        ),
    ];
    for (name, set, least, most) in fields {
        let with = |value| {
            let mut config = QrClientConfig::new("http://localhost");
            set(&mut config, value);
            config
        };
        client(with(least));
        client(with(most));
        for value in [least - 1, most + 1] {
            match refusal(with(value)) {
                QrError::InvalidInput {
                    code,
                    field,
                    reason,
                } => {
                    assert_eq!(code.raw, "config_out_of_range");
                    assert_eq!(field, name);
                    assert!(reason.contains(&value.to_string()), "{reason}");
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_request_says_what_it_is() {
    let server = server_that_answers(ok(&deleted())).await;
    client(no_pauses(server.uri()))
        .delete(qrgen_sdk::DeleteRequest::new("menu"))
        .await
        .unwrap();
    let requests = requests(&server).await;
    let header = |name| requests[0].headers[name].to_str().unwrap();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(
        header("user-agent"),
        concat!("qrgen-sdk/", env!("CARGO_PKG_VERSION"))
    );
    let operation: serde_json::Value = requests[0].body_json().unwrap();
    assert_eq!(operation["type"], "DELETE");
}

/// A client says `rate_limited` and not a word of its own for what the contract has a word for.
#[test]
fn the_codes_of_the_client_are_none_of_the_contract() {
    for code in qrgen_sdk::ClientCode::ALL {
        assert!(code.as_str().parse::<Code>().is_err(), "{}", code.as_str());
    }
}
