//! The body reaches the function byte for byte, whatever is in it: the proof signs those bytes.

use base64_simd::STANDARD as BASE64;
use serde_json::json;

use super::{Endpoint, assert_problem};
use crate::stack::Stack;
use crate::support::{Device, read_by_rxing};

/// What template languages, JSON, JavaScript and HTML take for something else.
const TEXTS: &[&str] = &[
    "it's \"quoted\"",
    r"C:\new\table \\ \u0041 \",
    "${x} $x $!x $input.body $util.escapeJavaScript('x') $context.requestId",
    "#set($x = 1) #if(true) #foreach #* comment *# ## end",
    "line one\r\nline\ttwo",
    "</script><!-- & -->",
    "お品書き 二百円",
    "🍜 ramen 👨‍👩‍👧 \u{202e}rtl",
    "Grüße aus Łódź",
    "{\"type\":\"DELETE\"}",
];

#[test]
fn every_text_is_kept_as_it_is() {
    let stack = Stack::shared();
    let endpoint = Endpoint::open(&stack);
    let device = Device::new();
    for (number, text) in TEXTS.iter().enumerate() {
        let name = format!("text {number}");
        let body =
            json!({ "type": "GENERATE", "deviceId": device.id(), "filename": name, "text": text });
        let made = endpoint.granted(&device, &body);
        assert_eq!(made["image"]["text"], *text);
        let png = BASE64
            .decode_to_vec(made["image"]["base64"].as_str().unwrap())
            .unwrap();
        assert_eq!(read_by_rxing(&png), *text);
    }
    let all = json!({ "type": "RETRIEVE", "deviceId": device.id() });
    let found = endpoint.granted(&device, &all);
    let found: Vec<&str> = found["images"]
        .as_array()
        .unwrap()
        .iter()
        .map(|image| image["text"].as_str().unwrap())
        .collect();
    assert_eq!(found, TEXTS);
}

/// RFC 8259 lets JSON be written in many ways, and the digest is of one of them.
#[test]
fn odd_white_space_and_escapes_are_kept_for_the_digest() {
    let stack = Stack::shared();
    let endpoint = Endpoint::open(&stack);
    let device = Device::new();
    let id = device.id();
    for body in [
        format!("\r\n\t {{ \"type\" :\n\n\"RETRIEVE\" ,\t\"deviceId\":\"{id}\" }} \r\n "),
        format!(r#"{{"\u0074ype":"RETRIEV\u0045","deviceId":"{id}"}}"#),
        format!(r#"{{"deviceId":"{id}","prefix":"\ud83c\udf5c\u0027","type":"RETRIEVE"}}"#),
        format!(r#"{{"deviceId":"{id}","prefix":"a'b/","type":"RETRIEVE"}}"#).replace("b/", "b"),
    ] {
        let answer = endpoint.post(&device, &body);
        assert_eq!(answer.status, 200, "{body}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.json(), json!({ "images": [], "nextToken": null }));
    }
}

/// HTTP/2 sends names in lower case, HTTP/1.1 in any; API Gateway's templates compare them exactly.
#[test]
fn the_proof_is_found_whatever_the_case_of_its_header() {
    let stack = Stack::shared();
    let endpoint = Endpoint::open(&stack);
    let device = Device::new();
    let body = json!({ "type": "RETRIEVE", "deviceId": device.id() }).to_string();
    let proof = device.proof(&endpoint.signed_url(), body.as_bytes());
    let json = ("content-type", "application/json");
    for name in ["dpop", "DPoP", "Dpop", "DPOP"] {
        let answer = endpoint.request("POST", &[json, (name, &proof)], body.as_bytes());
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
    }
    let none = endpoint.request("POST", &[json], body.as_bytes());
    assert_problem(&none, 401, "proof_missing");
}
