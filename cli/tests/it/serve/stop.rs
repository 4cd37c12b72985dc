//! Too much at once, and how a server ends.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use qrgen_contract::Code;

use super::{assert_problem, generate};
use crate::support::{Device, Home, Server};

#[test]
fn what_is_too_much_at_once_is_shed_with_a_time_to_come_again() {
    let home = Home::new();
    let server = Server::start(
        &home,
        &["--store", "memory:", "--open", "--concurrency", "1"],
    );
    let device = Device::new().id();
    // Until one was shed; two requests at once need only meet.
    let shed = AtomicBool::new(false);
    thread::scope(|scope| {
        for client in 0..8 {
            let (mut connection, device, shed) = (server.connect(), &device, &shed);
            scope.spawn(move || {
                for number in 0..5_000 {
                    if shed.load(Ordering::Relaxed) {
                        return;
                    }
                    let name = format!("{client}-{number}");
                    let answer = connection
                        .post(None, &generate(device, &name, &"x".repeat(800)))
                        .unwrap();
                    if answer.status != 200 {
                        assert_problem(&answer, Code::Overloaded);
                        assert_eq!(answer.header("retry-after"), Some("1"));
                        assert_eq!(answer.json()["retryAfterSeconds"], 1);
                        shed.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert!(
        shed.load(Ordering::Relaxed),
        "no two of 40,000 requests met"
    );
    let after = server
        .connect()
        .post(None, &generate(&device, "after", "text"))
        .unwrap();
    assert_eq!(after.status, 200);
}

/// Waits until the server takes no more connections.
fn wait_until_refused(server: &Server) {
    let address = server.url().strip_prefix("http://").unwrap();
    loop {
        match TcpStream::connect(address) {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => return,
            _ => thread::yield_now(),
        }
    }
}

/// Waits until the server has a request in work, beside the one that asks.
fn wait_until_in_work(server: &Server) {
    let mut connection = server.connect();
    loop {
        let metrics = connection.request("GET", "/metrics", &[], b"").unwrap();
        if metrics.text().contains("qrgen_requests_in_flight 2\n") {
            return;
        }
        thread::yield_now();
    }
}

#[test]
fn a_stop_finishes_what_was_accepted() {
    for signal in ["TERM", "INT"] {
        let home = Home::new();
        let server = Server::over(&home, &home.codes(), &["--open"]);
        let body = generate(&Device::new().id(), "menu", "text");
        let (first, second) = body.split_at(body.len() / 2);
        let length = body.len().to_string();
        let headers = [
            ("content-type", "application/json"),
            ("content-length", &*length),
        ];

        let mut idle = server.connect();
        assert_eq!(
            idle.request("GET", "/healthz", &[], b"").unwrap().status,
            200
        );
        let mut slow = server.connect();
        let head = slow.head("POST", "/v1/qr", &headers);
        slow.send(&[head.as_bytes(), first].concat()).unwrap();
        wait_until_in_work(&server);
        server.signal(signal);
        wait_until_refused(&server);
        slow.send(second).unwrap();
        let answer = slow.receive(false).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("connection"), Some("close"));
        let (status, log) = server.wait();
        assert_eq!(status.code(), Some(0), "{signal}: {log}");
        assert_eq!(home.stored_files().len(), 1);
    }
}

#[test]
fn a_second_ctrl_c_ends_at_once() {
    let home = Home::new();
    let server = Server::start(&home, &["--store", "memory:"]);
    let mut slow = server.connect();
    let head = slow.head("POST", "/v1/qr", &[("content-length", "10")]);
    slow.send(head.as_bytes()).unwrap();
    wait_until_in_work(&server);
    server.signal("INT");
    wait_until_refused(&server);
    server.signal("INT");
    assert_eq!(server.wait().0.code(), Some(130));
}
