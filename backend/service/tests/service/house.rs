//! A service over each kind of store, asked as a transport would ask it.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use qrgen_contract::{Code, JSON, PROBLEM_JSON, Problem, RetrieveAnswer};
use qrgen_service::{Access, Call, Config, Reply, Service, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::s3;

/// A well-formed device id, and another.
pub(crate) const DEVICE: &str = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";
pub(crate) const OTHER_DEVICE: &str = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U";

/// The kinds of store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Memory,
    Folder,
    S3,
}

/// A service that takes unsigned calls, over a store of its own.
pub(crate) struct House {
    pub(crate) kind: Kind,
    service: Service,
    /// Where S3 is served, if it is.
    pub(crate) address: Option<SocketAddr>,
    /// Where the store's files are, if it has any; removed with the house.
    directory: TempDir,
}

/// An answer, by its JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) code: Option<Code>,
    pub(crate) body: Value,
    /// Size of the body in bytes.
    pub(crate) size: usize,
}

impl House {
    /// One of each kind, empty.
    pub(crate) async fn each() -> [Self; 3] {
        [
            Self::new(Kind::Memory).await,
            Self::new(Kind::Folder).await,
            Self::new(Kind::S3).await,
        ]
    }

    /// One of each kind that keeps files, empty.
    pub(crate) async fn each_with_files() -> [Self; 2] {
        [Self::new(Kind::Folder).await, Self::new(Kind::S3).await]
    }

    pub(crate) async fn new(kind: Kind) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let address = match kind {
            Kind::S3 => Some(s3::start(directory.path()).await),
            Kind::Memory | Kind::Folder => None,
        };
        let store = match (kind, address) {
            (Kind::Folder, _) => Store::folder(directory.path()).unwrap(),
            (_, Some(address)) => s3::store_at(address, "secret"),
            (_, None) => Store::memory(),
        };
        Self {
            kind,
            service: Service::new(store, Config::new(Access::Open)),
            address,
            directory,
        }
    }

    /// Where the files of a device are.
    pub(crate) fn files(&self, device: &str) -> PathBuf {
        let root = self.directory.path();
        match self.kind {
            Kind::Memory => panic!("memory has no files"),
            Kind::Folder => root.join("images").join(device),
            Kind::S3 => root
                .join(s3::BUCKET)
                .join(s3::PREFIX)
                .join("images")
                .join(device),
        }
    }

    /// Puts a file where the images of the device are, as somebody else might.
    pub(crate) fn write(&self, file: impl AsRef<Path>, bytes: &[u8]) {
        let path = self.files(DEVICE).join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) async fn ask(&self, request: Value) -> Answer {
        self.ask_bytes(request.to_string().as_bytes()).await
    }

    pub(crate) async fn ask_bytes(&self, body: &[u8]) -> Answer {
        Answer::of(
            self.service
                .call(Call {
                    method: "POST",
                    content_type: Some("application/json"),
                    proofs: &[],
                    body,
                    request_id: "test",
                    only: None,
                })
                .await,
        )
    }

    pub(crate) async fn generate(&self, filename: &str, text: &str) -> Answer {
        self.ask(json!({
            "type": "GENERATE", "deviceId": DEVICE, "filename": filename, "text": text,
        }))
        .await
    }

    pub(crate) async fn get(&self, filename: &str) -> Answer {
        self.ask(json!({"type": "RETRIEVE", "deviceId": DEVICE, "filename": filename}))
            .await
    }

    pub(crate) async fn delete(&self, filename: &str) -> Answer {
        self.ask(json!({"type": "DELETE", "deviceId": DEVICE, "filename": filename}))
            .await
    }

    /// A page of the names that begin with `prefix`, without content.
    pub(crate) async fn list(&self, prefix: Option<&str>) -> Answer {
        self.ask(json!({
            "type": "RETRIEVE", "deviceId": DEVICE, "prefix": prefix, "content": "none",
            "limit": 1000,
        }))
        .await
    }

    /// Every name of the device, and that of the other one.
    pub(crate) async fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for device in [DEVICE, OTHER_DEVICE] {
            let listing = json!({
                "type": "RETRIEVE", "deviceId": device, "content": "none", "limit": 1000,
            });
            names.extend(self.ask(listing).await.names());
        }
        names
    }
}

impl fmt::Debug for House {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(formatter)
    }
}

impl Answer {
    /// Takes a reply apart, and holds it to what is true of every reply.
    pub(crate) fn of(reply: Reply) -> Self {
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        match reply.code {
            None => {
                assert_eq!((reply.status, reply.content_type), (200, JSON));
                assert!(reply.operation.is_some());
                assert_eq!(reply.retry_after, None);
            }
            Some(code) => {
                assert_eq!(
                    (reply.status, reply.content_type),
                    (code.status(), PROBLEM_JSON)
                );
                let problem = Problem::from_json(&reply.body).unwrap();
                assert_eq!(problem.known_code(), Some(code));
                assert_eq!(problem.status, reply.status);
                assert_eq!(problem.request_id.as_deref(), Some("test"));
                assert_eq!(problem.retry_after_seconds, reply.retry_after);
                assert!(!problem.detail.is_empty());
            }
        }
        Self {
            status: reply.status,
            code: reply.code,
            size: reply.body.len(),
            body,
        }
    }

    /// The image of a GENERATE, or the one image of a RETRIEVE.
    pub(crate) fn image(&self) -> &Value {
        match &self.body["images"] {
            Value::Array(images) => {
                assert_eq!(images.len(), 1, "{self:?}");
                &images[0]
            }
            _ => &self.body["image"],
        }
    }

    /// The images of a RETRIEVE.
    pub(crate) fn images(&self) -> &Vec<Value> {
        self.body["images"]
            .as_array()
            .unwrap_or_else(|| panic!("no images: {self:?}"))
    }

    /// The names of a RETRIEVE.
    pub(crate) fn names(&self) -> Vec<String> {
        let answer: RetrieveAnswer = serde_json::from_value(self.body.clone()).unwrap();
        answer
            .images
            .into_iter()
            .map(|image| image.filename)
            .collect()
    }

    /// The bytes of [`Answer::image`].
    pub(crate) fn png(&self) -> Vec<u8> {
        let base64 = self.image()["base64"].as_str().unwrap();
        base64_simd::STANDARD.decode_to_vec(base64).unwrap()
    }
}

/// A file's time of change.
pub(crate) fn set_modified(path: &Path, time: SystemTime) {
    std::fs::File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(time)
        .unwrap();
}
