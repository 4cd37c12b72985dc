//! GENERATE: what is stored, when it is not, and what the answer says.

use qrgen_contract::{Code, GenerateAnswer, limits};
use serde_json::{Value, json};

use crate::house::{Answer, DEVICE, House, Kind};

async fn generate_with(house: &House, text: &str, detail: Value, replace: bool) -> Answer {
    house
        .ask(json!({
            "type": "GENERATE", "deviceId": DEVICE, "filename": "menu", "text": text,
            "detail": detail, "replace": replace,
        }))
        .await
}

#[tokio::test]
async fn a_new_name_is_created_and_read_back_by_two_decoders() {
    for house in House::each().await {
        let answer = house.generate("menu", "https://example.com/menu").await;
        assert_eq!(answer.body["status"], "created", "{house:?}");
        assert_eq!(answer.body["verifiedBy"], json!(["qrgen", "rxing"]));
        let typed: GenerateAnswer = serde_json::from_value(answer.body.clone()).unwrap();
        assert_eq!(typed.image.byte_size, answer.png().len() as u64);
        let image = answer.image();
        assert_eq!(image["filename"], "menu");
        assert_eq!(image["mediaType"], "image/png");
        assert_eq!(image["text"], "https://example.com/menu");
        assert_eq!(image["symbol"]["version"], 2);
        assert_eq!(image["width"], (25 + 8) * 8);
        assert_eq!(house.names().await, ["menu"]);
    }
}

/// The contract's example is what happens, to the byte of the image; only the time is another.
#[tokio::test]
async fn the_example_of_the_contract_is_answered_as_it_says() {
    let request = include_bytes!("../../../../contract/fixtures/generate.request.json");
    let example = include_str!("../../../../contract/fixtures/generate.answer.json").trim_end();
    for house in House::each().await {
        let answer = house.ask_bytes(request.trim_ascii_end()).await;
        let mut expected: Value = serde_json::from_str(example).unwrap();
        expected["image"]["storedAt"] = answer.image()["storedAt"].clone();
        assert_eq!(answer.body, expected, "{house:?}");
        assert_eq!(answer.size, example.len());
    }
}

/// Retries are safe: DESIGN 3, "the same text and detail give the same PNG bytes".
#[tokio::test]
async fn the_same_again_is_unchanged() {
    for house in House::each().await {
        let first = house.generate("menu", "text").await;
        for replace in [false, true] {
            let again = generate_with(&house, "text", json!("medium"), replace).await;
            assert_eq!(again.body["status"], "unchanged", "{house:?}");
            assert_eq!(again.png(), first.png());
            assert_eq!(again.image()["symbol"], first.image()["symbol"]);
        }
    }
}

#[tokio::test]
async fn another_content_under_a_taken_name_is_refused_and_nothing_changes() {
    for house in House::each().await {
        let first = house.generate("menu", "one").await;
        for other in [
            house.generate("menu", "two").await,
            generate_with(&house, "one", json!("high"), false).await,
        ] {
            assert_eq!(other.code, Some(Code::FilenameTaken), "{house:?}");
            assert_eq!(other.body["field"], "filename");
        }
        assert_eq!(house.get("menu").await.png(), first.png());
    }
}

#[tokio::test]
async fn replace_is_a_matter_of_asking() {
    for house in House::each().await {
        let created = generate_with(&house, "one", json!("medium"), true).await;
        assert_eq!(created.body["status"], "created", "{house:?}");
        let replaced = generate_with(&house, "two", json!("medium"), true).await;
        assert_eq!(replaced.body["status"], "replaced", "{house:?}");
        assert_eq!(house.get("menu").await.image()["text"], "two");
        assert_eq!(house.names().await, ["menu"]);
    }
}

