//! The documents that are generated from the contract and committed beside it:
//! `contract/openapi.json`, `contract/request.schema.json` and `docs/guide/errors.md`.
//!
//! `cargo run -p qrgen-contract --example documents` writes them anew; a test fails on drift.

mod errors;
mod openapi;
mod schema;

pub use errors::error_table;
pub use openapi::openapi;
pub use schema::request_schema;
