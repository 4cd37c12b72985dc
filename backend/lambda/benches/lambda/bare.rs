//! The least that a GENERATE asks of the store: one signed PUT over a connection that is kept, by the client that
//! the functions have.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{ClientOptions, ObjectStore, PutMode};

use crate::s3::BUCKET;

/// Bytes of the image of a short URL.
const IMAGE: [u8; 263] = [0; 263];

/// How long so many PUTs of new objects take, each.
pub(crate) async fn puts(s3: SocketAddr, count: usize) -> Vec<Duration> {
    // From a thread of its own, as a function is a process of its own.
    let puts = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let client = client(s3);
            let mut times = Vec::new();
            for number in 0..count {
                let key = Path::from(format!("images/{}/code {number}.png", "d".repeat(43)));
                let started = Instant::now();
                let put = client.put_opts(&key, Vec::from(IMAGE).into(), PutMode::Create.into());
                put.await.unwrap();
                times.push(started.elapsed());
            }
            times
        })
    });
    puts.await.unwrap()
}

fn client(s3: SocketAddr) -> AmazonS3 {
    // An error means that there is one already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    AmazonS3Builder::new()
        .with_client_options(ClientOptions::new().with_allow_http(true))
        .with_endpoint(format!("http://{s3}"))
        .with_bucket_name(BUCKET)
        .with_access_key_id("test")
        .with_secret_access_key("secret")
        .build()
        .unwrap()
}
