//! The device's side of the proof: whose clock counts, one signature, one header.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use futures_util::FutureExt;
use qrgen_contract::DeviceId;
use qrgen_contract::proof::{PublicPoint, Unsigned};
use ring::rand::{SecureRandom, SystemRandom};

use crate::code::ClientCode;
use crate::device_key::DeviceKey;
use crate::error::QrError;

/// What RFC 9449, 4.2 asks of an identifier: 96 bits of randomness at least.
const PROOF_ID_BYTES: usize = 16;

/// Signs requests to one endpoint with one key.
pub(crate) struct Signer {
    key: Arc<dyn DeviceKey>,
    point: PublicPoint,
    device_id: DeviceId,
    url: String,
    /// How far the service's clock is ahead of ours, as it told us when ours was too far off.
    clock_offset_seconds: AtomicI64,
}

impl Signer {
    pub(crate) fn new(key: Arc<dyn DeviceKey>, url: String) -> Result<Self, QrError> {
        let point = public_point(&key.public_key()?)?;
        let device_id = DeviceId::of(&point);
        Ok(Self {
            key,
            point,
            device_id,
            url,
            clock_offset_seconds: AtomicI64::new(0),
        })
    }

    pub(crate) fn device_id(&self) -> &str {
        self.device_id.as_str()
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The value of the header `DPoP` for a POST of exactly this body.
    pub(crate) async fn prove(&self, body: &[u8]) -> Result<String, QrError> {
        let issued_at = unix_seconds(SystemTime::now())
            .saturating_add(self.clock_offset_seconds.load(Ordering::Relaxed));
        let unsigned = Unsigned::new(
            &self.point,
            "POST",
            &self.url,
            body,
            issued_at,
            &proof_id()?,
        );
        let message = unsigned.signing_input().to_vec();
        // Nothing of ours is left half changed: the key is all that the future holds.
        let signing = AssertUnwindSafe(self.key.sign(message)).catch_unwind();
        let signature = signing
            .await
            .map_err(|_panic| QrError::device_key_failed("it panicked"))??;
        unsigned.with_der_signature(&signature).map_err(|error| {
            QrError::device_key(
                ClientCode::DeviceKeyInvalid,
                format!("it gave no ECDSA signature in DER: {error}"),
            )
        })
    }

    /// Dates the proofs to come by the clock of the service.
    pub(crate) fn correct_clock(&self, server_time: SystemTime) {
        let offset = unix_seconds(server_time).saturating_sub(unix_seconds(SystemTime::now()));
        self.clock_offset_seconds.store(offset, Ordering::Relaxed);
    }
}

/// Takes what a [`DeviceKey`] calls its public key.
pub(crate) fn public_point(bytes: &[u8]) -> Result<PublicPoint, QrError> {
    match PublicPoint::try_from(bytes) {
        Ok(point) if point.first() == Some(&0x04) => Ok(point),
        _ => Err(QrError::device_key(
            ClientCode::DeviceKeyInvalid,
            "the public key is not an uncompressed point of P-256: 65 bytes, the first of them 4",
        )),
    }
}

fn proof_id() -> Result<String, QrError> {
    let mut bytes = [0; PROOF_ID_BYTES];
    match SystemRandom::new().fill(&mut bytes) {
        Ok(()) => Ok(BASE64URL.encode_to_string(bytes)),
        Err(ring::error::Unspecified) => Err(QrError::device_key_failed(
            "the operating system gave no random bytes",
        )),
    }
}

fn unix_seconds(time: SystemTime) -> i64 {
    let seconds =
        |duration: std::time::Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => seconds(since),
        Err(before) => -seconds(before.duration()),
    }
}
