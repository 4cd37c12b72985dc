//! Answers that cannot be used, and answers that say more than this library knows.

use qrgen_contract::Image;
use qrgen_sdk::{GenerateRequest, QrError, QrImage, RetrieveRequest};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::support::{
    client, generated, image, no_pauses, ok, page, requests, server_that_answers,
};

async fn outcome_of(answer: ResponseTemplate) -> Result<Vec<QrImage>, QrError> {
    let server = server_that_answers(answer).await;
    let page = client(no_pauses(server.uri()))
        .retrieve(RetrieveRequest::default())
        .await;
    assert_eq!(
        requests(&server).await.len(),
        1,
        "a bad answer is not asked for again"
    );
    page.map(|page| page.images)
}

async fn protocol_error_of(answer: ResponseTemplate) -> String {
    match outcome_of(answer).await {
        Err(QrError::Protocol { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

fn page_of(image: Image) -> ResponseTemplate {
    let mut page = page(&[], None);
    page.images.push(image);
    ok(&page)
}

#[tokio::test]
async fn an_image_is_decoded() {
    let images = outcome_of(ok(&page(&["menu"], None))).await.unwrap();
    let png = images[0].png.as_deref().unwrap();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(i64::try_from(png.len()), Ok(images[0].byte_size));
}

#[tokio::test]
async fn an_image_that_is_not_what_the_answer_says_is_no_image() {
    let good = image("menu", "text");
    let base64 = good.base64.clone().unwrap();
    let cases = [
        (
            "base64",
            Image {
                base64: Some(format!("!{base64}")),
                ..good.clone()
            },
        ),
        (
            "base64",
            Image {
                base64: Some(base64[..base64.len() - 1].to_owned()),
                ..good.clone()
            },
        ),
        (
            "size",
            Image {
                byte_size: good.byte_size + 1,
                ..good.clone()
            },
        ),
        (
            "size",
            Image {
                base64: Some(String::new()),
                ..good.clone()
            },
        ),
        (
            "SHA-256",
            Image {
                sha256: None,
                ..good.clone()
            },
        ),
        (
            "SHA-256",
            Image {
                sha256: image("menu", "other").sha256,
                ..good.clone()
            },
        ),
        (
            "SHA-256",
            Image {
                sha256: good.sha256.as_ref().map(|hex| hex.to_uppercase()),
                ..good
            },
        ),
    ];
    for (what, image) in cases {
        let reason = protocol_error_of(page_of(image)).await;
        assert!(reason.contains(what) && reason.contains("menu"), "{reason}");
    }
}

#[tokio::test]
async fn the_image_of_a_generate_is_checked_too() {
    let mut answer = generated("menu", "text");
    answer.image.sha256 = image("menu", "other").sha256;
    let server = server_that_answers(ok(&answer)).await;
    let request = GenerateRequest::new("menu", "text");
    let error = client(no_pauses(server.uri()))
        .generate(request)
        .await
        .unwrap_err();
    assert_eq!(error.code(), "protocol");
}

/// Parsers like to quote what they did not expect; the answer may hold the text of a code.
#[tokio::test]
async fn an_answer_of_the_wrong_shape_is_located_and_not_quoted() {
    let cases = [
        ("planted-secret", "line 1"),
        (r#"{"images": "planted-secret"}"#, "images"),
        (
            r#"{"images": [{"filename": "a", "mediaType": {"planted-secret": 1}}]}"#,
            "images[0].mediaType",
        ),
        (r#"["planted-secret"]"#, "line 1"),
        ("", "line 1"),
    ];
    for (body, place) in cases {
        let reason = protocol_error_of(ResponseTemplate::new(200).set_body_string(body)).await;
        assert!(reason.contains(place), "{reason}");
        assert!(!reason.contains("planted-secret"), "{reason}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let answer = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 2_000_000]);
    let reason = protocol_error_of(answer).await;
    assert!(reason.contains("longer than 1048576 bytes"), "{reason}");
}

#[tokio::test]
async fn members_that_this_version_does_not_know_are_passed_over() {
    let mut answer = serde_json::to_value(page(&["menu"], None)).unwrap();
    answer["trend"] = json!("up");
    answer["images"][0]["scans"] = json!(7);
    let images = outcome_of(ResponseTemplate::new(200).set_body_json(answer))
        .await
        .unwrap();
    assert_eq!(images[0].filename, "menu");
}

/// Content `none` brings no image, content `url` a link; what the engine could not read has no text.
#[tokio::test]
async fn what_an_answer_leaves_out_is_none() {
    let bare = json!({"images": [{
        "filename": "menu", "mediaType": "image/png", "byteSize": 180,
        "storedAt": "2026-03-01T12:00:00.000Z", "url": "https://store.example/x", "text": null,
    }], "nextToken": null});
    let images = outcome_of(ResponseTemplate::new(200).set_body_json(bare))
        .await
        .unwrap();
    assert_eq!(
        images[0],
        QrImage {
            filename: "menu".to_owned(),
            media_type: "image/png".to_owned(),
            png: None,
            url: Some("https://store.example/x".to_owned()),
            byte_size: 180,
            sha256: None,
            width_px: None,
            stored_at: "2026-03-01T12:00:00.000Z".to_owned(),
            text: None,
            symbol: None,
            detail: None,
        }
    );
}
