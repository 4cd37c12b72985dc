//! The client against the real server, over HTTP on loopback.

#![expect(
    clippy::unwrap_used,
    reason = "a failed unwrap is a failed test with a line number"
)]

use std::collections::BTreeSet;
use std::future::pending;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use futures_util::TryStreamExt;
use futures_util::future::join_all;
use qrgen_sdk::{
    ContentKind, DeleteRequest, Detail, DetailOptions, FileDeviceKey, GenerateRequest,
    GenerateStatus, Level, QrClient, QrClientConfig, QrError, QrImage, RenderRequest,
    RetrieveRequest, render,
};
use qrgen_server::{Server, ServerConfig};

async fn serve(config: ServerConfig) -> String {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server = Server::bind(ServerConfig { listen, ..config })
        .await
        .unwrap();
    let url = server.url();
    tokio::spawn(server.run(pending()));
    url
}

fn device(endpoint: &str) -> QrClient {
    let key = Arc::new(FileDeviceKey::generate().unwrap());
    QrClient::new(QrClientConfig::new(endpoint), key).unwrap()
}

/// A server with an empty store in memory, and one device.
async fn new_client() -> QrClient {
    device(&serve(ServerConfig::default()).await)
}

async fn names(client: &QrClient, request: RetrieveRequest) -> Vec<String> {
    let images: Vec<QrImage> = client.retrieve_all(request).try_collect().await.unwrap();
    images.into_iter().map(|image| image.filename).collect()
}

#[tokio::test]
async fn a_code_is_made_found_replaced_and_thrown_away() {
    let client = new_client().await;
    let menu = GenerateRequest::new("menu", "https://example.com/menu");

    let created = client.generate(menu.clone()).await.unwrap();
    assert_eq!(created.status, GenerateStatus::Created);
    assert!(
        created.verified_by.len() >= 2,
        "the engine's reader and an independent decoder"
    );

    let unchanged = client.generate(menu.clone()).await.unwrap();
    assert_eq!(unchanged.status, GenerateStatus::Unchanged);
    assert_eq!(unchanged.image, created.image);

    let other = GenerateRequest {
        text: "another".to_owned(),
        ..menu
    };
    let taken = client.generate(other.clone()).await.unwrap_err();
    assert_eq!(taken.code(), "filename_taken");
    assert!(
        matches!(
            taken,
            QrError::Service {
                status: 409,
                request_id: Some(_),
                ..
            }
        ),
        "{taken:?}"
    );

    let replaced = client
        .generate(GenerateRequest {
            replace: true,
            ..other
        })
        .await
        .unwrap();
    assert_eq!(replaced.status, GenerateStatus::Replaced);

    let found = client
        .retrieve(RetrieveRequest::named("menu"))
        .await
        .unwrap();
    assert_eq!(found.images, [replaced.image]);
    assert_eq!(found.images[0].text.as_deref(), Some("another"));
    assert_eq!(found.next_token, None);

    assert!(client.delete(DeleteRequest::new("menu")).await.unwrap());
    assert!(!client.delete(DeleteRequest::new("menu")).await.unwrap());
    assert!(
        client
            .retrieve(RetrieveRequest::named("menu"))
            .await
            .unwrap()
            .images
            .is_empty()
    );
}

/// What a phone shows before there is a network is what the service then stores, byte for byte.
#[tokio::test]
async fn render_gives_the_bytes_that_the_service_stores() {
    let client = new_client().await;
    let texts = [
        "A",
        "https://example.com/menu",
        "0123456789",
        "Grüße, 世界 🌍",
        &"x".repeat(1_200),
    ];
    let custom = DetailOptions {
        error_correction: Level::L,
        boost: false,
        scale: 3,
        quiet_zone: 0,
        dark: "#1A237E".to_owned(),
        light: "#fffde7".to_owned(),
    };
    let details = [
        Detail::Low,
        Detail::Medium,
        Detail::High,
        Detail::Max,
        Detail::Custom { options: custom },
    ];
    for (number, text) in texts.iter().enumerate() {
        for (column, detail) in details.iter().enumerate() {
            let rendered = client
                .render(RenderRequest {
                    detail: detail.clone(),
                    ..RenderRequest::new(*text)
                })
                .unwrap();
            let request = GenerateRequest {
                detail: detail.clone(),
                ..GenerateRequest::new(format!("{number}-{column}"), *text)
            };
            let stored = client.generate(request).await.unwrap().image;
            assert_eq!(stored.png.as_ref(), Some(&rendered.png));
            assert_eq!(stored.width_px, Some(rendered.width_px));
            assert_eq!(stored.symbol, Some(rendered.symbol));
            assert_eq!(stored.text.as_deref(), Some(*text));
            let again = GenerateRequest {
                detail: Detail::Custom {
                    options: stored.detail.unwrap(),
                },
                ..GenerateRequest::new(stored.filename, *text)
            };
            let status = client.generate(again).await.unwrap().status;
            assert_eq!(
                status,
                GenerateStatus::Unchanged,
                "the stored detail gives the same bytes"
            );
        }
    }
}

