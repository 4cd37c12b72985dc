//! S3 in this process, over a folder: real protocol, real signatures, and bad weather on demand.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tempfile::TempDir;
use tokio::net::TcpListener;

pub(crate) const BUCKET: &str = "images";

/// What becomes of the requests that come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weather {
    Fair,
    /// Each takes so long.
    Slow(Duration),
    /// So many are throttled: `503 SlowDown`.
    Throttled(usize),
    /// Each is refused: `403 AccessDenied`.
    Denied,
}

/// A bucket on a loopback port, for as long as the runtime of the test runs.
pub(crate) struct S3 {
    pub(crate) address: SocketAddr,
    folder: TempDir,
    sky: Arc<Sky>,
}

struct Sky {
    weather: Mutex<Weather>,
    requests: AtomicUsize,
}

impl S3 {
    pub(crate) async fn start() -> Self {
        let folder = folder();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let files = s3s_fs::FileSystem::new(folder.path()).unwrap();
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single("test", "secret"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let sky = Arc::new(Sky {
            weather: Mutex::new(Weather::Fair),
            requests: AtomicUsize::new(0),
        });
        tokio::spawn(serve(listener, builder.build(), Arc::clone(&sky)));
        Self {
            address,
            folder,
            sky,
        }
    }

    pub(crate) fn set(&self, weather: Weather) {
        *self.sky.weather.lock().unwrap() = weather;
    }

    /// How many requests have come.
    pub(crate) fn requests(&self) -> usize {
        self.sky.requests.load(Ordering::Relaxed)
    }

    /// Every file of the bucket, sorted.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().join(BUCKET)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path);
                }
            }
        }
        files.sort();
        files
    }
}

/// A folder in memory where there is a file system for that: what S3 keeps its own images on is nobody's disk.
fn folder() -> TempDir {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    in_memory.or_else(|_| tempfile::tempdir()).unwrap()
}

impl Sky {
    /// What becomes of one more request: an answer, or how much longer it takes.
    fn next(&self) -> Result<Option<Duration>, (u16, &'static str)> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let mut weather = self.weather.lock().unwrap();
        match *weather {
            Weather::Fair | Weather::Throttled(0) => Ok(None),
            Weather::Slow(time) => Ok(Some(time)),
            Weather::Throttled(rest) => {
                *weather = Weather::Throttled(rest - 1);
                Err((503, "SlowDown"))
            }
            Weather::Denied => Err((403, "AccessDenied")),
        }
    }
}

async fn serve(listener: TcpListener, s3: S3Service, sky: Arc<Sky>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        // Head and body of an answer are two writes; the second shall not wait for a delayed ACK.
        stream.set_nodelay(true).unwrap();
        let (s3, sky) = (s3.clone(), Arc::clone(&sky));
        let answer = service_fn(move |request: Request<Incoming>| {
            let (s3, next) = (s3.clone(), sky.next());
            async move {
                match next {
                    Ok(longer) => {
                        // Not even a sleep of no time is over at once: timers tick in milliseconds.
                        if let Some(time) = longer {
                            tokio::time::sleep(time).await;
                        }
                        s3.call(request.map(s3s::Body::from)).await
                    }
                    Err((status, code)) => Ok(error(status, code)),
                }
            }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), answer));
    }
}

fn error(status: u16, code: &str) -> Response<s3s::Body> {
    let xml = format!("<Error><Code>{code}</Code><Key>images/planted-secret.png</Key></Error>");
    Response::builder()
        .status(status)
        .header("content-type", "application/xml")
        .body(s3s::Body::from(xml))
        .unwrap()
}
