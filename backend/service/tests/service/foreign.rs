//! What somebody else has put where the images are: another program, a person, a process that was
//! killed.

use std::time::{Duration, SystemTime};

use qrgen_contract::Code;
use serde_json::{Value, json};

use crate::house::{DEVICE, House, Kind, set_modified};

/// DESIGN 3: an object that the engine can't read is returned with what is known and `text: null`.
#[tokio::test]
async fn an_object_that_is_no_image_of_ours_is_told_as_far_as_it_is_known() {
    for house in House::each_with_files().await {
        let mut damaged = house.generate("damaged", "text").await.png();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x10;
        for (name, bytes) in [
            ("damaged", damaged.as_slice()),
            ("empty", b""),
            ("note", b"no image at all"),
            ("torn", &damaged[..middle]),
        ] {
            house.write(format!("{name}.png"), bytes);
            let one = house.get(name).await;
            let page = house
                .ask(json!({"type": "RETRIEVE", "deviceId": DEVICE, "prefix": name}))
                .await;
            for answer in [one, page] {
                let image = answer.image();
                assert_eq!(answer.png(), bytes, "{house:?} {name}");
                assert_eq!(image["byteSize"], bytes.len());
                assert_eq!(image.get("text"), Some(&Value::Null));
                assert!(image["sha256"].is_string() && image["storedAt"].is_string());
                for unknown in ["width", "symbol", "detail"] {
                    assert_eq!(image.get(unknown), None, "{house:?} {name} {unknown}");
                }
            }
        }
    }
}

/// A film called `holiday.png` must not fill the memory, nor a page.
#[tokio::test]
async fn an_object_too_large_for_a_page_is_listed_but_not_opened() {
    for house in House::each_with_files().await {
        house.write("holiday.png", &vec![0; 120_001]);
        house.generate("menu", "text").await;
        let page = house
            .ask(json!({"type": "RETRIEVE", "deviceId": DEVICE}))
            .await;
        assert_eq!(page.names(), ["holiday", "menu"], "{house:?}");
        let holiday = house.get("holiday").await;
        assert_eq!(page.images()[0], *holiday.image());
        assert_eq!(holiday.image()["byteSize"], 120_001);
        assert_eq!(holiday.image().get("text"), Some(&Value::Null));
        assert_eq!(holiday.image().get("base64"), None);
    }
}

#[tokio::test]
async fn a_foreign_object_holds_its_name_until_it_is_replaced_or_deleted() {
    for house in House::each_with_files().await {
        house.write("menu.png", b"no image at all");
        assert_eq!(
            house.generate("menu", "text").await.code,
            Some(Code::FilenameTaken)
        );
        let replace = json!({
            "type": "GENERATE", "deviceId": DEVICE, "filename": "menu", "text": "text", "replace": true,
        });
        assert_eq!(
            house.ask(replace).await.body["status"],
            "replaced",
            "{house:?}"
        );
        house.write("menu.png", b"no image at all");
        assert_eq!(
            house.delete("menu").await.body,
            json!({"deleted": true}),
            "{house:?}"
        );
    }
}

#[tokio::test]
async fn files_that_are_no_codes_are_not_of_the_library() {
    for house in House::each_with_files().await {
        house.generate("menu", "text").await;
        for file in [
            "notes.txt",
            "menu",
            ".png",
            ".hidden.png",
            "CON.png",
            "dot..png",
            "a{b}.png",
            "deeper/menu.png",
            "directory.png/menu.png",
        ] {
            house.write(file, b"something else");
        }
        for limit in [1, 2, 50] {
            let request = json!({
                "type": "RETRIEVE", "deviceId": DEVICE, "limit": limit, "content": "none",
            });
            let answer = house.ask(request).await;
            assert_eq!(answer.names(), ["menu"], "{house:?}");
        }
        if house.kind == Kind::Folder {
            assert_eq!(house.get("directory").await.names(), [""; 0]);
        }
    }
}

/// A link is followed to a file, and to nothing else.
#[cfg(unix)]
#[tokio::test]
async fn links_count_as_what_they_lead_to() {
    use std::os::unix::fs::symlink;

    let house = House::new(Kind::Folder).await;
    house.generate("menu", "text").await;
    let files = house.files(DEVICE);
    symlink(files.join("menu.png"), files.join("alias.png")).unwrap();
    symlink(&files, files.join("directory.png")).unwrap();
    symlink(files.join("nothing"), files.join("broken.png")).unwrap();
    assert_eq!(house.list(None).await.names(), ["alias", "menu"]);
    assert_eq!(house.get("alias").await.image()["text"], "text");
    for name in ["directory", "broken"] {
        assert_eq!(house.get(name).await.names(), [""; 0], "{name}");
    }
}

/// `object_store` writes `menu.png#1` and renames it. A process that is killed leaves it behind.
#[tokio::test]
async fn a_half_written_file_is_never_seen_and_swept_after_an_hour() {
    let house = House::new(Kind::Folder).await;
    house.generate("menu", "text").await;
    let files = house.files(DEVICE);
    for (file, age) in [
        ("menu.png#1", Duration::from_hours(2)),
        ("menu.png#2", Duration::from_mins(1)),
        ("other.png#17", Duration::from_hours(2)),
    ] {
        house.write(file, b"half");
        set_modified(&files.join(file), SystemTime::now() - age);
    }
    // Names that a code may have are nobody's rubbish, however old.
    set_modified(
        &files.join("menu.png"),
        SystemTime::now() - Duration::from_hours(2),
    );
    assert_eq!(house.list(None).await.names(), ["menu"]);
    assert!(!files.join("menu.png#1").exists());
    assert!(
        files.join("menu.png#2").exists(),
        "somebody may be at work on it"
    );
    assert!(!files.join("other.png#17").exists());

    // Neither is in the way of the next one.
    assert_eq!(
        house.generate("other", "text").await.body["status"],
        "created"
    );
    assert_eq!(
        house.generate("menu", "text").await.body["status"],
        "unchanged"
    );
    assert_eq!(house.list(None).await.names(), ["menu", "other"]);
}

/// The time is the store's: copying the folder with its times copies the library.
#[tokio::test]
async fn stored_at_is_the_time_of_the_file() {
    let house = House::new(Kind::Folder).await;
    house.generate("menu", "text").await;
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_768_469_400_123);
    set_modified(&house.files(DEVICE).join("menu.png"), time);
    for answer in [
        house.get("menu").await,
        house.list(None).await,
        house.generate("menu", "text").await,
    ] {
        assert_eq!(answer.image()["storedAt"], "2026-01-15T09:30:00.123Z");
    }
}
