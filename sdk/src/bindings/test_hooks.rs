//! What the tests of the bindings plant, and the shipped library has not: feature `test-hooks`.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;

use crate::client::QrClient;
use crate::config::QrClientConfig;
use crate::device_key::DeviceKey;
use crate::error::QrError;

static DROPPED_WAITS: AtomicI64 = AtomicI64::new(0);

/// Does nothing, to measure what a call costs.
#[uniffi::export]
pub fn nothing() {}

/// Panics.
#[uniffi::export]
#[expect(clippy::panic, reason = "the planted panic of the tests")]
pub fn panic_now() {
    panic!("planted panic")
}

/// Panics after a first wait, in the midst of an asynchronous call.
#[uniffi::export(async_runtime = "tokio")]
pub async fn panic_later() {
    tokio::task::yield_now().await;
    panic_now();
}

/// Waits until it is given up.
#[uniffi::export(async_runtime = "tokio")]
pub async fn wait_for_ever() {
    struct Counted;
    impl Drop for Counted {
        fn drop(&mut self) {
            DROPPED_WAITS.fetch_add(1, Ordering::SeqCst);
        }
    }
    let _counted = Counted;
    pending::<()>().await;
}

/// How many waits were given up, and their futures dropped.
#[uniffi::export]
pub fn dropped_waits() -> i64 {
    DROPPED_WAITS.load(Ordering::SeqCst)
}

/// A client that trusts this one certificate (DER) instead of the roots of the library.
#[uniffi::export]
pub fn client_that_trusts(
    certificate: Vec<u8>,
    config: QrClientConfig,
    device_key: Arc<dyn DeviceKey>,
) -> Result<Arc<QrClient>, QrError> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from(certificate))
        .map_err(|error| QrError::protocol(error.to_string()))?;
    QrClient::trusting(roots, config, device_key).map(Arc::new)
}
