//! JSON Schemas of the wire types.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, ReplaceConstValue};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::{
    DeleteAnswer, DeleteRequest, GenerateAnswer, GenerateRequest, Operation, ProblemMembers,
    RetrieveAnswer, RetrieveRequest,
};

/// The JSON Schema of a request, in the form of draft 4, which API Gateway validates with.
///
/// It refuses what the form of a request alone can tell. [`Request::parse`](crate::Request::parse)
/// refuses more: repeated members, `8.0` for `8`, lengths in bytes, and every rule in words.
pub fn request_schema() -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "Request",
        "oneOf": Operation::ALL.map(request_schema_of),
    })
}

/// The schema of one request, complete in itself and closed: a member that it does not name is
/// refused.
pub(super) fn request_schema_of(operation: Operation) -> Value {
    let mut schema = match operation {
        Operation::Generate => closed::<GenerateRequest>(),
        Operation::Retrieve => closed::<RetrieveRequest>(),
        Operation::Delete => closed::<DeleteRequest>(),
    };
    schema["properties"]["type"] = json!({ "type": "string", "enum": [operation.as_str()] });
    if let Some(required) = schema["required"].as_array_mut() {
        required.insert(0, json!("type"));
    }
    schema
}

/// The schemas of the answers, by name, as `OpenAPI` components that refer to each other. They are
/// open: a client passes over what it does not know.
pub(super) fn answer_schemas() -> Map<String, Value> {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    generator.subschema_for::<GenerateAnswer>();
    generator.subschema_for::<RetrieveAnswer>();
    generator.subschema_for::<DeleteAnswer>();
    generator.subschema_for::<ProblemMembers>();
    generator.take_definitions(true)
}

fn closed<T: JsonSchema>() -> Value {
    let mut settings = SchemaSettings::draft07();
    settings.meta_schema = None;
    settings.inline_subschemas = true;
    settings
        .transforms
        .push(Box::new(ReplaceConstValue::default()));
    settings
        .transforms
        .push(Box::new(RecursiveTransform(close_object)));
    SchemaGenerator::new(settings)
        .into_root_schema_for::<T>()
        .to_value()
}

/// Draft 4 knows no number formats, and the requests no members but their own.
fn close_object(schema: &mut Schema) {
    schema.remove("format");
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}
