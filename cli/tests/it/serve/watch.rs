//! What an operator sees: request ids, metrics, the log.

use qrgen_contract::Code;
use serde_json::{Value, json};

use super::{assert_problem, generate, openmetrics};
use crate::support::{Device, Home, Server};

#[test]
fn a_caller_s_request_id_is_used_and_echoed() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let mut connection = server.connect();
    let headers = [("x-request-id", "trace-42")];
    let answer = connection.request("POST", "/v1/qr", &headers, b"").unwrap();
    assert_problem(&answer, Code::ContentTypeUnsupported);
    assert_eq!(answer.header("x-request-id"), Some("trace-42"));
}

#[test]
fn the_metrics_are_openmetrics_and_count_right() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:", "--open"]);
    let device = Device::new().id();
    let mut connection = server.connect();
    for (body, times) in [
        (generate(&device, "menu", "text"), 3),
        (generate(&device, "menu", "another"), 2),
        (
            json!({ "type": "RETRIEVE", "deviceId": device })
                .to_string()
                .into_bytes(),
            1,
        ),
        (
            json!({ "type": "DELETE", "deviceId": device, "filename": "a" })
                .to_string()
                .into_bytes(),
            1,
        ),
        (b"{}".to_vec(), 4),
    ] {
        for _ in 0..times {
            connection.post(None, &body).unwrap();
        }
    }
    let metrics = openmetrics::parse(
        connection
            .request("GET", "/metrics", &[], b"")
            .unwrap()
            .text(),
    );
    let requests = |operation: &str, status: &str, code: &str| {
        let labels = [("operation", operation), ("status", status), ("code", code)];
        metrics.value("qrgen_requests_total", &labels)
    };
    assert_eq!(requests("generate", "200", "ok"), Some(3.0));
    assert_eq!(requests("generate", "409", "filename_taken"), Some(2.0));
    assert_eq!(requests("retrieve", "200", "ok"), Some(1.0));
    assert_eq!(requests("delete", "200", "ok"), Some(1.0));
    assert_eq!(requests("none", "400", "missing_field"), Some(4.0));
    let durations = |name: &str, labels: &[(&str, &str)]| metrics.value(name, labels);
    let generate = ("operation", "generate");
    assert_eq!(
        durations("qrgen_request_duration_seconds_count", &[generate]),
        Some(5.0)
    );
    assert_eq!(
        durations(
            "qrgen_request_duration_seconds_bucket",
            &[generate, ("le", "+Inf")]
        ),
        Some(5.0)
    );
    assert!(durations("qrgen_request_duration_seconds_sum", &[generate]) > Some(0.0));
    // The scrape itself is in flight.
    assert_eq!(metrics.value("qrgen_requests_in_flight", &[]), Some(1.0));
    assert!(metrics.value("qrgen_memory_resident_bytes", &[]) > Some(1e6));
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    assert_eq!(metrics.value("qrgen_build_info", &version), Some(1.0));
}

#[test]
fn the_log_has_one_line_a_request_and_none_of_its_secrets() {
    let home = Home::new();
    let device = Device::new();
    for format in ["json", "pretty"] {
        let server = Server::start(&home, &["--store", "memory:", "--log-format", format]);
        let mut connection = server.connect();
        let body = generate(&device.id(), "planted-name", "planted-text");
        let proof = device.proof(&server.endpoint(), &body);
        assert_eq!(connection.post(Some(&proof), &body).unwrap().status, 200);
        let foreign = device.proof("http://planted-host/v1/qr", &body);
        assert_eq!(connection.post(Some(&foreign), &body).unwrap().status, 401);
        assert_eq!(connection.post(None, b"planted-json").unwrap().status, 400);
        let answer = connection
            .request("GET", "/planted-path?planted-query", &[], b"")
            .unwrap();
        let id = answer.header("x-request-id").unwrap().to_owned();
        drop(connection);
        server.signal("TERM");
        let (status, log) = server.wait();
        assert!(status.success());

        let lines: Vec<&str> = log
            .lines()
            .filter(|line| line.contains("request_id"))
            .collect();
        assert_eq!(lines.len(), 4, "{log}");
        assert!(lines[3].contains(&id));
        let signature = proof.rsplit_once('.').unwrap().1;
        for secret in ["planted", signature, &device.id()] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
        if format == "json" {
            let first: Value = serde_json::from_str(lines[0]).unwrap();
            assert_eq!(
                (&first["operation"], &first["status"]),
                (&json!("generate"), &json!(200))
            );
            assert_eq!(first["code"], "ok");
        }
    }
}
