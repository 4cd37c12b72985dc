//! Bounds on time: whatever a client or the store drags out ends with an answer, or with the
//! connection.

#![cfg(test)] // so that the lints know: here a failed `unwrap` is a failed test

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use qrgen_contract::{Code, Problem};
use qrgen_server::{Server, ServerConfig, ServerLimits};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const SOON: Duration = Duration::from_millis(50);

const BODY: &str = r#"{
    "type": "GENERATE",
    "deviceId": "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
    "filename": "menu",
    "text": "text"
}"#;

/// A server in this process.
struct Running {
    address: String,
    stop: oneshot::Sender<()>,
    end: JoinHandle<()>,
}

impl Running {
    async fn start(store: &str, limits: ServerLimits) -> Self {
        let config = ServerConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            store: store.to_owned(),
            open: true,
            limits,
            ..ServerConfig::default()
        };
        let server = Server::bind(config).await.unwrap();
        let address = server.url().strip_prefix("http://").unwrap().to_owned();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self {
            address,
            stop,
            end: running,
        }
    }

    /// Sends bytes and reads until the server closes the connection.
    async fn send_and_read_to_end(&self, request: String) -> String {
        let address = self.address.clone();
        let exchange = move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        tokio::task::spawn_blocking(exchange).await.unwrap()
    }
}

fn head(length: usize) -> String {
    format!(
        "POST /v1/qr HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
}

#[track_caller]
fn assert_timed_out(answer: &str) {
    assert!(answer.starts_with("HTTP/1.1 504 "), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let problem = Problem::from_json(body.as_bytes()).unwrap();
    assert_eq!(problem.known_code(), Some(Code::TimedOut));
    assert!(problem.request_id.is_some());
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_answered_504() {
    let limits = ServerLimits {
        body: SOON,
        ..ServerLimits::default()
    };
    let running = Running::start("memory:", limits).await;
    let half = head(BODY.len()) + &BODY[..20];
    assert_timed_out(&running.send_and_read_to_end(half).await);
}

#[tokio::test]
async fn a_store_that_takes_too_long_is_answered_504() {
    let folder = tempfile::tempdir().unwrap();
    // No folder answers in no time at all.
    let limits = ServerLimits {
        call: Duration::ZERO,
        ..ServerLimits::default()
    };
    let running = Running::start(folder.path().to_str().unwrap(), limits).await;
    let whole = head(BODY.len()) + BODY;
    assert_timed_out(&running.send_and_read_to_end(whole).await);
}

/// The slow-head attack ("slowloris"): connections that never ask anything.
#[tokio::test]
async fn a_head_that_does_not_arrive_ends_the_connection() {
    let limits = ServerLimits {
        head: SOON,
        ..ServerLimits::default()
    };
    let running = Running::start("memory:", limits).await;
    for start in ["", "POST /v1/qr HT"] {
        let answer = running.send_and_read_to_end(start.to_owned()).await;
        assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
    }
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let limits = ServerLimits {
        stop: SOON,
        ..ServerLimits::default()
    };
    let running = Running::start("memory:", limits).await;
    let mut never_finished = TcpStream::connect(&running.address).unwrap();
    never_finished.write_all(head(1_000).as_bytes()).unwrap();
    running.stop.send(()).unwrap();
    running.end.await.unwrap();
}
