//! Bad bodies and bad envelopes, each under an honest proof.

use qrgen_contract::Code;
use serde_json::{Value, json};

use super::case::{Case, SECRET};
use crate::support::Device;

/// The rows of `requests.txt`.
pub(super) fn listed(device: &Device, url: &str) -> Vec<Case> {
    let rows = include_str!("requests.txt").lines();
    let rows = rows.filter(|row| !row.is_empty() && !row.starts_with('#'));
    rows.flat_map(|row| read(row, device, url)).collect()
}

/// One row as a case, or as three.
fn read(row: &str, device: &Device, url: &str) -> Vec<Case> {
    let (operation, rest) = row.split_once(' ').unwrap();
    let (status, rest) = rest.trim_start().split_once(' ').unwrap();
    let (code, rest) = rest.trim_start().split_once(' ').unwrap();
    let (field, wrong) = rest.trim_start().split_once(' ').unwrap();
    let wrong = wrong.trim_start();
    let members = || expanded(serde_json::from_str(wrong).unwrap());
    let bodies = match operation {
        "GENERATE" | "RETRIEVE" | "DELETE" => vec![request(operation, device, members())],
        "NAME" => ["GENERATE", "RETRIEVE", "DELETE"]
            .map(|operation| request(operation, device, json!({ "filename": members() })))
            .to_vec(),
        "AFTER" => vec![followed_by(device, wrong)],
        "BODY" => vec![wrong.as_bytes().to_vec()],
        other => panic!("no kind of row: {other}"),
    };
    let case = |body| {
        let field = (field != "-").then(|| field.to_owned());
        Case::signed(row, device, url, body).refused(
            status.parse().unwrap(),
            code.parse().unwrap(),
            field,
        )
    };
    bodies.into_iter().map(case).collect()
}

/// A good request with some members set otherwise.
pub(super) fn request(operation: &str, device: &Device, members: Value) -> Vec<u8> {
    let mut request = json!({ "type": operation, "deviceId": device.id() });
    if operation != "RETRIEVE" {
        request["filename"] = json!("menu");
    }
    if operation == "GENERATE" {
        request["text"] = json!(SECRET);
    }
    request
        .as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    request.to_string().into_bytes()
}

/// A good GENERATE whose last member is followed by `more`.
fn followed_by(device: &Device, more: &str) -> Vec<u8> {
    let mut body = request("GENERATE", device, json!({}));
    assert_eq!(body.pop(), Some(b'}'));
    body.extend_from_slice(format!(",{more}}}").as_bytes());
    body
}

/// Writes out each `"@x*5"`.
fn expanded(value: Value) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('@').and_then(|text| text.split_once('*')) {
            Some((unit, times)) => json!(unit.repeat(times.parse().unwrap())),
            None => json!(text),
        },
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, expanded(value)))
            .collect(),
        other => other,
    }
}

/// Bodies that no line of text can hold.
pub(super) fn computed(device: &Device, url: &str) -> Vec<Case> {
    let nested = followed_by(device, &format!(r#""x":{}"#, "[".repeat(10_000)));
    let rows = [
        ("empty body", Code::MalformedJson, Vec::new()),
        (
            "no UTF-8",
            Code::MalformedJson,
            b"{\"type\":\"\xff\"}".to_vec(),
        ),
        ("UTF-16", Code::MalformedJson, b"\xff\xfe{\0}\0".to_vec()),
        (
            "10,000 arrays deep",
            Code::NestedTooDeep,
            "[".repeat(10_000).into_bytes(),
        ),
        (
            "2,000 objects deep",
            Code::NestedTooDeep,
            r#"{"a":"#.repeat(2_000).into_bytes(),
        ),
        (
            "10,000 arrays deep in a member",
            Code::NestedTooDeep,
            nested,
        ),
    ];
    rows.map(|(name, code, body)| Case::signed(name, device, url, body).refused(400, code, None))
        .into()
}

/// Page tokens that are good for another listing: `token` goes on with `somebody`'s, content
/// `none`.
pub(super) fn foreign_tokens(
    device: &Device,
    somebody: &Device,
    url: &str,
    token: &str,
) -> Vec<Case> {
    let rows = [
        (
            "token of another device",
            device,
            json!({ "content": "none" }),
        ),
        ("token for one code", device, json!({ "filename": "a" })),
        (
            "token of another prefix",
            somebody,
            json!({ "content": "none", "prefix": "a" }),
        ),
        (
            "token of another content",
            somebody,
            json!({ "content": "base64" }),
        ),
    ];
    let case = |(name, by, mut members): (&str, &Device, Value)| {
        members["nextToken"] = json!(token);
        let body = request("RETRIEVE", by, members);
        Case::signed(name, by, url, body).refused(
            400,
            Code::NextTokenForeign,
            Some("nextToken".to_owned()),
        )
    };
    rows.map(case).into()
}

/// What is round a good request: its size, content type and method.
pub(super) fn envelopes(device: &Device, url: &str) -> Vec<Case> {
    let good = request("GENERATE", device, json!({}));
    let mut cases = Vec::new();
    for length in [16_385, 60_000] {
        let mut body = good.clone();
        body.resize(length, b' ');
        let case = Case::signed(&format!("{length} bytes"), device, url, body);
        cases.push(case.refused(413, Code::BodyTooLarge, None));
    }
    for content_type in [
        None,
        Some(""),
        Some("json"),
        Some("text/plain"),
        Some("application/jsonx"),
    ] {
        let name = format!("content type {content_type:?}");
        let case = Case {
            content_type,
            ..Case::signed(&name, device, url, good.clone())
        };
        cases.push(case.refused(415, Code::ContentTypeUnsupported, None));
    }
    for method in ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PAINT", "post"] {
        let case = Case {
            method,
            ..Case::signed(method, device, url, good.clone())
        };
        cases.push(case.refused(405, Code::MethodNotAllowed, None));
    }
    cases
}
