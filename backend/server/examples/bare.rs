//! The yardstick of the load test: the least that an axum handler can do for a signed request.
//!
//! It reads the body, verifies one P-256 signature with the library that the service uses, and
//! answers a fixed number of bytes. What the server needs above this is the price of everything
//! else.
//!
//! ```sh
//! cargo run --release -p qrgen-server --example bare -- 1200            # with a signature
//! cargo run --release -p qrgen-server --example bare -- 1200 unsigned   # without
//! ```
//!
//! The first line on stdout is the URL to load.

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::serve::ListenerExt;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    UnparsedPublicKey,
};

/// What is verified: as long as the signing input of a proof is.
const MESSAGE: [u8; 512] = [b'm'; 512];

struct Bare {
    key: UnparsedPublicKey<Vec<u8>>,
    signature: Option<Vec<u8>>,
    answer: Bytes,
}

async fn answer(State(bare): State<Arc<Bare>>, _body: Bytes) -> (StatusCode, Bytes) {
    let verified = match &bare.signature {
        Some(signature) => bare.key.verify(&MESSAGE, signature),
        None => Ok(()),
    };
    match verified {
        Ok(()) => (StatusCode::OK, bare.answer.clone()),
        Err(_unspecified) => (StatusCode::UNAUTHORIZED, Bytes::new()),
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the URL on stdout is how a load script finds the server"
)]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let answer_bytes = arguments
        .next()
        .ok_or("usage: bare ANSWER_BYTES [unsigned]")?
        .parse()?;
    let signed = arguments.next().as_deref() != Some("unsigned");

    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random)?;
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random)?;
    let signature = pair.sign(&random, &MESSAGE)?.as_ref().to_vec();
    let bare = Arc::new(Bare {
        key: UnparsedPublicKey::new(
            &ECDSA_P256_SHA256_FIXED,
            pair.public_key().as_ref().to_vec(),
        ),
        signature: signed.then_some(signature),
        answer: Bytes::from(vec![b'a'; answer_bytes]),
    });

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}/v1/qr", listener.local_addr()?);
    let listener = listener.tap_io(|stream| {
        // A failure here is a connection that is gone already.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(
        listener,
        Router::new().route("/v1/qr", post(answer)).with_state(bare),
    )
    .await?;
    Ok(())
}