/// The name goes to one of them, whole. (`s3s-fs` looks before it writes, so it can't show this.)
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_writers_at_once_one_wins() {
    for house in [
        House::new(Kind::Memory).await,
        House::new(Kind::Folder).await,
    ] {
        for round in 0..20 {
            let name = format!("menu {round}");
            let texts: Vec<String> = (0..8).map(|writer| format!("writer {writer}")).collect();
            let writers = texts.iter().map(|text| house.generate(&name, text));
            let answers = futures_util::future::join_all(writers).await;
            let winners: Vec<&Answer> = answers
                .iter()
                .filter(|answer| answer.code.is_none())
                .collect();
            assert_eq!(winners.len(), 1, "{house:?}: {answers:?}");
            for loser in answers.iter().filter(|answer| answer.code.is_some()) {
                assert_eq!(loser.code, Some(Code::FilenameTaken));
            }
            assert_eq!(house.get(&name).await.png(), winners[0].png());
        }
    }
}

/// Nobody else may claim the same code, but two calls of one device may make the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_of_the_same_at_once_all_succeed() {
    for house in [
        House::new(Kind::Memory).await,
        House::new(Kind::Folder).await,
    ] {
        let writers = (0..8).map(|_| house.generate("menu", "text"));
        let answers = futures_util::future::join_all(writers).await;
        let created = answers
            .iter()
            .filter(|answer| answer.body["status"] == "created")
            .count();
        let unchanged = answers
            .iter()
            .filter(|answer| answer.body["status"] == "unchanged")
            .count();
        assert_eq!((created, unchanged), (1, 7), "{house:?}: {answers:?}");
    }
}

#[tokio::test]
async fn presets_stand_for_level_and_scale() {
    let house = House::new(Kind::Memory).await;
    for (preset, levels, scale) in [
        ("low", "LMQH", 4),
        ("medium", "MQH", 8),
        ("high", "QH", 12),
        ("max", "H", 16),
    ] {
        // Of so many lengths, some leave no room to raise the level.
        let mut seen = String::new();
        for length in 1..60 {
            let answer = generate_with(&house, &"x".repeat(length), json!(preset), true).await;
            let detail = &answer.image()["detail"];
            seen.push_str(detail["errorCorrection"].as_str().unwrap());
            assert_eq!(detail["scale"], scale, "{preset}");
            assert_eq!(detail["quietZone"], 4);
            assert_eq!(detail["dark"], "#000000");
            assert_eq!(detail["light"], "#ffffff");
        }
        assert!(
            seen.chars().all(|level| levels.contains(level)),
            "{preset}: {seen}"
        );
        assert!(seen.contains(&levels[..1]), "{preset}: {seen}");
    }
}

/// The answer's detail is a recipe: sent back it makes the same bytes.
#[tokio::test]
async fn the_resolved_detail_makes_the_same_image_again() {
    let house = House::new(Kind::Memory).await;
    for text in [
        "7",
        "HELLO WORLD",
        "https://example.com/menu",
        "héllo 日本 🎉",
        &"z".repeat(1_000),
    ] {
        for detail in [
            json!("low"),
            json!("max"),
            json!({"errorCorrection": "L", "scale": 3, "quietZone": 0, "dark": "#102030", "light": "#FfFf00"}),
            json!({"errorCorrection": "Q", "boost": false}),
        ] {
            let first = generate_with(&house, text, detail, true).await;
            let resolved = first.image()["detail"].clone();
            assert_eq!(resolved["boost"], false);
            let again = generate_with(&house, text, resolved, false).await;
            assert_eq!(again.body["status"], "unchanged", "{text}");
        }
    }
}

/// What a decoder might read as something else is stored as it was sent.
#[tokio::test]
async fn every_text_comes_back_as_it_was_sent() {
    let house = House::new(Kind::Memory).await;
    for (number, text) in [
        "\0",
        " ",
        "\u{feff}starts with a byte order mark",
        "line\r\nbreak\ttab",
        "\u{1b}$B escape sequence of ISO-2022-JP",
        "%1 100%% FNC1?",
        "]C1 ]Q3",
        "\\000026",
        "ﾊﾝｶｸ 日本語 点茗",
        "é e\u{301} ß ﬁ",
        "👩‍👩‍👧‍👦 🏳️‍🌈",
        "\u{202e}right to left\u{2066}",
        "\u{fffd}\u{ffff}\u{10ffff}",
        "WIFI:T:WPA;S:\"a;b\\\\c\";P:p;;",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("text {number}");
        let answer = house.generate(&name, text).await;
        assert_eq!(answer.status, 200, "{text:?}: {answer:?}");
        assert_eq!(house.get(&name).await.image()["text"], text, "{text:?}");
    }
}

