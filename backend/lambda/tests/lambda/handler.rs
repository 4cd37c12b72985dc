//! The functions as tower services, over one store in memory: no process and no port.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lambda_runtime::{Context, Diagnostic, LambdaEvent, service_fn, tower::ServiceExt};
use qrgen_contract::Operation;
use qrgen_lambda::{Config, Function};
use serde_json::{Value, json};

use crate::caller::{Functions, Outcome, generate, problem, signed};
use crate::support::Device;

/// The three over one store.
pub(crate) struct Handlers {
    functions: Vec<(&'static str, Function)>,
}

impl Handlers {
    pub(crate) fn over_memory(variables: &[(&str, &str)]) -> Self {
        let variables = [("QRGEN_STORE", "memory:")].iter().chain(variables);
        let variables = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let config = Config::read(variables).unwrap();
        let function = |operation: Operation| {
            let config = config.clone();
            (operation.as_str(), Function::new(operation, config))
        };
        Self {
            functions: Operation::ALL.map(function).into(),
        }
    }
}

impl Functions for Handlers {
    async fn invoke(&self, operation: &str, event: Value) -> Outcome {
        let (_, function) = self
            .functions
            .iter()
            .find(|(name, _)| *name == operation)
            .unwrap();
        let service = service_fn(|event: LambdaEvent<Value>| function.call(event));
        let mut context = Context::default();
        let deadline = SystemTime::now() + Duration::from_secs(7);
        let deadline = deadline.duration_since(UNIX_EPOCH).unwrap().as_millis();
        context.deadline = deadline.try_into().unwrap();
        let answered = service.oneshot(LambdaEvent::new(event, context)).await;
        answered.map_err(|fault| {
            let raised = Diagnostic::from(fault);
            (raised.error_type, raised.error_message)
        })
    }
}

/// With a public URL a proof names that one, and what API Gateway was asked for counts no more: a
/// custom domain, or an emulator.
#[tokio::test]
async fn the_public_url_takes_the_place_of_the_one_that_was_asked_for() {
    let device = Device::new();
    let event = signed(&device, generate("menu", "text"));
    for (public_url, status) in [
        ("", 200),
        ("https://qr.example.com", 200),
        ("https://elsewhere.example.com", 401),
    ] {
        let functions = Handlers::over_memory(&[("QRGEN_PUBLIC_URL", public_url)]);
        let answer = functions.invoke("GENERATE", event.clone()).await.unwrap();
        assert_eq!(answer.status_code, status, "{public_url}: {}", answer.body);
    }
    let functions = Handlers::over_memory(&[]);
    for (member, other) in [
        ("host", "other.example.com"),
        ("path", "/v2/qr"),
        ("host", ""),
    ] {
        let mut event = event.clone();
        event[member] = json!(other);
        let answer = functions.invoke("GENERATE", event).await.unwrap();
        assert_eq!(
            problem(&answer)["code"],
            "proof_url_mismatch",
            "{member} {other}"
        );
    }
}

#[tokio::test]
async fn the_clock_skew_is_as_configured() {
    let device = Device::new();
    let mut event = signed(&device, generate("menu", "text"));
    let body = event["body"].as_str().unwrap().to_owned();
    let made = crate::support::now() - 100;
    event["proof"] = json!(device.proof_at(made, crate::caller::URL, body.as_bytes()));
    for (skew, status) in [("", 200), ("200", 200), ("50", 401)] {
        let functions = Handlers::over_memory(&[("QRGEN_CLOCK_SKEW_SECONDS", skew)]);
        let answer = functions.invoke("GENERATE", event.clone()).await.unwrap();
        assert_eq!(answer.status_code, status, "{skew:?}: {}", answer.body);
    }
}
