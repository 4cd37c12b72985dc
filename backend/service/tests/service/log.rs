//! What is logged: enough to find a call again, and nothing that is its owner's business.

use std::cell::RefCell;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Once;

use qrgen_service::{Access, Call, Config, Service, Store};
use serde_json::json;
use tracing_subscriber::filter::LevelFilter;

use crate::device::{Device, URL};
use crate::s3;

thread_local! {
    /// What this thread has logged.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes to the log of the thread that logs.
struct ThisThread;

impl Write for ThisThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Records what is logged at the usual level, each thread for itself.
///
/// For the whole process, because a subscriber of one thread misses the events that another thread,
/// which has none, was the first to come by: `tracing` remembers that nobody wanted them.
fn record() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::INFO)
            .with_ansi(false)
            .with_writer(|| ThisThread)
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
}

/// What this thread has logged since the last time.
fn recorded() -> String {
    String::from_utf8(LOG.take()).unwrap()
}

async fn ask(service: &Service, device: &Device, mut request: serde_json::Value) -> String {
    request["deviceId"] = json!(device.id().as_str());
    let body = request.to_string();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let now = i64::try_from(now.as_secs()).unwrap();
    let proof = device.sign("POST", URL, body.as_bytes(), now);
    service
        .call(Call {
            method: "POST",
            content_type: Some("application/json"),
            proofs: &[&proof],
            body: body.as_bytes(),
            request_id: "req-17",
            only: None,
        })
        .await;
    proof
}

#[tokio::test]
async fn a_call_is_logged_without_what_it_holds() {
    record();
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let directory = tempfile::tempdir().unwrap();
    let device = Device::new();
    for (kind, store) in [
        ("memory", Store::memory()),
        ("folder", Store::folder(directory.path()).unwrap()),
        ("S3, down", s3::store_at(closed, "secret-key")),
    ] {
        let urls = vec![URL.to_owned()];
        let service = Service::new(store, Config::new(Access::Proof { urls }));
        let mut secrets = vec![
            "hush".to_owned(),
            "secret".to_owned(),
            device.id().to_string(),
        ];
        for request in [
            json!({"type": "GENERATE", "filename": "hush-hush", "text": "secret text"}),
            json!({"type": "GENERATE", "filename": "hush-hush", "text": "another secret"}),
            json!({"type": "RETRIEVE", "filename": "hush-hush"}),
            json!({"type": "RETRIEVE", "prefix": "hush"}),
            json!({"type": "DELETE", "filename": "hush-hush"}),
            json!({"type": "GENERATE", "filename": "hush-hush", "text": "secret", "hush": 1}),
        ] {
            secrets.push(ask(&service, &device, request).await);
        }
        let text = recorded();
        for secret in secrets {
            assert!(!text.contains(&secret), "{kind}: {secret} in\n{text}");
        }
        let calls: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("qrgen_service::call:"))
            .collect();
        assert_eq!(calls.len(), 6, "{kind}\n{text}");
        assert!(
            calls
                .iter()
                .all(|line| line.contains("req-17") && line.contains("duration_us="))
        );
        assert!(
            calls[0].contains("operation=\"generate\""),
            "{kind}\n{text}"
        );
        assert!(calls[5].contains("unknown_field"), "{kind}\n{text}");
        if kind == "S3, down" {
            assert!(
                text.contains("cause=the store failed: Connection refused"),
                "{text}"
            );
        }
    }
}