#[tokio::test]
async fn the_stream_gives_every_code_once_and_in_order() {
    let client = new_client().await;
    let expected: BTreeSet<String> = (0..250).map(|number| format!("code-{number:03}")).collect();
    let made = expected
        .iter()
        .map(|name| client.generate(GenerateRequest::new(name, name)));
    for outcome in join_all(made).await {
        outcome.unwrap();
    }
    client
        .generate(GenerateRequest::new("other", "other"))
        .await
        .unwrap();

    for (content, limit) in [
        (ContentKind::Base64, 100),
        (ContentKind::Base64, 7),
        (ContentKind::None, 100),
    ] {
        let request = RetrieveRequest {
            content,
            limit: Some(limit),
            ..RetrieveRequest::with_prefix("code-")
        };
        assert!(
            names(&client, request).await.iter().eq(&expected),
            "{content:?} by {limit}"
        );
    }
    assert_eq!(names(&client, RetrieveRequest::default()).await.len(), 251);
}

#[tokio::test]
async fn a_listing_holds_names_sizes_and_times_and_no_image() {
    let client = new_client().await;
    let made = client
        .generate(GenerateRequest::new("menu", "text"))
        .await
        .unwrap()
        .image;
    let listing = RetrieveRequest {
        content: ContentKind::None,
        ..RetrieveRequest::default()
    };
    let listed = client.retrieve(listing).await.unwrap().images.remove(0);
    let bare = QrImage {
        png: None,
        sha256: None,
        width_px: None,
        text: None,
        symbol: None,
        detail: None,
        ..made
    };
    assert_eq!(listed, bare);
}

#[tokio::test]
async fn a_device_sees_its_own_codes_only() {
    let endpoint = serve(ServerConfig::default()).await;
    let (mine, theirs) = (device(&endpoint), device(&endpoint));
    mine.generate(GenerateRequest::new("menu", "mine"))
        .await
        .unwrap();
    theirs
        .generate(GenerateRequest::new("menu", "theirs"))
        .await
        .unwrap();
    assert!(mine.delete(DeleteRequest::new("menu")).await.unwrap());
    assert!(names(&mine, RetrieveRequest::default()).await.is_empty());
    assert_eq!(names(&theirs, RetrieveRequest::default()).await, ["menu"]);
}

#[tokio::test]
async fn a_proof_is_good_for_the_public_url_of_the_service_alone() {
    let config = ServerConfig {
        public_urls: vec!["https://qr.example.com".to_owned()],
        ..ServerConfig::default()
    };
    let client = device(&serve(config).await);
    let error = client.delete(DeleteRequest::new("menu")).await.unwrap_err();
    assert_eq!(error.code(), "proof_url_mismatch");
}

#[tokio::test]
async fn a_store_without_links_says_so() {
    let client = new_client().await;
    let request = RetrieveRequest {
        content: ContentKind::Url,
        ..RetrieveRequest::default()
    };
    assert_eq!(
        client.retrieve(request).await.unwrap_err().code(),
        "url_unsupported"
    );
}

/// A preview must not promise what the service then refuses.
#[tokio::test]
async fn render_refuses_what_the_service_refuses_with_the_same_code() {
    let client = new_client().await;
    let options = DetailOptions::default;
    let refused = [
        ("", options(), "text_empty"),
        (&*"x".repeat(7_090), options(), "text_too_long"),
        (&*"x".repeat(3_000), options(), "text_does_not_fit"),
        (
            "text",
            DetailOptions {
                scale: 0,
                ..options()
            },
            "scale_out_of_range",
        ),
        (
            "text",
            DetailOptions {
                scale: 65,
                ..options()
            },
            "scale_out_of_range",
        ),
        (
            "text",
            DetailOptions {
                quiet_zone: 17,
                ..options()
            },
            "quiet_zone_out_of_range",
        ),
        (
            "text",
            DetailOptions {
                quiet_zone: -1,
                ..options()
            },
            "quiet_zone_out_of_range",
        ),
        (
            "text",
            DetailOptions {
                dark: "black".to_owned(),
                ..options()
            },
            "color_invalid",
        ),
        (
            "text",
            DetailOptions {
                dark: "#bbbbbb".to_owned(),
                ..options()
            },
            "contrast_too_low",
        ),
        (
            "text",
            DetailOptions {
                dark: "#ffffff".to_owned(),
                light: "#000000".to_owned(),
                ..options()
            },
            "contrast_too_low",
        ),
        (
            &*"x".repeat(2_000),
            DetailOptions {
                scale: 64,
                ..options()
            },
            "image_too_wide",
        ),
    ];
    for (text, options, code) in refused {
        let detail = Detail::Custom { options };
        let drawn = render(&RenderRequest {
            detail: detail.clone(),
            ..RenderRequest::new(text)
        });
        assert_eq!(drawn.unwrap_err().code(), code);
        let request = GenerateRequest {
            detail,
            ..GenerateRequest::new("menu", text)
        };
        assert_eq!(client.generate(request).await.unwrap_err().code(), code);
    }
    assert!(
        names(&client, RetrieveRequest::default()).await.is_empty(),
        "nothing was stored"
    );
}
