//! The client of QR-Generator: make QR codes, keep them, find them again, throw them away.
mod answer;
mod client;
mod code;
mod config;
mod device_key;
mod error;
mod exchange;
mod file_device_key;
mod http;
mod models;
mod retry;
mod signer;
mod transport;

pub use client::QrClient;
pub use code::{ClientCode, ErrorCode};
pub use config::QrClientConfig;
pub use device_key::DeviceKey;
pub use error::{NetworkFailure, QrError};
pub use file_device_key::FileDeviceKey;
pub use models::{
    DeleteRequest, Detail, GenerateOutcome, GenerateRequest, QrImage, RenderRequest, RenderedCode,
    RetrievePage, RetrieveRequest, SymbolInfo,
};
pub use qrgen_contract::{Code, ContentKind, DetailOptions, GenerateStatus, Level};
pub use transport::{Transport, TransportRequest, TransportResponse};
