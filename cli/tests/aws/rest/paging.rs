//! Step Functions carries 262,144 bytes and no more: a page ends before that.

use serde_json::{Value, json};

use super::Endpoint;
use crate::stack::Stack;
use crate::support::{Home, Server};

const CODES: usize = 130;

/// Each image is large: a long text, many modules, a wide quiet zone.
fn text(number: usize) -> String {
    format!(
        "{number:03} {}",
        "The quick brown fox jumps over the lazy dog. ".repeat(44)
    )
}

/// The image is the record: what was made in a folder is copied, and is there.
fn copy_codes_to(stack: &Stack, home: &Home) {
    let device = home.run(["key", "id"]).text().trim().to_owned();
    let server = Server::over(home, &home.codes(), &["--open"]);
    let mut connection = server.connect();
    for number in 0..CODES {
        let body = json!({ "type": "GENERATE", "deviceId": device,
            "filename": format!("code {number:03}"), "text": text(number), "detail": "low" });
        let answer = connection.post(None, body.to_string().as_bytes()).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    let images = home.codes().join("images");
    let bucket = format!("s3://{}/images", stack.output("Bucket"));
    stack.aws(&[
        "s3",
        "cp",
        "--recursive",
        "--quiet",
        images.to_str().unwrap(),
        &bucket,
    ]);
}

#[test]
fn a_hundred_and_thirty_large_images_come_in_pages_each_once() {
    let stack = Stack::shared();
    let endpoint = Endpoint::open(&stack);
    let home = Home::new();
    copy_codes_to(&stack, &home);
    let listed = home.run(["list", "--long", "--json", "--endpoint", &endpoint.url()]);
    let images: Vec<Value> = listed
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(images.len(), CODES);
    let mut bytes = 0;
    for (number, image) in images.iter().enumerate() {
        assert_eq!(image["filename"], format!("code {number:03}"));
        assert_eq!(image["text"], text(number));
        bytes += image["byteSize"].as_u64().unwrap();
    }
    assert!(
        bytes > 262_144,
        "{bytes} bytes would have come in one answer"
    );
    let names = home.run(["list", "--endpoint", &endpoint.url()]);
    assert_eq!(names.text().lines().count(), CODES);
}
