//! The JSON Schema of a request, judged by a validator for the part of draft 4 that it may use.

use qrgen_contract::request_schema;
use regex::Regex;
use serde_json::{Value, json};

use crate::support::{DEVICE, fixtures};

/// Whether `value` is valid by `schema` (JSON Schema draft 4, validation, clause 5).
///
/// Panics on a keyword that it does not know: API Gateway passes over those, so they would promise
/// what nothing holds.
fn is_valid(schema: &Value, value: &Value) -> bool {
    schema
        .as_object()
        .unwrap()
        .iter()
        .all(|(keyword, expected)| match keyword.as_str() {
            "type" => match expected {
                Value::Array(types) => types.iter().any(|name| has_type(name, value)),
                name => has_type(name, value),
            },
            "enum" => expected.as_array().unwrap().contains(value),
            "oneOf" => valid_branches(expected, value) == 1,
            "anyOf" => valid_branches(expected, value) > 0,
            "required" => value.as_object().is_none_or(|members| {
                expected
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|name| members.contains_key(name.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|members| {
                members.iter().all(|(name, member)| {
                    expected
                        .get(name)
                        .is_none_or(|schema| is_valid(schema, member))
                })
            }),
            "additionalProperties" => {
                assert_eq!(*expected, json!(false));
                value.as_object().is_none_or(|members| {
                    members
                        .keys()
                        .all(|name| schema["properties"].get(name).is_some())
                })
            }
            "minimum" => value
                .as_i64()
                .is_none_or(|number| number >= expected.as_i64().unwrap()),
            "maximum" => value
                .as_i64()
                .is_none_or(|number| number <= expected.as_i64().unwrap()),
            "minLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() >= length(expected)),
            "maxLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() <= length(expected)),
            "pattern" => value.as_str().is_none_or(|text| {
                Regex::new(expected.as_str().unwrap())
                    .unwrap()
                    .is_match(text)
            }),
            "$schema" => {
                assert_eq!(*expected, json!("http://json-schema.org/draft-04/schema#"));
                true
            }
            "title" | "description" | "default" => true,
            other => panic!("{other} is no keyword of draft 4 that API Gateway validates"),
        })
}

fn has_type(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "string" => value.is_string(),
        "object" => value.is_object(),
        other => panic!("{other} is no type of a request"),
    }
}

fn valid_branches(schemas: &Value, value: &Value) -> usize {
    schemas
        .as_array()
        .unwrap()
        .iter()
        .filter(|schema| is_valid(schema, value))
        .count()
}

fn length(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn generate(name: &str, value: Value) -> Value {
    let mut request =
        json!({ "type": "GENERATE", "deviceId": DEVICE, "filename": "menu", "text": "hello" });
    request[name] = value;
    request
}

fn retrieve(name: &str, value: Value) -> Value {
    let mut request = json!({ "type": "RETRIEVE", "deviceId": DEVICE });
    request[name] = value;
    request
}

#[test]
fn the_golden_requests_are_valid_and_no_other_golden_file_is() {
    let schema = request_schema();
    for (name, json) in fixtures() {
        let value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            is_valid(&schema, &value),
            name.ends_with(".request"),
            "{name}"
        );
    }
}

#[test]
fn what_the_contract_takes_the_schema_takes() {
    let schema = request_schema();
    for value in [
        generate("detail", json!("max")),
        generate("detail", json!({})),
        generate(
            "detail",
            json!({ "scale": 64, "quietZone": 0, "errorCorrection": "H" }),
        ),
        generate("detail", json!({ "dark": "#ABCdef" })),
        generate("replace", json!(true)),
        retrieve("limit", json!(1_000)),
        retrieve("limit", json!(null)),
        retrieve("nextToken", json!(null)),
        retrieve("content", json!("url")),
    ] {
        assert!(is_valid(&schema, &value), "{value}");
    }
}

#[test]
fn what_the_form_alone_tells_the_schema_refuses() {
    let schema = request_schema();
    for value in [
        json!(null),
        json!([]),
        json!({}),
        json!({ "type": "DELETE", "deviceId": DEVICE }),
        json!({ "type": "DELETE", "filename": "menu" }),
        json!({ "deviceId": DEVICE, "filename": "menu" }),
        generate("type", json!("PAINT")),
        // Another operation does not have the member `text`.
        generate("type", json!("DELETE")),
        generate("type", json!(["GENERATE"])),
        generate("colour", json!("red")),
        generate("deviceId", json!("me")),
        generate("filename", json!("")),
        generate("filename", json!("x".repeat(201))),
        generate("text", json!("")),
        generate("text", json!("x".repeat(7_090))),
        generate("text", json!(7)),
        generate("replace", json!("true")),
        generate("detail", json!("huge")),
        generate("detail", json!(null)),
        generate("detail", json!({ "scale": 65 })),
        generate("detail", json!({ "scale": "8" })),
        generate("detail", json!({ "quietZone": -1 })),
        generate("detail", json!({ "dark": "red" })),
        generate("detail", json!({ "errorCorrection": "m" })),
        generate("detail", json!({ "shape": "round" })),
        retrieve("limit", json!(0)),
        retrieve("limit", json!(1_001)),
        retrieve("content", json!("svg")),
        retrieve("prefix", json!("")),
    ] {
        assert!(!is_valid(&schema, &value), "{value}");
    }
}
