//! [`DeviceKey`]: the P-256 key that proves whose codes they are.

use async_trait::async_trait;

use crate::error::QrError;

/// A P-256 private key that signs and never leaves its place: a file, an Android Keystore, a
/// hardware token.
///
/// An implementation reports its own trouble as an invalid input with the code
/// `device_key_failed`: the store is locked, the user declined, the hardware did not answer. What
/// else it throws reaches the caller of the client under the same code.
#[cfg_attr(feature = "uniffi", uniffi::export(foreign))]
#[async_trait]
pub trait DeviceKey: Send + Sync {
    /// The public point, uncompressed: 65 bytes, `0x04`, x, y (SEC 1, 2.3.3).
    ///
    /// Called once, while the client is made, on the thread that makes it.
    fn public_key(&self) -> Result<Vec<u8>, QrError>;

    /// An ECDSA signature with SHA-256 over these bytes, in DER as of RFC 3279, 2.2.3. The bytes are
    /// the message, not its hash.
    ///
    /// It may take its time, for a question to the user, say. One that blocks moves to a thread
    /// where that harms nobody. A call that is given up gives its signature up too.
    async fn sign(&self, bytes: Vec<u8>) -> Result<Vec<u8>, QrError>;
}
