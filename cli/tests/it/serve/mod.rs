//! `qrgen serve` from outside: its routes and headers, what proofs it takes, the bounds of a body.

mod openmetrics;
mod stop;
mod watch;

use std::fs;

use qrgen_contract::Code;
use serde_json::{Value, json};

use crate::support::{Device, Home, Response, Server};

/// A GENERATE in the name of a device.
fn generate(device: &str, name: &str, text: &str) -> Vec<u8> {
    let body = json!({ "type": "GENERATE", "deviceId": device, "filename": name, "text": text });
    body.to_string().into_bytes()
}

#[track_caller]
fn assert_problem(answer: &Response, code: Code) {
    assert_eq!(answer.status, code.status(), "{answer:?}");
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let problem = answer.json();
    assert_eq!(problem["code"], code.as_str());
    assert_eq!(problem["requestId"], answer.header("x-request-id").unwrap());
}

#[test]
fn the_small_routes_answer_get_and_head_and_nothing_else() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let mut connection = server.connect();
    for (path, content_type) in [
        ("/healthz", "text/plain; charset=utf-8"),
        ("/openapi.json", "application/json"),
        (
            "/metrics",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ),
    ] {
        let got = connection.request("GET", path, &[], b"").unwrap();
        assert_eq!(
            (got.status, got.header("content-type")),
            (200, Some(content_type)),
            "{path}"
        );
        assert!(got.header("date").is_some() && got.header("x-request-id").is_some());
        let head = connection.request("HEAD", path, &[], b"").unwrap();
        assert_eq!(
            (head.status, head.header("content-type")),
            (200, Some(content_type)),
            "{path}"
        );
        for method in ["POST", "PUT", "DELETE"] {
            let refused = connection.request(method, path, &[], b"").unwrap();
            assert_problem(&refused, Code::MethodNotAllowed);
            assert_eq!(refused.header("allow"), Some("GET,HEAD"), "{method} {path}");
        }
    }
    assert_eq!(
        connection
            .request("GET", "/healthz", &[], b"")
            .unwrap()
            .text(),
        "ok\n"
    );
    for path in [
        "/",
        "/v1",
        "/v1/qr/",
        "/v1/qr/menu",
        "/V1/QR",
        "/favicon.ico",
    ] {
        for method in ["GET", "POST"] {
            assert_problem(
                &connection.request(method, path, &[], b"").unwrap(),
                Code::RouteNotFound,
            );
        }
    }
}

#[test]
fn the_openapi_document_is_the_committed_one() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let answer = server
        .connect()
        .request("GET", "/openapi.json", &[], b"")
        .unwrap()
        .json();
    let committed: Value =
        serde_json::from_str(include_str!("../../../../contract/openapi.json")).unwrap();
    assert_eq!(answer, committed);
}

#[test]
fn the_endpoint_refuses_every_method_but_post_and_says_so() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let mut connection = server.connect();
    for method in ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
        let refused = connection.request(method, "/v1/qr", &[], b"").unwrap();
        assert_problem(&refused, Code::MethodNotAllowed);
        assert_eq!(refused.header("allow"), Some("POST"), "{method}");
    }
    let head = connection.request("HEAD", "/v1/qr", &[], b"").unwrap();
    assert_eq!((head.status, head.header("allow")), (405, Some("POST")));
}

