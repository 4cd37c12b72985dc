//! What a code says, a key, a token and a proof appear in no `Debug`, no `Display` and no log line.

#![expect(
    clippy::unwrap_used,
    reason = "a failed unwrap is a failed test with a line number"
)]

#[path = "support/mod.rs"]
mod support;

use std::fmt::Debug;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use qrgen_contract::{Code, RetrieveAnswer};
use qrgen_sdk::{
    FileDeviceKey, GenerateRequest, QrClient, QrClientConfig, QrImage, RenderRequest, RetrievePage,
    RetrieveRequest, TransportRequest, TransportResponse,
};
use support::{
    client, generated, image, no_pauses, ok, proof_of, refused, requests, server_with_script,
};
use tracing_subscriber::fmt::MakeWriter;

const SECRET: &str = "planted-secret";

fn assert_hidden(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
    let bytes = format!("{:?}", SECRET.as_bytes());
    let bytes = bytes.trim_matches(['[', ']']);
    assert!(!shown.contains(bytes), "{shown}");
}

fn assert_debug_hides(record: &impl Debug) {
    assert_hidden(&format!("{record:?}"));
    assert_hidden(&format!("{record:#?}"));
}

#[test]
fn debug_of_a_record_shows_sizes_and_no_content() {
    let secret = || Some(SECRET.to_owned());
    let stored = QrImage {
        filename: "menu".to_owned(),
        media_type: "image/png".to_owned(),
        png: Some(SECRET.as_bytes().to_vec()),
        url: secret(),
        byte_size: 14,
        sha256: None,
        width_px: Some(232),
        stored_at: "2026-03-01T12:00:00.000Z".to_owned(),
        text: secret(),
        symbol: None,
        detail: None,
    };
    assert!(format!("{stored:?}").contains("text: Some(<14 bytes>)"));
    assert_debug_hides(&stored);
    assert_debug_hides(&RetrievePage {
        images: vec![stored],
        next_token: secret(),
    });
    assert_debug_hides(&GenerateRequest::new("menu", SECRET));
    assert_debug_hides(&RenderRequest::new(SECRET));
    assert_debug_hides(&RetrieveRequest {
        next_token: secret(),
        ..RetrieveRequest::default()
    });
    assert_debug_hides(&TransportRequest {
        url: "http://localhost/v1/qr".to_owned(),
        proof: SECRET.to_owned(),
        body: SECRET.as_bytes().to_vec(),
    });
    assert_debug_hides(&TransportResponse {
        status: 200,
        retry_after_seconds: None,
        body: SECRET.as_bytes().to_vec(),
    });
}

#[test]
fn debug_of_a_key_and_of_a_client_shows_whose_they_are_and_nothing_else() {
    let key = FileDeviceKey::generate().unwrap();
    let id = key.device_id();
    assert_eq!(
        format!("{key:?}"),
        format!("FileDeviceKey {{ device_id: DeviceId({id:?}), .. }}")
    );
    let config = QrClientConfig::new("http://localhost");
    let client = QrClient::new(config, Arc::new(key)).unwrap();
    let shown = format!("{client:?}");
    assert_eq!(
        shown,
        format!("QrClient {{ url: \"http://localhost/v1/qr\", device_id: {id:?}, .. }}")
    );
}

/// Everything that is logged, at every level, by every crate below.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_log_line_and_no_error_holds_a_text_a_token_or_a_proof() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let mut damaged = generated("menu", SECRET);
    damaged.image.sha256 = None;
    let page = RetrieveAnswer {
        images: vec![image("menu", SECRET)],
        next_token: Some(SECRET.to_owned()),
    };
    let server = server_with_script([
        refused(Code::Overloaded),
        ok(&generated("menu", SECRET)),
        ok(&damaged),
        refused(Code::FilenameTaken),
        ok(&page),
    ])
    .await;
    let client = client(no_pauses(server.uri()));
    let generate = || client.generate(GenerateRequest::new("menu", SECRET));
    generate().await.unwrap();
    for error in [generate().await.unwrap_err(), generate().await.unwrap_err()] {
        assert_hidden(&error.to_string());
        assert_debug_hides(&error);
    }
    client
        .retrieve(RetrieveRequest {
            next_token: Some(SECRET.to_owned()),
            ..RetrieveRequest::default()
        })
        .await
        .unwrap();

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("attempt failed") && log.contains("overloaded"),
        "{log}"
    );
    assert!(log.contains("answered"), "{log}");
    assert_hidden(&log);
    for request in requests(&server).await {
        assert!(!log.contains(proof_of(&request)), "{log}");
    }
}
