//! The device key: one identity, made once, private, and never lost.

#![expect(
    clippy::unwrap_used,
    reason = "a failed unwrap is a failed test with a line number"
)]

use std::fs;
use std::path::Path;
use std::sync::{Arc, Barrier};
use std::thread;

use async_trait::async_trait;
use qrgen_contract::DeviceId;
use qrgen_sdk::{DeviceKey, FileDeviceKey, QrClient, QrClientConfig, QrError};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    UnparsedPublicKey,
};
use tempfile::{TempDir, tempdir};

fn folder() -> TempDir {
    tempdir().unwrap()
}

fn code_of(outcome: Result<FileDeviceKey, QrError>) -> String {
    outcome.unwrap_err().code()
}

fn file_names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| name(entry).into_string().unwrap())
        .collect()
}

#[test]
fn a_created_key_is_the_key_that_is_loaded() {
    let folder = folder();
    let path = folder.path().join("device.key");
    let created = FileDeviceKey::create(&path).unwrap();
    let loaded = FileDeviceKey::load(&path).unwrap();
    assert_eq!(loaded.device_id(), created.device_id());
    assert_eq!(loaded.public_key().unwrap(), created.public_key().unwrap());
}

#[test]
fn it_signs_what_its_public_key_verifies_and_is_named_by_its_thumbprint() {
    let key = FileDeviceKey::generate().unwrap();
    let point = key.public_key().unwrap();
    assert_eq!((point.len(), point[0]), (65, 0x04));
    let signature = key.sign_now(b"message").unwrap();
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &point);
    public.verify(b"message", &signature).unwrap();
    let point: [u8; 65] = point.try_into().unwrap();
    assert_eq!(key.device_id(), DeviceId::of(&point).as_str());
}

#[test]
fn two_generated_keys_are_two_devices() {
    let ids = [(); 2].map(|()| FileDeviceKey::generate().unwrap().device_id());
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let folder = folder();
    let path = folder.path().join("device.key");
    for content in [&b""[..], b"not a key"] {
        fs::write(&path, content).unwrap();
        assert_eq!(code_of(FileDeviceKey::create(&path)), "device_key_exists");
        assert_eq!(fs::read(&path).unwrap(), content);
    }
    assert_eq!(
        file_names(folder.path()),
        ["device.key"],
        "no draft is left behind"
    );
}

#[test]
fn a_missing_key_is_a_code_of_its_own() {
    assert_eq!(
        code_of(FileDeviceKey::load(folder().path().join("none"))),
        "device_key_missing"
    );
}

#[test]
fn load_or_create_makes_a_key_once() {
    let folder = folder();
    let path = folder.path().join("deep/down/device.key");
    let first = FileDeviceKey::load_or_create(&path).unwrap();
    let second = FileDeviceKey::load_or_create(&path).unwrap();
    assert_eq!(first.device_id(), second.device_id());
}

/// Two programs that start for the first time at once must not end as two devices, one of which is
/// lost. `load` sees a whole key or none, so nobody fails either.
#[test]
fn many_that_create_at_once_end_with_one_key() {
    for _ in 0..20 {
        let folder = folder();
        let path = folder.path().join("device.key");
        let start = Arc::new(Barrier::new(8));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (path, start) = (path.clone(), Arc::clone(&start));
                thread::spawn(move || {
                    start.wait();
                    FileDeviceKey::load_or_create(path).unwrap().device_id()
                })
            })
            .collect();
        let ids: Vec<_> = threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(file_names(folder.path()), ["device.key"]);
    }
}

#[test]
fn what_is_no_p256_key_is_refused_and_not_replaced() {
    let folder = folder();
    let path = folder.path().join("device.key");
    let random = SystemRandom::new();
    let other_curve =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, &random).unwrap();
    let other_kind = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
    FileDeviceKey::create(folder.path().join("good.key")).unwrap();
    let mut torn = fs::read(folder.path().join("good.key")).unwrap();
    torn.pop();
    let files = [
        &b""[..],
        b"-----BEGIN PRIVATE KEY-----",
        other_curve.as_ref(),
        other_kind.as_ref(),
        &torn,
    ];
    for content in files {
        fs::write(&path, content).unwrap();
        make_private(&path);
        assert_eq!(code_of(FileDeviceKey::load(&path)), "device_key_invalid");
        assert_eq!(
            code_of(FileDeviceKey::load_or_create(&path)),
            "device_key_invalid"
        );
        assert_eq!(fs::read(&path).unwrap(), content);
    }
}

#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn make_private(_path: &Path) {}

