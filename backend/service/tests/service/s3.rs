//! S3 in this process: the real protocol, signatures and conditional puts included, on a loopback
//! port, over a folder.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use qrgen_service::Store;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const BUCKET: &str = "codes";
pub(crate) const PREFIX: &str = "team/a";

/// Serves a new bucket, whose files are below `root`, until the runtime of the test ends.
pub(crate) async fn start(root: &Path) -> SocketAddr {
    std::fs::create_dir_all(root.join(BUCKET)).unwrap();
    let files = s3s_fs::FileSystem::new(root).unwrap();
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single("test", "secret"));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, builder.build()));
    address
}

/// A plain GET, as by somebody who has the URL and nothing else: the head of the answer, and its body.
pub(crate) async fn fetch(url: &str) -> (String, Vec<u8>) {
    let (authority, target) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let mut stream = TcpStream::connect(authority).await.unwrap();
    let request =
        format!("GET /{target} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap();
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).unwrap(), body)
}

/// The store in the bucket at that address. No request is made.
pub(crate) fn store_at(address: SocketAddr, secret: &str) -> Store {
    let endpoint = format!("http://{address}");
    let variables = [
        ("AWS_ENDPOINT_URL_S3", endpoint.as_str()),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", secret),
        ("UNRELATED", "passed over"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Store::open_with(&format!("s3://{BUCKET}/{PREFIX}"), variables).unwrap()
}

async fn serve(listener: TcpListener, service: S3Service) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let connection =
            http1::Builder::new().serve_connection(TokioIo::new(stream), service.clone());
        tokio::spawn(connection);
    }
}
