//! Proofs: whatever is wrong with one, the request stops before the store.

use std::time::{SystemTime, UNIX_EPOCH};

use qrgen_contract::{Code, limits};
use qrgen_service::{Access, Call, Config, Service, Store};
use serde_json::{Value, json};

use crate::device::{Device, URL};
use crate::house::Answer;

/// A service that asks for proofs, and another over the same store that does not.
fn services() -> (Service, Service) {
    let store = Store::memory();
    let urls = vec!["https://other.example/v1/qr".to_owned(), URL.to_owned()];
    let closed = Service::new(store.clone(), Config::new(Access::Proof { urls }));
    (closed, Service::new(store, Config::new(Access::Open)))
}

async fn ask(service: &Service, proof: &str, body: &[u8]) -> Answer {
    Answer::of(
        service
            .call(Call {
                method: "POST",
                content_type: Some("application/json"),
                proofs: &[proof],
                body,
                request_id: "test",
                only: None,
            })
            .await,
    )
}

fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
        .try_into()
        .unwrap()
}

fn generate(device: &str) -> Vec<u8> {
    json!({"type": "GENERATE", "deviceId": device, "filename": "menu", "text": "text"})
        .to_string()
        .into_bytes()
}

#[tokio::test]
async fn a_device_makes_finds_and_deletes_its_own_codes() {
    let (service, _) = services();
    let device = Device::new();
    let id = device.id();
    for (request, path, expected) in [
        (
            json!({"type": "GENERATE", "filename": "menu", "text": "text"}),
            "/status",
            json!("created"),
        ),
        (
            json!({"type": "GENERATE", "filename": "menu", "text": "text"}),
            "/status",
            json!("unchanged"),
        ),
        (
            json!({"type": "RETRIEVE"}),
            "/images/0/filename",
            json!("menu"),
        ),
        (
            json!({"type": "DELETE", "filename": "menu"}),
            "/deleted",
            json!(true),
        ),
    ] {
        let mut request: Value = request;
        request["deviceId"] = json!(id.as_str());
        let body = request.to_string().into_bytes();
        let answer = ask(&service, &device.sign("POST", URL, &body, now()), &body).await;
        assert_eq!(answer.body.pointer(path), Some(&expected), "{answer:?}");
    }
}

/// A stolen proof can't be put on another request, and no device can act for another.
#[tokio::test]
async fn a_proof_that_does_not_hold_stops_before_the_store() {
    let (service, open) = services();
    let (device, thief) = (Device::new(), Device::new());
    let id = device.id();
    let body = generate(id.as_str());
    let late = limits::PROOF_SKEW_SECONDS + 10;
    for (what, proof, code) in [
        (
            "another device",
            thief.sign("POST", URL, &body, now()),
            Code::DeviceMismatch,
        ),
        (
            "another body",
            device.sign("POST", URL, b"{}", now()),
            Code::ProofDigestMismatch,
        ),
        (
            "another method",
            device.sign("GET", URL, &body, now()),
            Code::ProofMethodMismatch,
        ),
        (
            "another URL",
            device.sign("POST", "https://qr.example/v1", &body, now()),
            Code::ProofUrlMismatch,
        ),
        (
            "too old",
            device.sign("POST", URL, &body, now() - late),
            Code::ProofExpired,
        ),
        (
            "from the future",
            device.sign("POST", URL, &body, now() + late),
            Code::ProofNotYetValid,
        ),
        (
            "forged",
            forged(&device.sign("POST", URL, &body, now())),
            Code::ProofSignatureInvalid,
        ),
        ("no proof", "text".into(), Code::ProofMalformed),
    ] {
        let answer = ask(&service, &proof, &body).await;
        assert_eq!(answer.code, Some(code), "{what}");
        let stored = json!({"type": "RETRIEVE", "deviceId": id.as_str()}).to_string();
        assert_eq!(
            ask(&open, "", stored.as_bytes()).await.names(),
            [""; 0],
            "{what}"
        );
        let text = answer.body.to_string();
        for secret in [proof.as_str(), id.as_str(), thief.id().as_str()] {
            assert!(!text.contains(secret) || secret == "text", "{what}: {text}");
        }
    }
}

/// The same proof with another bit in its signature.
fn forged(proof: &str) -> String {
    let last = proof.len() - 2;
    let other = if proof.as_bytes()[last] == b'A' {
        "B"
    } else {
        "A"
    };
    format!("{}{other}{}", &proof[..last], &proof[last + 1..])
}

/// A client with a wrong clock learns the right time, and corrects itself once.
#[tokio::test]
async fn a_proof_of_a_wrong_time_is_answered_with_the_time() {
    let (service, _) = services();
    let device = Device::new();
    let body = generate(device.id().as_str());
    for (age, refused) in [
        (0, false),
        (290, false),
        (-290, false),
        (310, true),
        (-310, true),
    ] {
        let answer = ask(
            &service,
            &device.sign("POST", URL, &body, now() - age),
            &body,
        )
        .await;
        assert_eq!(answer.code.is_some(), refused, "{age} s: {answer:?}");
        assert_eq!(answer.body["serverTime"].is_string(), refused, "{age} s");
    }
}

#[tokio::test]
async fn how_far_clocks_may_differ_is_configuration() {
    let urls = vec![URL.to_owned()];
    let config = Config {
        skew_seconds: 20,
        ..Config::new(Access::Proof { urls })
    };
    let service = Service::new(Store::memory(), config);
    let device = Device::new();
    let body = generate(device.id().as_str());
    for (age, code) in [(10, None), (40, Some(Code::ProofExpired))] {
        let proof = device.sign("POST", URL, &body, now() - age);
        assert_eq!(ask(&service, &proof, &body).await.code, code);
    }
}
