//! The `OpenAPI` document: the one path, around the schemas of the wire types.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schema::{answer_schemas, request_schema_of};
use crate::{Code, JSON, Operation, PATH, PROBLEM_JSON};

/// The endpoint as an `OpenAPI` 3.1 document.
pub fn openapi() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "QR-Generator",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Make QR codes, keep them, find them again.",
            "description": "One endpoint, three operations. The `type` of the request chooses; every \
                refusal is a problem (RFC 9457) with a stable `code`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The service that gives this document" }],
        "paths": { PATH: { "post": {
            "operationId": "call",
            "summary": "Generate, retrieve or delete",
            "parameters": [proof_parameter()],
            "requestBody": { "required": true, "content": { JSON: {
                "schema": request_reference(),
                "examples": request_examples(),
            }}},
            "responses": responses(),
        }}},
        "components": { "schemas": schemas() },
    })
}

fn proof_parameter() -> Value {
    json!({
        "name": "DPoP",
        "in": "header",
        "required": true,
        "description": "Proof of the device's key (RFC 9449): a JWT with `typ` `dpop+jwt`, `alg` `ES256` \
            and the public key as `jwk`, and the claims `htm`, `htu`, `iat`, `jti` and `digest`, the \
            RFC 9530 digest of the exact body: `sha-256=:…:`. The `deviceId` of the request is the \
            RFC 7638 thumbprint of that key. A service that runs with `--open` takes no notice of it.",
        "schema": { "type": "string", "maxLength": crate::limits::PROOF_BYTES },
    })
}

fn request_reference() -> Value {
    let reference = |operation| format!("#/components/schemas/{}", request_name(operation));
    let mapping: Map<String, Value> = Operation::ALL
        .map(|operation| (operation.as_str().to_owned(), json!(reference(operation))))
        .into_iter()
        .collect();
    json!({
        "oneOf": Operation::ALL.map(|operation| json!({ "$ref": reference(operation) })),
        "discriminator": { "propertyName": "type", "mapping": mapping },
    })
}

fn request_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Generate => "GenerateRequest",
        Operation::Retrieve => "RetrieveRequest",
        Operation::Delete => "DeleteRequest",
    }
}

fn schemas() -> Map<String, Value> {
    let mut schemas = answer_schemas();
    for operation in Operation::ALL {
        schemas.insert(
            request_name(operation).to_owned(),
            request_schema_of(operation),
        );
    }
    schemas
}

/// The answer, and every status that a code has, with its codes.
fn responses() -> Value {
    let answers = ["GenerateAnswer", "RetrieveAnswer", "DeleteAnswer"]
        .map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    let mut responses = json!({ "200": {
        "description": "Done. The answer has the shape that belongs to the `type` of the request.",
        "content": { JSON: { "schema": { "anyOf": answers }, "examples": answer_examples() } },
    }});
    let mut codes_by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for &code in Code::ALL {
        codes_by_status.entry(code.status()).or_default().push(code);
    }
    for (status, codes) in codes_by_status {
        responses[status.to_string()] = refusal(&codes);
    }
    responses
}

fn refusal(codes: &[Code]) -> Value {
    let lines: Vec<String> = codes
        .iter()
        .map(|code| format!("- `{code}`: {}", code.title()))
        .collect();
    let mut response = json!({
        "description": lines.join("\n"),
        "content": { PROBLEM_JSON: { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    if codes.iter().any(|code| code.is_retryable()) {
        response["headers"] = json!({ "Retry-After": {
            "description": "Seconds to wait before the next try, when the service knows (RFC 9110, clause 10.2.3).",
            "schema": { "type": "integer", "minimum": 0 },
        }});
    }
    response
}

/// Writes the `examples` of a media type from golden files, named as they are.
macro_rules! examples {
    ($($name:literal: $summary:literal,)*) => {
        Value::Object(Map::from_iter([$((
            $name.to_owned(),
            json!({ "summary": $summary, "value": example(include_str!(concat!("../../fixtures/", $name, ".json"))) }),
        )),*]))
    };
}

fn request_examples() -> Value {
    examples! {
        "generate.request": "Make a code with a preset",
        "generate-options.request": "Make a code with every value by hand",
        "retrieve.request": "Fetch one code",
        "retrieve-page.request": "The next page of those whose names begin alike",
        "listing.request": "List names, sizes and times",
        "delete.request": "Remove a code",
    }
}

fn answer_examples() -> Value {
    examples! {
        "generate.answer": "The code is stored",
        "retrieve.answer": "One code",
        "listing.answer": "A page of names, with a token for the next one",
        "delete.answer": "The code is gone",
    }
}

fn example(fixture: &str) -> Value {
    serde_json::from_str(fixture).unwrap_or_default()
}
