//! What a call costs beyond its HTTP exchange: `retrieve` of one code against a plain reqwest POST of
//! the same bytes, both over one kept connection on loopback, from the same server in the same run.
//!
//! `cargo bench -p qrgen-sdk --bench overhead`

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run shall stop")]

use std::future::pending;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use criterion::{Criterion, criterion_group, criterion_main};
use qrgen_contract::proof::{Unsigned, normalize_url};
use qrgen_contract::{self as wire, ContentKind, Request};
use qrgen_sdk::{
    DeviceKey, FileDeviceKey, GenerateRequest, QrClient, QrClientConfig, RetrieveRequest,
};
use qrgen_server::{Server, ServerConfig};
use tokio::runtime::Runtime;

const NAME: &str = "menu";

fn overhead(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let endpoint = runtime.block_on(serve());
    let key = Arc::new(FileDeviceKey::generate().unwrap());
    let client = QrClient::new(QrClientConfig::new(&endpoint), key.clone()).unwrap();
    let request = GenerateRequest::new(NAME, "https://example.com/menu");
    runtime.block_on(client.generate(request)).unwrap();

    let mut group = criterion.benchmark_group("retrieve one code");
    let plain = PlainRequest::new(&endpoint, &client.device_id(), &key);
    group.bench_function("reqwest", |bencher| {
        bencher.to_async(&runtime).iter(|| plain.send());
    });
    group.bench_function("client", |bencher| {
        bencher
            .to_async(&runtime)
            .iter(|| async { client.retrieve(RetrieveRequest::named(NAME)).await.unwrap() });
    });
    group.finish();
}

async fn serve() -> String {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server = Server::bind(ServerConfig {
        listen,
        ..ServerConfig::default()
    })
    .await
    .unwrap();
    let url = server.url();
    tokio::spawn(server.run(pending()));
    url
}

/// The request that the client makes, signed once: the service takes a proof for five minutes.
struct PlainRequest {
    client: reqwest::Client,
    url: String,
    proof: String,
    body: Vec<u8>,
}

impl PlainRequest {
    fn new(endpoint: &str, device_id: &str, key: &FileDeviceKey) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the baseline is reqwest as it comes"
        )]
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(no_roots())
            .build()
            .unwrap();
        let url = normalize_url(&format!("{endpoint}{}", wire::PATH)).unwrap();
        let body = Request::Retrieve(wire::RetrieveRequest {
            device_id: device_id.to_owned(),
            filename: Some(NAME.to_owned()),
            prefix: None,
            content: ContentKind::Base64,
            limit: None,
            next_token: None,
        })
        .to_json();
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let point = key.public_key().unwrap().try_into().unwrap();
        let unsigned = Unsigned::new(
            &point,
            "POST",
            &url,
            &body,
            now.try_into().unwrap(),
            "benchmark",
        );
        let signature = key.sign_now(unsigned.signing_input()).unwrap();
        let proof = unsigned.with_der_signature(&signature).unwrap();
        Self {
            client,
            url,
            proof,
            body,
        }
    }

    async fn send(&self) -> usize {
        let answer = self
            .client
            .post(&self.url)
            .header("content-type", wire::JSON)
            .header("dpop", &self.proof)
            .body(self.body.clone())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.unwrap().len()
    }
}

/// reqwest asks for a TLS set-up even where none is used.
fn no_roots() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

criterion_group!(benches, overhead);
criterion_main!(benches);
