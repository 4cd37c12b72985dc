//! The committed documents are those that the types give.

use std::fs;
use std::path::Path;

use qrgen_contract::{Code, error_table, openapi, request_schema};
use serde_json::{Value, json};

use crate::support::fixture;

fn assert_committed(path: &str, generated: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let committed = fs::read_to_string(&file).unwrap();
    assert!(
        committed == generated,
        "{path} has drifted from the types; run: cargo run -p qrgen-contract --example documents"
    );
}

#[test]
fn the_committed_documents_are_those_that_the_types_give() {
    assert_committed("openapi.json", &format!("{:#}\n", openapi()));
    assert_committed("request.schema.json", &format!("{:#}\n", request_schema()));
    assert_committed("../docs/guide/errors.md", &error_table());
}

#[test]
fn every_code_is_in_the_guide_and_under_its_status_in_the_openapi_document() {
    let (guide, openapi) = (error_table(), openapi());
    for code in Code::ALL {
        assert!(
            guide.contains(&format!("| `{code}` | {} |", code.status())),
            "{code}"
        );
        let response = &openapi["paths"]["/v1/qr"]["post"]["responses"][code.status().to_string()];
        assert!(
            response["description"]
                .as_str()
                .unwrap()
                .contains(&format!("`{code}`")),
            "{code}"
        );
        assert!(response["content"]["application/problem+json"].is_object());
    }
}

#[test]
fn every_reference_in_the_openapi_document_leads_somewhere_else() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                for member in members.values() {
                    references(member, found);
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    references(element, found);
                }
            }
            _ => {}
        }
    }
    let openapi = openapi();
    let mut found = Vec::new();
    references(&openapi, &mut found);
    assert!(found.len() > 10);
    for reference in found {
        let target = openapi.pointer(reference.strip_prefix('#').unwrap());
        assert!(
            target.is_some_and(|schema| schema["$ref"] != *reference),
            "{reference}"
        );
    }
}

/// RFC 9110 names the method and media type, this contract the rest.
#[test]
fn the_openapi_document_describes_the_one_endpoint() {
    let openapi = openapi();
    assert_eq!(openapi["openapi"], "3.1.0");
    let paths: Vec<_> = openapi["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/v1/qr"]);
    let post = &openapi["paths"]["/v1/qr"]["post"];
    assert_eq!(post["parameters"][0]["name"], "DPoP");
    let examples = &post["requestBody"]["content"]["application/json"]["examples"];
    let golden: Value = serde_json::from_str(&fixture("generate.request")).unwrap();
    assert_eq!(examples["generate.request"]["value"], golden);
}

#[test]
fn the_openapi_document_says_what_is_always_there_in_an_answer() {
    let openapi = openapi();
    let required = |name: &str| openapi["components"]["schemas"][name]["required"].clone();
    assert_eq!(required("RetrieveAnswer"), json!(["images", "nextToken"]));
    assert_eq!(
        required("Image"),
        json!(["filename", "mediaType", "byteSize", "storedAt"])
    );
    assert_eq!(
        required("Problem"),
        json!(["type", "title", "status", "code", "detail"])
    );
}
