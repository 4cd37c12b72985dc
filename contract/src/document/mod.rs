//! The documents that are generated from the contract.

mod errors;

pub use errors::error_table;

/// The `OpenAPI` 3.1 document of the endpoint.
pub fn openapi() -> serde_json::Value {
    serde_json::Value::Null
}

/// The JSON Schema of a request.
pub fn request_schema() -> serde_json::Value {
    serde_json::Value::Null
}
