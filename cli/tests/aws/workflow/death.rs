//! A function that ends in the middle of a call, as a panic would end it: the one request gets a problem,
//! the next one a fresh instance.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::faults::{assert_tells_nothing, generate_with};
use crate::stack::Stack;

/// Aborts the process that has this in its environment.
fn abort(mark: &str) {
    let processes = Path::new("/proc").read_dir().unwrap();
    let marked = processes.filter_map(Result::ok).find(|process| {
        let environment = std::fs::read(process.path().join("environ")).unwrap_or_default();
        let mut variables = environment.split(|byte| *byte == 0);
        variables.any(|variable| variable == mark.as_bytes())
    });
    let id = marked.expect("the function is running").file_name();
    let status = Command::new("kill").arg("-ABRT").arg(id).status().unwrap();
    assert!(status.success());
}

#[test]
fn a_function_that_dies_in_the_middle_of_a_call_is_500_and_the_next_call_is_served() {
    let stack = Stack::alone();
    let store = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", store.local_addr().unwrap());
    let mark = format!("AWS_ENDPOINT_URL_S3={url}");
    // It has drawn the image and asks for the store: that is where it dies.
    let death = std::thread::spawn(move || {
        let asking = store.accept().unwrap();
        abort(&mark);
        drop(asking);
    });
    let execution = generate_with(&stack, json!({ "AWS_ENDPOINT_URL_S3": url }));
    death.join().unwrap();
    let problem = execution.refused(500, "internal");
    assert_eq!(execution.retry_after(), "");
    assert_tells_nothing(&problem);
}
