//! The client library against the endpoint.

use std::sync::Arc;

use futures_util::TryStreamExt as _;
use qrgen_sdk::{
    DeleteRequest, FileDeviceKey, GenerateRequest, QrClient, QrClientConfig, RenderRequest,
    RetrieveRequest,
};

use super::Endpoint;
use crate::stack::Stack;
use crate::support::Home;

#[tokio::test]
async fn a_client_makes_finds_and_deletes_and_gets_the_bytes_that_it_would_draw_itself() {
    let stack = Stack::shared();
    let endpoint = Endpoint::open(&stack);
    let home = Home::new();
    let key = FileDeviceKey::load_or_create(home.path("key")).unwrap();
    let config = QrClientConfig::new(endpoint.url());
    let client = QrClient::new(config, Arc::new(key)).unwrap();

    let text = "https://example.com/menu";
    let made = client
        .generate(GenerateRequest::new("menu", text))
        .await
        .unwrap();
    let drawn = qrgen_sdk::render(&RenderRequest::new(text)).unwrap();
    assert_eq!(made.image.png, Some(drawn.png));

    let found: Vec<_> = client
        .retrieve_all(RetrieveRequest::default())
        .try_collect()
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text.as_deref(), Some(text));

    let other = client.generate(GenerateRequest::new("menu", "other")).await;
    assert_eq!(other.unwrap_err().code(), "filename_taken");
    assert!(client.delete(DeleteRequest::new("menu")).await.unwrap());
    assert!(!client.delete(DeleteRequest::new("menu")).await.unwrap());
}