#[cfg(unix)]
mod permissions {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_file_and_its_new_folders_are_for_the_owner_alone() {
        let folder = folder();
        let path = folder.path().join("new/folders/device.key");
        FileDeviceKey::create(&path).unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&folder.path().join("new")), 0o700);
        assert_eq!(mode(&folder.path().join("new/folders")), 0o700);
    }

    #[test]
    fn a_key_that_others_can_reach_is_refused_with_the_command_that_mends_it() {
        let folder = folder();
        let path = folder.path().join("device.key");
        FileDeviceKey::create(&path).unwrap();
        for exposed in [0o644, 0o640, 0o604, 0o620, 0o602, 0o777] {
            fs::set_permissions(&path, fs::Permissions::from_mode(exposed)).unwrap();
            let error = FileDeviceKey::load(&path).unwrap_err();
            assert_eq!(error.code(), "device_key_exposed", "{exposed:o}");
            assert!(
                error
                    .to_string()
                    .contains(&format!("chmod 600 '{}'", path.display()))
            );
        }
        for private in [0o600, 0o400] {
            fs::set_permissions(&path, fs::Permissions::from_mode(private)).unwrap();
            FileDeviceKey::load(&path).unwrap();
        }
    }

    #[test]
    fn a_link_is_judged_by_the_file_it_leads_to() {
        let folder = folder();
        let (file, link) = (folder.path().join("device.key"), folder.path().join("link"));
        FileDeviceKey::create(&file).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        FileDeviceKey::load(&link).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(code_of(FileDeviceKey::load(&link)), "device_key_exposed");
    }
}

/// A key that somebody else implements may give anything.
mod foreign {
    use super::*;

    struct Foreign {
        public_key: Result<Vec<u8>, QrError>,
        signature: Result<Vec<u8>, QrError>,
    }

    #[async_trait]
    impl DeviceKey for Foreign {
        fn public_key(&self) -> Result<Vec<u8>, QrError> {
            self.public_key.clone()
        }

        async fn sign(&self, _bytes: Vec<u8>) -> Result<Vec<u8>, QrError> {
            self.signature.clone()
        }
    }

    fn client(key: impl DeviceKey + 'static) -> Result<QrClient, QrError> {
        QrClient::new(QrClientConfig::new("http://127.0.0.1:9"), Arc::new(key))
    }

    fn point() -> Vec<u8> {
        FileDeviceKey::generate().unwrap().public_key().unwrap()
    }

    #[test]
    fn a_public_key_that_is_no_uncompressed_point_is_refused() {
        let compressed = [&[0x02], &point()[1..33]].concat();
        let unmarked = point()[1..].to_vec();
        let mismarked = [&[0x06], &point()[1..]].concat();
        for public_key in [vec![], compressed, unmarked, mismarked] {
            let key = Foreign {
                public_key: Ok(public_key),
                signature: Ok(vec![]),
            };
            assert_eq!(client(key).unwrap_err().code(), "device_key_invalid");
        }
    }

    #[test]
    fn what_the_key_says_reaches_the_caller() {
        let locked = QrError::device_key_failed("the key store is locked: unlock the phone");
        let key = Foreign {
            public_key: Err(locked.clone()),
            signature: Ok(vec![]),
        };
        assert_eq!(client(key).unwrap_err(), locked);
    }

    #[tokio::test]
    async fn a_key_that_does_not_sign_ends_the_call_before_anything_is_sent() {
        let declined = QrError::device_key_failed("the user declined");
        let cases = [
            (Err(declined), "device_key_failed"),
            (Ok(vec![]), "device_key_invalid"),
            (Ok(vec![0; 64]), "device_key_invalid"),
        ];
        for (signature, code) in cases {
            let client = client(Foreign {
                public_key: Ok(point()),
                signature,
            })
            .unwrap();
            let error = client
                .delete(qrgen_sdk::DeleteRequest::new("menu"))
                .await
                .unwrap_err();
            assert_eq!(error.code(), code);
            assert!(!error.is_retryable());
        }
    }

    #[tokio::test]
    async fn a_key_that_panics_ends_one_call_and_not_the_program() {
        struct Panicking;
        #[async_trait]
        impl DeviceKey for Panicking {
            fn public_key(&self) -> Result<Vec<u8>, QrError> {
                Ok(point())
            }

            async fn sign(&self, _bytes: Vec<u8>) -> Result<Vec<u8>, QrError> {
                panic!("a bug in the key")
            }
        }
        let error = client(Panicking)
            .unwrap()
            .delete(qrgen_sdk::DeleteRequest::new("menu"))
            .await
            .unwrap_err();
        assert_eq!(error.code(), "device_key_failed");
    }
}
