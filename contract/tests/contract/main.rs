//! The tests of the contract: one binary, a file for each part.

#![expect(
    clippy::unwrap_used,
    reason = "what the tests share may be as direct as they are; clippy.toml reaches only `#[test]`"
)]

mod documents;
mod filename;
mod fixtures;
mod limits;
mod proof;
mod request;
mod schema;
mod support;
mod url;