/// The largest of everything: nothing that is accepted can't be fetched again.
#[tokio::test]
async fn the_largest_images_are_stored_and_fetched() {
    for house in House::each().await {
        for (number, (text, level, scale)) in [
            ("7".repeat(7_089), "L", 22),
            ("x".repeat(2_953), "L", 22),
            ("\u{1}".repeat(2_600), "L", 22),
            ("é日".repeat(254), "H", 22),
            ("7".into(), "L", 64),
        ]
        .into_iter()
        .enumerate()
        {
            let name = format!("large {number}");
            let answer = house
                .ask(json!({
                    "type": "GENERATE", "deviceId": DEVICE, "filename": name, "text": text,
                    "detail": {"errorCorrection": level, "scale": scale},
                }))
                .await;
            assert_eq!(answer.status, 200, "{house:?} {name}: {:?}", answer.code);
            assert!(
                answer.size <= limits::PAGE_BYTES,
                "{name}: {} bytes",
                answer.size
            );
            let fetched = house.get(&name).await;
            assert_eq!(fetched.png(), answer.png());
            assert_eq!(fetched.image()["text"], text);
        }
    }
}

#[tokio::test]
async fn what_can_not_be_drawn_is_refused_and_leaves_no_trace() {
    for house in House::each().await {
        for (text, detail, code, field) in [
            (
                "x".repeat(2_954),
                json!("low"),
                Code::TextDoesNotFit,
                "text",
            ),
            (
                "7".repeat(3_058),
                json!("max"),
                Code::TextDoesNotFit,
                "text",
            ),
            (
                "x".into(),
                json!({"dark": "#959595"}),
                Code::ContrastTooLow,
                "detail.dark",
            ),
            (
                "x".into(),
                json!({"dark": "#ffffff", "light": "#000000"}),
                Code::ContrastTooLow,
                "detail.dark",
            ),
            (
                "x".repeat(2_953),
                json!({"errorCorrection": "L", "scale": 23}),
                Code::ImageTooWide,
                "detail.scale",
            ),
        ] {
            let answer = generate_with(&house, &text, detail.clone(), true).await;
            assert_eq!(answer.code, Some(code), "{house:?} {detail}");
            assert_eq!(answer.body["field"], field);
            assert_eq!(house.names().await, [""; 0], "{house:?} {detail}");
        }
    }
}

#[tokio::test]
async fn a_limit_is_named_with_the_value_that_passed_it() {
    let house = House::new(Kind::Memory).await;
    // Version 40-L holds 23,648 bits (ISO/IEC 18004, table 7); a byte segment has a header of 4 + 16.
    let too_long = generate_with(&house, &"x".repeat(2_954), json!("low"), false).await;
    assert_eq!(too_long.body["limit"], 23_648);
    assert_eq!(too_long.body["actual"], 4 + 16 + 8 * 2_954);
    let detail = json!({"errorCorrection": "L", "scale": 23});
    let too_wide = generate_with(&house, &"x".repeat(2_953), detail, false).await;
    assert_eq!(too_wide.body["limit"], 4_096);
    assert_eq!(too_wide.body["actual"], (177 + 8) * 23);
}

/// GENERATE and RETRIEVE agree on everything, and on the time where the store's own is free.
#[tokio::test]
async fn retrieve_says_what_generate_said() {
    for house in House::each().await {
        let generated = house.generate("menu", "text").await;
        let mut fetched = house.get("menu").await.image().clone();
        let mut image = generated.image().clone();
        if house.kind == Kind::S3 {
            fetched["storedAt"].take();
            image["storedAt"].take();
        }
        assert_eq!(fetched, image, "{house:?}");
    }
}
