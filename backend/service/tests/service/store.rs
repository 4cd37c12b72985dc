//! Stores: how they are opened, and what happens when they fail.

use std::net::{Ipv4Addr, TcpListener};

use qrgen_contract::Code;
use qrgen_service::{Access, Call, Config, Service, Store, StoreError};
use serde_json::json;

use crate::house::{Answer, DEVICE, House, Kind};
use crate::s3;

async fn ask(store: Store, request: serde_json::Value) -> Answer {
    let body = request.to_string();
    let service = Service::new(store, Config::new(Access::Open));
    Answer::of(
        service
            .call(Call {
                method: "POST",
                content_type: Some("application/json"),
                proofs: &[],
                body: body.as_bytes(),
                request_id: "test",
                only: None,
            })
            .await,
    )
}

/// One request of each kind, each of which needs the store.
fn requests() -> [serde_json::Value; 4] {
    [
        json!({"type": "GENERATE", "deviceId": DEVICE, "filename": "menu", "text": "text"}),
        json!({"type": "RETRIEVE", "deviceId": DEVICE, "filename": "menu"}),
        json!({"type": "RETRIEVE", "deviceId": DEVICE}),
        json!({"type": "DELETE", "deviceId": DEVICE, "filename": "menu"}),
    ]
}

#[test]
fn a_store_is_opened_by_name() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("some/where");
    for spec in ["memory:", folder.to_str().unwrap()] {
        assert!(Store::open(spec).is_ok(), "{spec}");
    }
    assert!(folder.is_dir());
    for spec in ["", "gs://bucket", "s3://", "file:///codes"] {
        assert!(
            matches!(Store::open(spec), Err(StoreError::Spec { .. })),
            "{spec}"
        );
    }
}

/// Names of codes are their owner's business.
#[cfg(unix)]
#[test]
fn a_folder_is_made_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("some/where");
    Store::folder(&folder).unwrap();
    for made in [folder.as_path(), folder.parent().unwrap()] {
        assert_eq!(made.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn a_folder_that_can_not_be_made_is_an_error_that_names_it() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, b"").unwrap();
    for folder in [file.clone(), file.join("below")] {
        let error = Store::folder(&folder).unwrap_err();
        assert!(matches!(error, StoreError::Folder { .. }));
        assert!(
            error.to_string().contains(folder.to_str().unwrap()),
            "{error}"
        );
    }
}

#[test]
fn an_s3_client_that_can_not_be_set_up_is_an_error_that_says_why() {
    let variables = [("AWS_ACCESS_KEY_ID".to_owned(), "test".to_owned())];
    let error = Store::open_with("s3://codes", variables).unwrap_err();
    assert!(matches!(error, StoreError::Client { .. }), "{error:?}");
}

/// Copying the folder copies the library.
#[tokio::test]
async fn what_a_folder_holds_is_there_for_the_next_process() {
    let directory = tempfile::tempdir().unwrap();
    for status in ["created", "unchanged"] {
        let store = Store::folder(directory.path()).unwrap();
        let [generate, ..] = requests();
        assert_eq!(ask(store, generate).await.body["status"], status);
    }
}

#[tokio::test]
async fn an_image_is_one_file_of_its_own_name() {
    for house in House::each_with_files().await {
        let png = house.generate("Käse & Brot", "text").await.png();
        let files: Vec<_> = std::fs::read_dir(house.files(DEVICE))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(files.len(), 1, "{house:?}: {files:?}");
        assert_eq!(files[0].file_name(), "Käse & Brot.png");
        assert_eq!(std::fs::read(files[0].path()).unwrap(), png);
    }
}

/// Nobody listens: the answer comes within the budget of the retries, and says to come again.
#[tokio::test]
async fn a_store_that_is_down_is_a_retryable_answer() {
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let asked = requests().map(|request| ask(s3::store_at(address, "secret"), request));
    for answer in futures_util::future::join_all(asked).await {
        assert_eq!(answer.code, Some(Code::StorageUnavailable), "{answer:?}");
        assert_eq!(answer.body["retryAfterSeconds"], 1);
        assert!(!answer.body["detail"].as_str().unwrap().contains("menu"));
    }
}

/// Somebody listens and never answers.
#[tokio::test]
async fn a_store_that_hangs_is_given_up() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let asked = requests().map(|request| ask(s3::store_at(address, "secret"), request));
    for answer in futures_util::future::join_all(asked).await {
        assert_eq!(answer.code, Some(Code::StorageUnavailable), "{answer:?}");
    }
    drop(listener);
}

/// S3 refuses a wrong key; what it says stays in the log.
#[tokio::test]
async fn a_store_that_refuses_is_an_answer_that_does_not_tell_why() {
    let house = House::new(Kind::S3).await;
    house.generate("menu", "text").await;
    for request in requests() {
        let store = s3::store_at(house.address.unwrap(), "wrong");
        let answer = ask(store, request).await;
        assert_eq!(answer.code, Some(Code::StorageUnavailable), "{answer:?}");
        assert!(!answer.body.to_string().contains("Signature"), "{answer:?}");
    }
    assert_eq!(house.names().await, ["menu"]);
}

/// A folder that went away under the service is not an empty library.
#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_can_not_be_written_is_a_retryable_answer() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::folder(directory.path()).unwrap();
    // Something else is where the images should be.
    std::fs::write(directory.path().join("images"), b"").unwrap();
    for request in requests() {
        let answer = ask(store.clone(), request).await;
        assert_eq!(answer.code, Some(Code::StorageUnavailable), "{answer:?}");
    }
}