/// RFC 9110, clause 11.6.1, and RFC 9449, clause 7.1: a 401 says which authentication is asked for.
#[test]
fn a_request_without_a_valid_proof_is_challenged() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let body = generate(&Device::new().id(), "menu", "text");
    let mut connection = server.connect();
    let missing = connection.post(None, &body).unwrap();
    assert_problem(&missing, Code::ProofMissing);
    assert_eq!(
        missing.header("www-authenticate"),
        Some(r#"DPoP algs="ES256""#)
    );
    let malformed = connection.post(Some("proof"), &body).unwrap();
    assert_problem(&malformed, Code::ProofMalformed);
    let challenge = malformed.header("www-authenticate").unwrap();
    assert!(challenge.starts_with("DPoP ") && challenge.contains(r#"error="invalid_dpop_proof""#));
}

/// The `Host` header is the caller's word: a proof for a server of that name is not one for this.
#[test]
fn a_proof_for_the_host_header_is_no_proof_for_this_server() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let device = Device::new();
    let body = generate(&device.id(), "menu", "text");
    let proof = device.proof("http://example.com/v1/qr", &body);
    let mut connection = server.connect();
    let request = format!(
        "POST /v1/qr HTTP/1.1\r\nhost: example.com\r\ncontent-type: application/json\r\n\
         dpop: {proof}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    connection
        .send(&[request.as_bytes(), &body].concat())
        .unwrap();
    assert_problem(&connection.receive(false).unwrap(), Code::ProofUrlMismatch);
    for name in ["localhost", "[::1]"] {
        let url = server.endpoint().replace("127.0.0.1", name);
        let answer = connection
            .post(Some(&device.proof(&url, &body)), &body)
            .unwrap();
        assert_eq!(answer.status, 200, "{name}");
    }
}

/// What the README does with curl.
#[test]
fn a_proof_that_the_program_prints_is_good_for_the_body_it_was_made_of() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let device = home.run(["key", "id"]).text().trim().to_owned();
    let body = generate(&device, "menu", "text");
    fs::write(home.path("request.json"), &body).unwrap();
    let url = server.endpoint();
    let printed = home.run(["key", "proof", "--url", &url, "--body", "request.json"]);
    let proof = printed.text().trim_end().strip_prefix("DPoP: ").unwrap();
    let mut connection = server.connect();
    assert_eq!(connection.post(Some(proof), &body).unwrap().status, 200);
    assert_problem(
        &connection.post(Some(proof), b"{}").unwrap(),
        Code::MissingField,
    );
    let other = generate(&device, "menu", "another");
    assert_problem(
        &connection.post(Some(proof), &other).unwrap(),
        Code::ProofDigestMismatch,
    );
}

#[test]
fn a_public_url_is_the_one_that_proofs_must_name() {
    let home = Home::new();
    let server = Server::start(
        &home,
        &[
            "--store",
            "memory:",
            "--public-url",
            "https://qr.example.com",
        ],
    );
    let device = Device::new();
    let body = generate(&device.id(), "menu", "text");
    let mut connection = server.connect();
    let public = device.proof("https://qr.example.com/v1/qr", &body);
    assert_eq!(connection.post(Some(&public), &body).unwrap().status, 200);
    let local = device.proof(&server.endpoint(), &body);
    assert_problem(
        &connection.post(Some(&local), &body).unwrap(),
        Code::ProofUrlMismatch,
    );
}

#[test]
fn the_body_is_bounded_while_it_is_read_whatever_its_framing_says() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:", "--open"]);
    let device = Device::new().id();
    let mut largest = generate(&device, "menu", "text");
    largest.resize(16_384, b' ');
    let mut connection = server.connect();
    assert_eq!(connection.post(None, &largest).unwrap().status, 200);
    let too_large = [&largest[..], b" "].concat();
    assert_problem(
        &connection.post(None, &too_large).unwrap(),
        Code::BodyTooLarge,
    );
    // The connection is still in step.
    assert_eq!(connection.post(None, &largest).unwrap().status, 200);
    // A client that sends much more than that before it listens still hears why.
    let mut connection = server.connect();
    assert_problem(
        &connection.post(None, &vec![b' '; 900_000]).unwrap(),
        Code::BodyTooLarge,
    );

    let chunked = |body: &[u8]| {
        let mut connection = server.connect();
        let headers = [
            ("content-type", "application/json"),
            ("transfer-encoding", "chunked"),
        ];
        let mut request = connection.head("POST", "/v1/qr", &headers).into_bytes();
        for chunk in body.chunks(1_000) {
            request.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            request.extend_from_slice(chunk);
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"0\r\n\r\n");
        connection.send(&request).unwrap();
        connection.receive(false).unwrap()
    };
    assert_eq!(chunked(&largest).status, 200);
    assert_problem(&chunked(&too_large), Code::BodyTooLarge);

    // A body shorter than announced, and a client that is gone: the server lives on.
    let mut liar = server.connect();
    let head = liar.head("POST", "/v1/qr", &[("content-length", "5000")]);
    liar.send(&[head.as_bytes(), b"{"].concat()).unwrap();
    drop(liar);
    assert_eq!(server.connect().post(None, &largest).unwrap().status, 200);
}
