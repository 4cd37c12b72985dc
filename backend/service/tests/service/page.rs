//! Pages: every code once, in order, within their size, and tokens that only go on.

use futures_util::future::{join, join_all};
use qrgen_contract::{Code, limits};
use serde_json::{Value, json};

use crate::house::{DEVICE, House, Kind, OTHER_DEVICE};

/// How many codes are stored at once: the store has 3 s for each, and one thread is all that draws
/// them, serves S3 and waits.
const AT_ONCE: usize = 8;

/// Fills a library.
async fn fill(house: &House, count: usize) -> Vec<String> {
    let mut names: Vec<String> = (0..count)
        .map(|number| format!("{}{number:03}", ["code ", "Käse-", "日本"][number % 3]))
        .collect();
    for names in names.chunks(AT_ONCE) {
        let calls = names.iter().map(|name| house.generate(name, name));
        for answer in join_all(calls).await {
            assert_eq!(answer.status, 200, "{answer:?}");
        }
    }
    names.sort_by_key(|name| format!("{name}.png"));
    names
}

/// Follows the tokens from the first page to the last.
async fn walk(house: &House, request: Value) -> Vec<Value> {
    let mut images = Vec::new();
    let mut request = request;
    loop {
        let answer = house.ask(request.clone()).await;
        assert_eq!(answer.status, 200, "{house:?}: {answer:?}");
        assert!(answer.size <= limits::PAGE_BYTES, "{} bytes", answer.size);
        assert!(answer.images().len() as u64 <= request["limit"].as_u64().unwrap_or(50));
        images.extend(answer.images().iter().cloned());
        request["nextToken"] = answer.body["nextToken"].clone();
        if request["nextToken"].is_null() {
            return images;
        }
    }
}

