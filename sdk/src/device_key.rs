//! [`DeviceKey`]: the P-256 key that proves whose codes they are.

use crate::error::QrError;

/// A P-256 private key that signs and never leaves its place: a file, an Android Keystore, a
/// hardware token.
///
/// Both methods may block for some 100 ms; the client calls [`sign`](Self::sign) on a thread where
/// that harms nobody. An implementation reports its own trouble with
/// [`QrError::device_key_failed`].
pub trait DeviceKey: Send + Sync {
    /// The public point, uncompressed: 65 bytes, `0x04`, x, y (SEC 1, 2.3.3).
    fn public_key(&self) -> Result<Vec<u8>, QrError>;

    /// An ECDSA signature with SHA-256 over `bytes`, in DER as of RFC 3279, 2.2.3. The bytes are the
    /// message, not its hash.
    fn sign(&self, bytes: Vec<u8>) -> Result<Vec<u8>, QrError>;
}
