//! The golden files are the wire: every request, answer and problem parses and comes out again byte
//! for byte, and a client reads what a newer service may add.

use crate::support::{fixture, fixtures};
use base64_simd::STANDARD as BASE64;
use qrgen_contract::{Code, DeleteAnswer, GenerateAnswer, Image, Problem, Request, RetrieveAnswer};
use ring::digest::{SHA256, digest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn reserialized<T: DeserializeOwned + Serialize>(json: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(json).unwrap()).unwrap()
}

#[test]
fn every_golden_file_is_reserialised_byte_for_byte() {
    let mut checked = 0;
    for (name, json) in fixtures() {
        let (operation, kind) = name.rsplit_once('.').unwrap_or(("", &name));
        let again = match (operation.split('-').next().unwrap(), kind) {
            (_, "request") => {
                String::from_utf8(Request::parse(json.as_bytes()).unwrap().to_json()).unwrap()
            }
            ("generate", "answer") => reserialized::<GenerateAnswer>(&json),
            ("retrieve" | "listing", "answer") => reserialized::<RetrieveAnswer>(&json),
            ("delete", "answer") => reserialized::<DeleteAnswer>(&json),
            (_, "problem") => reserialized::<Problem>(&json),
            (_, "proof") => continue,
            _ => panic!("{name} is no kind of golden file that this test knows"),
        };
        assert_eq!(again, json, "{name}");
        checked += 1;
    }
    assert_eq!(checked, 14);
}

#[test]
fn the_images_in_golden_answers_are_what_they_say() {
    let mut images = vec![
        serde_json::from_str::<GenerateAnswer>(&fixture("generate.answer"))
            .unwrap()
            .image,
    ];
    for name in ["retrieve.answer", "retrieve-page.answer"] {
        images.extend(
            serde_json::from_str::<RetrieveAnswer>(&fixture(name))
                .unwrap()
                .images,
        );
    }
    for image in images {
        let bytes = BASE64.decode_to_vec(image.base64.unwrap()).unwrap();
        let sha256 = digest(&SHA256, &bytes)
            .as_ref()
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        assert_eq!(
            (bytes.len() as u64, Some(sha256)),
            (image.byte_size, image.sha256)
        );
    }
}

#[test]
fn a_newer_service_may_add_members_to_answers_and_problems() {
    fn with_additions(json: &str) -> String {
        fn add(value: &mut Value) {
            match value {
                Value::Object(members) => {
                    members.values_mut().for_each(add);
                    members.insert("addedLater".to_owned(), serde_json::json!({ "a": [1] }));
                }
                Value::Array(elements) => elements.iter_mut().for_each(add),
                _ => {}
            }
        }
        let mut value = serde_json::from_str(json).unwrap();
        add(&mut value);
        value.to_string()
    }
    let generate = fixture("generate.answer");
    assert_eq!(
        reserialized::<GenerateAnswer>(&with_additions(&generate)),
        generate
    );
    let retrieve = fixture("retrieve-page.answer");
    assert_eq!(
        reserialized::<RetrieveAnswer>(&with_additions(&retrieve)),
        retrieve
    );
    let problem = fixture("problem");
    assert_eq!(reserialized::<Problem>(&with_additions(&problem)), problem);
}

#[test]
fn a_code_that_is_not_known_yet_survives_as_it_is() {
    let newer = br#"{"type":"urn:qrgen:problem:from_later","title":"","status":418,"code":"from_later","detail":""}"#;
    let problem = Problem::from_json(newer).unwrap();
    assert_eq!((problem.known_code(), problem.status), (None, 418));
    assert_eq!(problem.to_json(), newer);
}

#[test]
fn a_body_that_is_no_problem_of_this_contract_is_not_taken_for_one() {
    for body in [
        &b""[..],
        b"<html>",
        br#"{"message":"Forbidden"}"#,
        br#"{"code":"internal"}"#,
        b"[]",
    ] {
        assert_eq!(Problem::from_json(body), None);
    }
}

#[test]
fn a_text_that_can_not_be_read_is_null_and_one_that_was_not_looked_for_is_absent() {
    let image = |text: &str| -> Image {
        serde_json::from_str(&format!(
            r#"{{"filename":"a","mediaType":"image/png","byteSize":1,"storedAt":""{text}}}"#
        ))
        .unwrap()
    };
    for (member, text) in [
        ("", None),
        (r#","text":null"#, Some(None)),
        (r#","text":"t""#, Some(Some("t".to_owned()))),
    ] {
        let image = image(member);
        assert_eq!(image.text, text);
        assert_eq!(
            serde_json::to_string(&image).unwrap().contains(r#""text""#),
            text.is_some()
        );
    }
}

#[test]
fn a_problem_carries_its_kind_in_every_member_that_says_it() {
    for &code in Code::ALL {
        let problem = Problem::from_json(&Problem::new(code, "why").to_json()).unwrap();
        assert_eq!(problem.known_code(), Some(code));
        assert_eq!(problem.type_, format!("urn:qrgen:problem:{code}"));
        assert_eq!(problem.title, code.title());
        assert_eq!(problem.status, code.status());
        assert_eq!(problem.to_string(), format!("{code}: why"));
    }
}
