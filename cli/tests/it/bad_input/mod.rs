//! Everything that can be wrong with a request has a code of its own, is refused alike over HTTP
//! and in process, and leaves no trace in the store.

mod case;
mod proofs;
mod requests;

use std::fs;
use std::path::{Path, PathBuf};

use qrgen_contract::Code;
use qrgen_service::{Access, Call, Config, Service, Store};
use serde_json::{Value, json};

use self::case::Case;
use crate::support::{Connection, Device, Home, Server};

impl Case {
    /// Over the wire: status and problem.
    fn over_http(&self, connection: &mut Connection) -> (u16, Value) {
        let mut headers = Vec::new();
        headers.extend(self.content_type.map(|value| ("content-type", value)));
        headers.extend(self.proofs.iter().map(|proof| ("dpop", proof.as_str())));
        let answer = connection
            .request(self.method, "/v1/qr", &headers, &self.body)
            .unwrap();
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{}",
            self.name
        );
        let problem = answer.json();
        assert_eq!(
            problem["requestId"],
            answer.header("x-request-id").unwrap(),
            "{}",
            self.name
        );
        (answer.status, problem)
    }

    /// Through the door that the CLI uses.
    async fn in_process(&self, service: &Service) -> (u16, Value) {
        let proofs: Vec<&str> = self.proofs.iter().map(String::as_str).collect();
        let call = Call {
            method: self.method,
            content_type: self.content_type,
            proofs: &proofs,
            body: &self.body,
            request_id: "in-process",
            only: None,
        };
        let reply = service.call(call).await;
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }
}

/// What must be the same through both doors: all but the id and the time.
fn comparable(mut problem: Value) -> Value {
    let members = problem.as_object_mut().unwrap();
    members.remove("requestId");
    members.remove("serverTime");
    problem
}

/// Everything below a folder, as paths relative to it.
fn everything_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(current).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path.clone());
            }
            found.push(path.strip_prefix(folder).unwrap().to_owned());
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn every_bad_input_has_its_own_code_the_same_through_both_doors_and_leaves_no_trace() {
    let home = Home::new();
    let (here, there) = (home.path("here"), home.path("there"));
    let server = Server::over(&home, &there, &[]);
    let url = server.endpoint();
    let access = Access::Proof {
        urls: vec![
            url.clone(),
            url.replace("127.0.0.1", "localhost"),
            url.replace("127.0.0.1", "[::1]"),
        ],
    };
    let store = Store::open(here.to_str().unwrap()).unwrap();
    let service = Service::new(store, Config::new(access));
    let mut connection = server.connect();

    // Somebody else's two codes, through both doors: their page token is what `next_token_foreign`
    // needs.
    let somebody = Device::new();
    let mut token = Value::Null;
    for body in [
        json!({ "type": "GENERATE", "deviceId": somebody.id(), "filename": "a", "text": "a" }),
        json!({ "type": "GENERATE", "deviceId": somebody.id(), "filename": "b", "text": "b" }),
        json!({ "type": "RETRIEVE", "deviceId": somebody.id(), "content": "none", "limit": 1 }),
    ] {
        let body = body.to_string().into_bytes();
        let proof = somebody.proof(&url, &body);
        let answer = connection.post(Some(&proof), &body).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        let call = Call {
            method: "POST",
            content_type: Some("application/json"),
            proofs: &[&proof],
            body: &body,
            request_id: "in-process",
            only: None,
        };
        assert_eq!(service.call(call).await.status, 200);
        token = answer.json()["nextToken"].clone();
    }
    let before = (everything_below(&here), everything_below(&there));

    let device = Device::new();
    let cases = case::all(&device, &somebody, &url, token.as_str().unwrap());
    for case in &cases {
        let (status, problem) = case.over_http(&mut connection);
        case.assert_refused(status, &problem);
        let (status_in_process, problem_in_process) = case.in_process(&service).await;
        assert_eq!(status_in_process, status, "{}", case.name);
        assert_eq!(
            comparable(problem_in_process),
            comparable(problem.clone()),
            "{}",
            case.name
        );
    }

    assert_eq!((everything_below(&here), everything_below(&there)), before);
    assert_every_code_is_met(&cases);
}

/// The table has a request for each code that a request alone can earn.
fn assert_every_code_is_met(cases: &[Case]) {
    let needs_more_than_a_request = [
        Code::RequestInvalid,
        Code::ApiKeyInvalid,
        Code::RouteNotFound,
        Code::FilenameTaken,
        Code::RateLimited,
        Code::Internal,
        Code::StorageUnavailable,
        Code::Overloaded,
        Code::TimedOut,
    ];
    for code in Code::ALL {
        let met = cases.iter().any(|case| case.code == *code);
        assert_ne!(met, needs_more_than_a_request.contains(code), "{code}");
    }
}
