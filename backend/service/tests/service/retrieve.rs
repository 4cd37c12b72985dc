//! RETRIEVE of one name, of a beginning of names, and the kinds of content.

use qrgen_contract::Code;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::house::{DEVICE, House, Kind, OTHER_DEVICE};
use crate::s3;

#[tokio::test]
async fn nothing_found_is_an_empty_page() {
    for house in House::each().await {
        for stored in [false, true] {
            if stored {
                house.generate("menu", "text").await;
            }
            for answer in [house.get("men").await, house.list(Some("menu card")).await] {
                assert_eq!(answer.status, 200, "{house:?}");
                assert_eq!(answer.body, json!({"images": [], "nextToken": null}));
            }
        }
        house.delete("menu").await;
        assert_eq!(
            house.list(None).await.body,
            json!({"images": [], "nextToken": null})
        );
    }
}

#[tokio::test]
async fn an_image_comes_with_its_digest_and_all_that_it_says() {
    for house in House::each().await {
        house.generate("menu", "https://example.com/menu").await;
        let answer = house.get("menu").await;
        let (image, png) = (answer.image(), answer.png());
        let sha256 = digest(&SHA256, &png);
        let sha256: Vec<String> = sha256
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(image["sha256"], sha256.concat(), "{house:?}");
        assert_eq!(image["byteSize"], png.len());
        let members: Vec<&String> = image.as_object().unwrap().keys().collect();
        assert_eq!(
            members,
            [
                "base64",
                "byteSize",
                "detail",
                "filename",
                "mediaType",
                "sha256",
                "storedAt",
                "symbol",
                "text",
                "width"
            ]
        );
    }
}

/// The cheap listing: name, type, size, time, and nothing for which an image must be opened.
#[tokio::test]
async fn content_none_opens_no_image() {
    for house in House::each().await {
        let generated = house.generate("menu", "text").await;
        let exact =
            json!({"type": "RETRIEVE", "deviceId": DEVICE, "filename": "menu", "content": "none"});
        for answer in [
            house.list(None).await,
            house.list(Some("me")).await,
            house.ask(exact).await,
        ] {
            let image = answer.image();
            let members: Vec<&String> = image.as_object().unwrap().keys().collect();
            assert_eq!(
                members,
                ["byteSize", "filename", "mediaType", "storedAt"],
                "{house:?}"
            );
            assert_eq!(image["byteSize"], generated.image()["byteSize"]);
        }
    }
}

#[tokio::test]
async fn content_url_is_for_stores_that_can_sign() {
    for house in House::each().await {
        house.generate("Käse & Brot", "text").await;
        for which in [
            json!({"filename": "Käse & Brot"}),
            json!({"prefix": "K"}),
            json!({}),
        ] {
            let mut request = json!({"type": "RETRIEVE", "deviceId": DEVICE, "content": "url"});
            request
                .as_object_mut()
                .unwrap()
                .extend(which.as_object().unwrap().clone());
            let answer = house.ask(request).await;
            if house.kind != Kind::S3 {
                assert_eq!(answer.code, Some(Code::UrlUnsupported), "{house:?}");
                assert_eq!(answer.body["field"], "content");
                continue;
            }
            let image = answer.image();
            assert_eq!(image.get("base64"), None);
            assert_eq!(image["text"], "text");
            let url = image["url"].as_str().unwrap();
            assert!(
                url.contains("X-Amz-Expires=900") && url.contains("X-Amz-Signature="),
                "{url}"
            );
        }
    }
}

/// Whoever has the URL gets the very bytes, with their type, and no proof.
#[tokio::test]
async fn a_signed_url_gives_the_image_to_whoever_has_it() {
    let house = House::new(Kind::S3).await;
    let png = house.generate("menu", "text").await.png();
    let request =
        json!({"type": "RETRIEVE", "deviceId": DEVICE, "filename": "menu", "content": "url"});
    let answer = house.ask(request).await;
    let url = answer.image()["url"].as_str().unwrap();
    let (head, body) = s3::fetch(url).await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(
        head.to_ascii_lowercase()
            .contains("content-type: image/png"),
        "{head}"
    );
    assert_eq!(body, png);
    let (head, _) = s3::fetch(&url.replace("menu.png", "other.png")).await;
    assert!(head.starts_with("HTTP/1.1 403"), "{head}");
}

/// Names with blanks, beyond ASCII, that begin with one another, and prefixes that end anywhere.
#[tokio::test]
async fn a_prefix_is_of_the_name_and_not_of_its_key() {
    let names = [
        "menu",
        "menu 2",
        "menu-2",
        "menu.p",
        "menu.pn",
        "menu2",
        "Menu",
        "men",
        "mené",
        "men\u{fc}",
        "日本",
        "日曜",
        "+1 (555)",
        "a,b;c=d@e!",
        "image",
    ];
    for house in House::each().await {
        for name in names {
            assert_eq!(
                house.generate(name, "text").await.status,
                200,
                "{house:?} {name}"
            );
            assert_eq!(house.get(name).await.names(), [name], "{house:?}");
        }
        for prefix in [
            "m",
            "me",
            "men",
            "menu",
            "menu ",
            "menu.",
            "menu.p",
            "menu.pn",
            "menu.png",
            "menu2",
            "menux",
            "M",
            "men\u{fc}",
            "日",
            "日本",
            "+",
            "+1 (",
            "a,b;c=d@e!",
            "i",
            "images",
        ] {
            let mut expected: Vec<&str> = names
                .into_iter()
                .filter(|name| name.starts_with(prefix))
                .collect();
            expected.sort_by_key(|name| format!("{name}.png"));
            assert_eq!(
                house.list(Some(prefix)).await.names(),
                expected,
                "{house:?} {prefix}"
            );
        }
    }
}

#[tokio::test]
async fn a_device_sees_its_own_codes_only() {
    for house in House::each().await {
        house.generate("menu", "mine").await;
        let other = |mut request: Value| {
            request["deviceId"] = json!(OTHER_DEVICE);
            house.ask(request)
        };
        let theirs = json!({"type": "GENERATE", "filename": "menu", "text": "theirs"});
        assert_eq!(other(theirs).await.body["status"], "created", "{house:?}");
        assert_eq!(house.get("menu").await.image()["text"], "mine");
        let answer = other(json!({"type": "RETRIEVE", "prefix": "m"})).await;
        assert_eq!(answer.image()["text"], "theirs");
        let deleted = other(json!({"type": "DELETE", "filename": "menu"})).await;
        assert_eq!(deleted.body, json!({"deleted": true}));
        assert_eq!(house.get("menu").await.image()["text"], "mine", "{house:?}");
    }
}
