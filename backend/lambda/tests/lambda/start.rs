//! The start of a function, its log, and what it takes.

use std::process::Stdio;
use std::time::Instant;

use serde_json::Value;

use crate::caller::{Functions, generate, retrieve, signed};
use crate::process::{Process, Stack, command};
use crate::s3::S3;
use crate::support::Device;

/// A text and a name that nobody but their owner may read.
const SECRET: &str = "planted-secret";

#[test]
fn a_bad_environment_ends_the_start_with_the_name_of_the_variable() {
    let runtime = ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9");
    let store = ("QRGEN_STORE", "s3://bucket");
    for (variables, named) in [
        (&[store][..], "AWS_LAMBDA_RUNTIME_API"),
        (&[runtime], "QRGEN_STORE"),
        (&[runtime, ("QRGEN_STORE", "ftp://bucket")], "QRGEN_STORE"),
        (
            &[runtime, store, ("QRGEN_PUBLIC_URL", "nowhere")],
            "QRGEN_PUBLIC_URL",
        ),
        (
            &[runtime, store, ("QRGEN_CLOCK_SKEW_SECONDS", "many")],
            "QRGEN_CLOCK_SKEW_SECONDS",
        ),
        (&[runtime, store, ("QRGEN_LOG", "qrgen=loud")], "QRGEN_LOG"),
    ] {
        for function in ["QRGenerator", "QRRetriever", "QRDelete"] {
            let mut command = command(function);
            command.envs(variables.iter().copied());
            let output = command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(1));
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(
                said.starts_with(&format!("could not start: {named}")),
                "{said}"
            );
        }
    }
}

/// Even when everything is logged that can be: Lambda's own runtime would log the whole event.
#[tokio::test]
async fn the_log_is_json_with_ids_and_holds_nothing_of_the_callers() {
    let s3 = S3::start().await;
    let function = Process::start("QRGenerator", s3.address, &[("QRGEN_LOG", "trace")]).await;
    let device = Device::new();
    let event = signed(&device, generate(SECRET, SECRET));
    for _ in 0..2 {
        assert_eq!(
            function.invoke(event.clone()).await.unwrap().status_code,
            200
        );
    }
    s3.set(crate::s3::Weather::Denied);
    function.invoke(event.clone()).await.unwrap_err();
    let log = function.end();
    let proof = event["proof"].as_str().unwrap();
    for told in [SECRET, proof, &device.id()] {
        assert!(
            !log.iter().any(|line| line.contains(told)),
            "{told} in {log:#?}"
        );
    }
    let lines: Vec<Value> = log
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let calls: Vec<&Value> = lines
        .iter()
        .filter(|line| line["message"] == "call")
        .collect();
    assert_eq!(calls.len(), 3, "{lines:#?}");
    for (number, call) in calls.iter().enumerate() {
        assert_eq!(call["request_id"], "request-1");
        assert_eq!(call["operation"], "generate");
        assert_eq!(call["status"], [200, 200, 503][number]);
        assert_eq!(call["span"]["cold_start"], number == 0);
        assert!(call["span"]["lambda_request_id"].is_string());
        assert!(call["duration_us"].is_u64());
    }
    assert!(
        lines
            .iter()
            .any(|line| line["level"] == "ERROR" && line["request_id"] == "request-1")
    );
}

/// Recorded, not asserted: what a machine under load takes says nothing.
#[tokio::test]
async fn memory_and_duration_are_recorded() {
    let s3 = S3::start().await;
    let function = Process::start("QRGenerator", s3.address, &[]).await;
    function.is_ready().await;
    println!(
        "first `next` after {} µs",
        function.started.elapsed().as_micros()
    );

    let stack = Stack::start().await;
    let device = Device::new();
    let started = Instant::now();
    for number in 0..200 {
        stack
            .granted(&device, generate(&format!("{number}"), "text"))
            .await;
    }
    let generate_ms = started.elapsed().as_secs_f64() * 5.0;
    let started = Instant::now();
    for number in 0..200 {
        let found = stack.granted(&device, retrieve(&format!("{number}"))).await;
        assert_eq!(found["images"][0]["text"], "text");
    }
    let retrieve_ms = started.elapsed().as_secs_f64() * 5.0;
    println!(
        "mean of 200: GENERATE {generate_ms:.2} ms, RETRIEVE {retrieve_ms:.2} ms; \
         resident KiB: {:?} and {:?}",
        stack.generator.resident_kib(),
        stack.retriever.resident_kib(),
    );
}
