//! The stream over all pages.

use futures_util::{StreamExt, TryStreamExt};
use qrgen_contract::Code;
use qrgen_sdk::{QrError, QrImage, RetrieveRequest};
use serde_json::Value;

use crate::support::{
    client, empty_page, no_pauses, ok, page, refused, requests, server_that_answers,
    server_with_script,
};

fn names(images: &[QrImage]) -> Vec<&str> {
    images.iter().map(|image| image.filename.as_str()).collect()
}

#[tokio::test]
async fn all_pages_come_in_order_and_keep_the_request() {
    let server = server_with_script([
        ok(&page(&["a", "b"], Some("after-b"))),
        ok(&page(&[], Some("after-nothing"))),
        ok(&page(&["c"], None)),
    ])
    .await;
    let request = RetrieveRequest {
        limit: Some(2),
        ..RetrieveRequest::with_prefix("menu")
    };
    let client = client(no_pauses(server.uri()));
    let images: Vec<QrImage> = client.retrieve_all(request).try_collect().await.unwrap();
    assert_eq!(names(&images), ["a", "b", "c"]);
    let sent: Vec<Value> = requests(&server)
        .await
        .iter()
        .map(|r| r.body_json().unwrap())
        .collect();
    let tokens: Vec<_> = sent.iter().map(|body| body["nextToken"].as_str()).collect();
    assert_eq!(tokens, [None, Some("after-b"), Some("after-nothing")]);
    assert!(
        sent.iter()
            .all(|body| body["prefix"] == "menu" && body["limit"] == 2)
    );
}

#[tokio::test]
async fn an_empty_library_is_an_empty_stream() {
    let server = server_with_script([ok(&empty_page())]).await;
    let client = client(no_pauses(server.uri()));
    assert!(
        client
            .retrieve_all(RetrieveRequest::default())
            .next()
            .await
            .is_none()
    );
}

#[tokio::test]
async fn pages_are_fetched_as_they_are_read() {
    let server = server_with_script([ok(&page(&["a", "b"], Some("after-b")))]).await;
    let client = client(no_pauses(server.uri()));
    let mut images = client.retrieve_all(RetrieveRequest::default());
    assert_eq!(requests(&server).await.len(), 0);
    images.next().await.unwrap().unwrap();
    images.next().await.unwrap().unwrap();
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let server =
        server_with_script([ok(&page(&["a"], Some("after-a"))), refused(Code::Internal)]).await;
    let client = client(no_pauses(server.uri()));
    let mut images = client.retrieve_all(RetrieveRequest::default());
    assert_eq!(images.next().await.unwrap().unwrap().filename, "a");
    assert_eq!(images.next().await.unwrap().unwrap_err().code(), "internal");
    assert!(images.next().await.is_none());
    assert!(images.next().await.is_none());
}

#[tokio::test]
async fn a_token_that_leads_nowhere_is_an_error_and_not_a_loop() {
    let server = server_that_answers(ok(&page(&["a"], Some("again")))).await;
    let client = client(no_pauses(server.uri()));
    let outcome: Result<Vec<_>, _> = client
        .retrieve_all(RetrieveRequest::default())
        .try_collect()
        .await;
    assert!(
        matches!(outcome, Err(QrError::Protocol { .. })),
        "{outcome:?}"
    );
    assert_eq!(requests(&server).await.len(), 2);
}
