//! Make a code, find it again, throw it away; and draw one with no service at all.
//!
//! With `qrgen serve` in one terminal: `cargo run -p qrgen-sdk --example quickstart` in another.

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::env;
use std::error::Error;
use std::sync::Arc;

use futures_util::TryStreamExt;
use qrgen_sdk::{
    DeleteRequest, Detail, FileDeviceKey, GenerateRequest, QrClient, QrClientConfig, RenderRequest,
    RetrieveRequest,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let endpoint = env::args()
        .nth(1)
        .unwrap_or_else(|| "http://127.0.0.1:8787".to_owned());

    // Whoever has this file owns the codes. An app keeps it in the user's data directory.
    let key = FileDeviceKey::load_or_create("quickstart.key")?;
    let client = QrClient::new(QrClientConfig::new(endpoint), Arc::new(key))?;
    println!("device {}", client.device_id());

    let request = GenerateRequest {
        detail: Detail::High,
        replace: true,
        ..GenerateRequest::new("menu", "https://example.com/menu")
    };
    let made = client.generate(request).await?;
    println!(
        "{:?}: {}, {} bytes",
        made.status, made.image.filename, made.image.byte_size
    );

    let mut stored = client.retrieve_all(RetrieveRequest::default());
    while let Some(image) = stored.try_next().await? {
        println!("stored: {} since {}", image.filename, image.stored_at);
    }

    let deleted = client.delete(DeleteRequest::new("menu")).await?;
    println!("deleted: {deleted}");

    let drawn = qrgen_sdk::render(&RenderRequest::new("https://example.com/menu"))?;
    println!("drawn without a service: {} pixels wide", drawn.width_px);
    Ok(())
}