fn names(images: &[Value]) -> Vec<&str> {
    images
        .iter()
        .map(|image| image["filename"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn every_code_is_on_one_page_in_the_order_of_its_key() {
    for house in House::each().await {
        let stored = fill(&house, 250).await;
        for content in ["base64", "url", "none"] {
            if content == "url" && house.kind != Kind::S3 {
                continue;
            }
            for limit in [json!(null), json!(1), json!(7), json!(100)] {
                if limit == 1 && content != "none" {
                    continue;
                }
                let request = json!({
                    "type": "RETRIEVE", "deviceId": DEVICE, "content": content, "limit": limit,
                });
                let images = walk(&house, request).await;
                assert_eq!(names(&images), stored, "{house:?} {content} {limit}");
                if content != "none" {
                    assert!(
                        images
                            .iter()
                            .all(|image| image["text"] == image["filename"])
                    );
                }
            }
        }
        let request = json!({
            "type": "RETRIEVE", "deviceId": DEVICE, "prefix": "Käse-", "limit": 10, "content": "none",
        });
        let with_prefix: Vec<&String> = stored
            .iter()
            .filter(|name| name.starts_with("Käse-"))
            .collect();
        assert_eq!(
            names(&walk(&house, request).await),
            with_prefix,
            "{house:?}"
        );
    }
}

/// A page that ends exactly with the library says so: nobody is sent for an empty one.
#[tokio::test]
async fn the_last_page_has_no_token() {
    for house in House::each().await {
        fill(&house, 10).await;
        for (limit, pages) in [(10, 1), (5, 2), (9, 2), (11, 1)] {
            let mut request = json!({
                "type": "RETRIEVE", "deviceId": DEVICE, "content": "none", "limit": limit,
            });
            for page in 1..=pages {
                let answer = house.ask(request.clone()).await;
                assert!(!answer.images().is_empty());
                assert_eq!(
                    answer.body["nextToken"].is_null(),
                    page == pages,
                    "{house:?} {limit}"
                );
                request["nextToken"] = answer.body["nextToken"].clone();
            }
        }
    }
}

/// A Step Functions state carries 262,144 bytes: a page stops before, however many it may hold.
#[tokio::test]
async fn a_page_ends_before_it_grows_too_large() {
    for house in House::each().await {
        for number in 0..30 {
            let answer = house
                .ask(json!({
                    "type": "GENERATE", "deviceId": DEVICE, "filename": format!("large {number:02}"),
                    "text": format!("{number:02}").repeat(1_000),
                    "detail": {"errorCorrection": "L", "scale": 20},
                }))
                .await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
        let request = json!({"type": "RETRIEVE", "deviceId": DEVICE, "limit": 100});
        let first = house.ask(request.clone()).await;
        assert!(first.size > limits::PAGE_BYTES / 2, "{} bytes", first.size);
        assert!(!first.body["nextToken"].is_null());
        let images = walk(&house, request).await;
        let all: Vec<String> = (0..30).map(|number| format!("large {number:02}")).collect();
        assert_eq!(names(&images), all, "{house:?}");
    }
}

/// The cheap listing keeps to the size too: 1,000 long names are more than a page.
#[tokio::test]
async fn a_listing_of_long_names_ends_before_it_grows_too_large() {
    let house = House::new(Kind::Folder).await;
    let name = |number: usize| format!("{number:04}{}", "é".repeat(98));
    for number in 0..1_000 {
        house.write(format!("{}.png", name(number)), b"not opened");
    }
    let request = json!({"type": "RETRIEVE", "deviceId": DEVICE, "content": "none", "limit": 1000});
    let images = walk(&house, request).await;
    assert_eq!(names(&images), (0..1_000).map(name).collect::<Vec<_>>());
}

#[tokio::test]
async fn codes_added_and_removed_meanwhile_move_no_other() {
    for house in House::each().await {
        for name in ["b", "d", "f", "h"] {
            house.generate(name, "text").await;
        }
        let mut request =
            json!({"type": "RETRIEVE", "deviceId": DEVICE, "limit": 2, "content": "none"});
        let first = house.ask(request.clone()).await;
        assert_eq!(first.names(), ["b", "d"], "{house:?}");
        house.generate("a", "before").await;
        house.generate("e", "after").await;
        house.delete("d").await;
        request["nextToken"] = first.body["nextToken"].clone();
        request["limit"] = json!(50);
        assert_eq!(
            house.ask(request).await.names(),
            ["e", "f", "h"],
            "{house:?}"
        );
    }
}

#[tokio::test]
async fn a_token_is_for_its_own_listing() {
    for house in House::each().await {
        fill(&house, 9).await;
        let base = json!({
            "type": "RETRIEVE", "deviceId": DEVICE, "prefix": "code ", "limit": 1, "content": "none",
        });
        let token = house.ask(base.clone()).await.body["nextToken"].clone();
        assert!(token.is_string());
        let with = |member: &str, value: Value| {
            let mut request = base.clone();
            request["nextToken"] = token.clone();
            request[member] = value;
            house.ask(request)
        };
        assert_eq!(
            with("limit", json!(3)).await.names(),
            ["code 003", "code 006"],
            "{house:?}"
        );
        for (member, value, code) in [
            ("deviceId", json!(OTHER_DEVICE), Code::NextTokenForeign),
            ("prefix", json!(null), Code::NextTokenForeign),
            ("prefix", json!("code"), Code::NextTokenForeign),
            ("content", json!("base64"), Code::NextTokenForeign),
            ("nextToken", json!("bWVudQ"), Code::NextTokenMalformed),
            ("nextToken", json!(""), Code::NextTokenMalformed),
            ("nextToken", json!("not base64!"), Code::NextTokenMalformed),
        ] {
            let answer = with(member, value.clone()).await;
            assert_eq!(answer.code, Some(code), "{house:?} {member} {value}");
            assert_eq!(answer.body["field"], "nextToken");
        }
        let exact = json!({
            "type": "RETRIEVE", "deviceId": DEVICE, "filename": "code 000", "nextToken": token,
        });
        assert_eq!(
            house.ask(exact).await.code,
            Some(Code::NextTokenForeign),
            "{house:?}"
        );
    }
}

/// A page is made of a listing, and what it lists may be gone before it is opened.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn codes_deleted_while_a_page_is_made_are_passed_over() {
    for house in House::each().await {
        let stored = fill(&house, 60).await;
        let request = json!({"type": "RETRIEVE", "deviceId": DEVICE, "limit": 100});
        let removals = async {
            for names in stored.chunks(AT_ONCE) {
                for answer in join_all(names.iter().map(|name| house.delete(name))).await {
                    assert_eq!(answer.body["deleted"], true, "{house:?}: {answer:?}");
                }
            }
        };
        let pages = (0..AT_ONCE).map(|_| house.ask(request.clone()));
        let ((), pages) = join(removals, join_all(pages)).await;
        for page in pages {
            assert_eq!(page.status, 200, "{house:?}: {page:?}");
            assert!(page.names().iter().all(|name| stored.contains(name)));
        }
        assert_eq!(house.names().await, [""; 0], "{house:?}");
    }
}
