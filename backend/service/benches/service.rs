//! What one call costs without a network: `cargo bench -p qrgen-service`.
//!
//! GENERATE of short URLs into memory, with and without a proof, and RETRIEVE out of libraries of 10,
//! 1,000 and 100,000 codes: the time of an exact name must not grow with the library.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that can't be set up has nothing to measure"
)]

use std::fs;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use criterion::{Criterion, criterion_group, criterion_main};
use qrgen_contract::DeviceId;
use qrgen_contract::proof::{PublicPoint, Unsigned};
use qrgen_service::{Access, Call, Config, Service, Store};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use tokio::runtime::Runtime;

const DEVICE: &str = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";
const URL: &str = "https://qr.example/v1/qr";
const LIBRARIES: [usize; 3] = [10, 1_000, 100_000];

/// A request, with its proof if it has one.
struct Request {
    proof: Option<String>,
    body: Vec<u8>,
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn open(store: Store) -> Service {
    Service::new(store, Config::new(Access::Open))
}

/// One call, which must succeed.
async fn call(service: &Service, request: &Request) -> Vec<u8> {
    let proof = request.proof.as_deref();
    let reply = service
        .call(Call {
            method: "POST",
            content_type: Some("application/json"),
            proofs: proof.as_slice(),
            body: &request.body,
            request_id: "bench",
            only: None,
        })
        .await;
    assert_eq!(reply.code, None);
    reply.body
}

/// The time of all calls, one after the other, into a store that is empty before.
fn time_of_all(runtime: &Runtime, service: &Service, requests: &[Request]) -> Duration {
    let started = Instant::now();
    runtime.block_on(async {
        for request in requests {
            call(service, request).await;
        }
    });
    started.elapsed()
}

fn generate_body(device: &str, number: usize) -> Vec<u8> {
    json!({
        "type": "GENERATE", "deviceId": device, "filename": name(number),
        "text": format!("https://example.com/{number:06}"),
    })
    .to_string()
    .into_bytes()
}

fn name(number: usize) -> String {
    format!("code {number:06}")
}

fn generate_open(criterion: &mut Criterion) {
    let runtime = runtime();
    criterion.bench_function("generate/open", |bencher| {
        bencher.iter_custom(|count| {
            let requests: Vec<Request> = (0..usize::try_from(count).unwrap())
                .map(|number| Request {
                    proof: None,
                    body: generate_body(DEVICE, number),
                })
                .collect();
            time_of_all(&runtime, &open(Store::memory()), &requests)
        });
    });
}

fn generate_with_proof(criterion: &mut Criterion) {
    let runtime = runtime();
    let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
    let point: PublicPoint = key.public_key().as_ref().try_into().unwrap();
    let device = DeviceId::of(&point);
    let config = Config::new(Access::Proof {
        urls: vec![URL.to_owned()],
    });
    let sign = |number| {
        let body = generate_body(device.as_str(), number);
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let now = i64::try_from(now).unwrap();
        let unsigned = Unsigned::new(&point, "POST", URL, &body, now, "bench");
        let signature = key.sign(&random, unsigned.signing_input()).unwrap();
        let proof = unsigned.with_fixed_signature(signature.as_ref().try_into().unwrap());
        Request {
            proof: Some(proof),
            body,
        }
    };
    criterion.bench_function("generate/proof", |bencher| {
        bencher.iter_custom(|count| {
            let requests: Vec<Request> = (0..usize::try_from(count).unwrap()).map(sign).collect();
            let service = Service::new(Store::memory(), config.clone());
            time_of_all(&runtime, &service, &requests)
        });
    });
}

/// One image by name; a page of 50 out of the middle; and the cheap listing of 1,000 names.
fn retrieve_from(criterion: &mut Criterion, store: &str, size: usize, service: &Service) {
    let runtime = runtime();
    let middle = name(size / 2);
    // All but the last digit: the names of the page before it are in the library too.
    let prefix = &middle[..middle.len() - 2];
    let request = |members: serde_json::Value| {
        let mut request = json!({"type": "RETRIEVE", "deviceId": DEVICE});
        request
            .as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        Request {
            proof: None,
            body: request.to_string().into_bytes(),
        }
    };
    for (kind, request) in [
        ("exact", request(json!({"filename": middle}))),
        ("page", request(json!({"prefix": prefix, "limit": 50}))),
        (
            "listing",
            request(json!({"content": "none", "limit": 1000})),
        ),
    ] {
        criterion.bench_function(&format!("retrieve/{store}/{kind}/{size}"), |bencher| {
            bencher.iter(|| runtime.block_on(call(service, &request)));
        });
    }
}

fn retrieve(criterion: &mut Criterion) {
    let runtime = runtime();
    let sample = open(Store::memory());
    let request = Request {
        proof: None,
        body: generate_body(DEVICE, 0),
    };
    let answer = runtime.block_on(call(&sample, &request));
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    let base64 = answer["image"]["base64"].as_str().unwrap();
    let png = base64_simd::STANDARD.decode_to_vec(base64).unwrap();

    for size in LIBRARIES {
        let requests: Vec<Request> = (0..size)
            .map(|number| Request {
                proof: None,
                body: generate_body(DEVICE, number),
            })
            .collect();
        let service = open(Store::memory());
        time_of_all(&runtime, &service, &requests);
        retrieve_from(criterion, "memory", size, &service);

        // Not through the service: each of its puts waits for the disk.
        let folder = tempfile::tempdir().unwrap();
        let images = folder.path().join("images").join(DEVICE);
        fs::create_dir_all(&images).unwrap();
        for number in 0..size {
            fs::write(images.join(format!("{}.png", name(number))), &png).unwrap();
        }
        let service = open(Store::folder(folder.path()).unwrap());
        retrieve_from(criterion, "folder", size, &service);
    }
}

/// With what durability costs on this disk, stated apart: the same calls, each of which waits for it.
fn generate_into_folder(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut group = criterion.benchmark_group("generate");
    group.sample_size(10);
    group.bench_function("open, folder", |bencher| {
        bencher.iter_custom(|count| {
            let requests: Vec<Request> = (0..usize::try_from(count).unwrap())
                .map(|number| Request {
                    proof: None,
                    body: generate_body(DEVICE, number),
                })
                .collect();
            let folder = tempfile::tempdir().unwrap();
            let service = open(Store::folder(folder.path()).unwrap());
            time_of_all(&runtime, &service, &requests)
        });
    });
    group.finish();
}

criterion_group!(
    benches,
    generate_open,
    generate_with_proof,
    generate_into_folder,
    retrieve
);
criterion_main!(benches);
