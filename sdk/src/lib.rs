//! The client of QR-Generator: make QR codes, keep them, find them again, throw them away, and draw
//! them with no service at all.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use futures_util::TryStreamExt;
//! use qrgen_sdk::{
//!     DeleteRequest, FileDeviceKey, GenerateRequest, QrClient, QrClientConfig, RetrieveRequest,
//! };
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     // The key is the identity: no registration, no password.
//!     let key = Arc::new(FileDeviceKey::load_or_create("device.key")?);
//!     let client = QrClient::new(QrClientConfig::new("https://qr.example.com"), key)?;
//!
//!     let made = client.generate(GenerateRequest::new("menu", "https://example.com/menu")).await?;
//!     std::fs::write("menu.png", made.image.png.unwrap_or_default())?;
//!
//!     let mut codes = client.retrieve_all(RetrieveRequest::default());
//!     while let Some(code) = codes.try_next().await? {
//!         println!("{}: {}", code.filename, code.text.as_deref().unwrap_or("unreadable"));
//!     }
//!
//!     client.delete(DeleteRequest::new("menu")).await?;
//!     Ok(())
//! }
//! ```
//!
//! One walk through a call: [`QrClient`] makes a wire request of the record and the device's id →
//! `exchange` checks it by the rules of the contract, serialises it once, and has `signer` prove
//! those bytes with the [`DeviceKey`] → a [`Transport`] carries them (`http`, unless another is
//! given) → `answer` judges what comes back: an error that may pass goes round again after the pause
//! that `retry` draws, a good answer becomes a record whose image is decoded and checked.
//!
//! Errors are values with stable codes: [`QrError`]. Logs go to `tracing` and hold no payload.

mod answer;
#[cfg(feature = "uniffi")]
mod bindings;
mod client;
mod code;
mod config;
mod device_key;
mod error;
mod exchange;
mod file_device_key;
mod http;
mod models;
pub mod render;
mod retry;
mod signer;
mod transport;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

#[cfg(feature = "uniffi")]
pub use bindings::*;
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
pub use render::render;
pub use transport::{Transport, TransportRequest, TransportResponse};

/// The Rust blocks of the guide, compiled with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/rust.md")]
struct Guide;
