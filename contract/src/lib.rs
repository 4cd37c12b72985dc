//! The wire contract of QR-Generator: one endpoint, three operations, JSON in and JSON out.
//!
//! Everything both ends of the wire must agree on is written here once, as Rust types, and nowhere
//! else: the [requests](Request), the answers ([`GenerateAnswer`], [`RetrieveAnswer`],
//! [`DeleteAnswer`]), the [`limits`], the [`Code`]s a request may be refused with, the rules of a
//! [`filename`], and the device [`proof`] that says whose request it is. The `OpenAPI` document, the
//! JSON Schema and the table of errors in the guide are generated from these types.
//!
//! Requests are read **strictly** ([`Request::parse`]): whatever the contract does not know is
//! refused by name. Answers are read **leniently** (plain `serde`): a client keeps working when a
//! newer service tells it more.
//!
//! The crate does no I/O: bytes in, values out, and the time is an argument.
//!
//! ```
//! use qrgen_contract::{Code, Request};
//!
//! let body = br#"{"type":"DELETE","deviceId":"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U","filename":"menu"}"#;
//! let request = Request::parse(body)?;
//! assert_eq!(request.to_json(), body);
//!
//! let refused = Request::parse(br#"{"type":"PAINT"}"#).unwrap_err();
//! assert_eq!(refused.known_code(), Some(Code::UnknownOperation));
//! # Ok::<(), qrgen_contract::Problem>(())
//! ```

mod answer;
mod code;
mod detail;
mod device;
mod document;
pub mod filename;
pub mod limits;
mod parse;
mod problem;
pub mod proof;
mod request;

pub use answer::{DeleteAnswer, GenerateAnswer, GenerateStatus, Image, RetrieveAnswer, SymbolInfo};
pub use code::{Code, UnknownCode};
pub use detail::{Detail, DetailOptions, Level, Preset};
pub use device::DeviceId;
pub use document::{error_table, openapi, request_schema};
pub use problem::{Problem, ProblemMembers};
pub use request::{
    ContentKind, DeleteRequest, GenerateRequest, Operation, Request, RetrieveRequest,
};

/// Path of the one endpoint, below the base URL of a service.
pub const PATH: &str = "/v1/qr";

/// Media type of a request and of an answer.
pub const JSON: &str = "application/json";

/// Media type of a [`Problem`] (RFC 9457, clause 3).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Serialises one of the contract's own types to compact JSON.
fn to_json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    #[expect(
        clippy::expect_used,
        reason = "plain structs with string keys, written to memory: serde_json has no error to give"
    )]
    serde_json::to_vec(value).expect("wire types serialise")
}
