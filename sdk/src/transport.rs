//! [`Transport`]: how the bytes of one request reach the service and an answer comes back.
//!
//! The client speaks HTTP by itself. Another transport serves where HTTP is not what carries the
//! bytes: the service in the same process, or an app's own network stack.

use std::fmt;

use async_trait::async_trait;

use crate::error::QrError;
use crate::models::Hidden;

/// Carries one signed request to the service. Retries, deadlines and the meaning of the answer are
/// the client's business.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Posts `request` and returns the answer, whatever its status. Dropping the future gives the
    /// request up.
    ///
    /// Fails with [`QrError::Network`] or [`QrError::Timeout`] when there is no answer, and with
    /// [`QrError::Protocol`] when there is one that cannot be taken.
    async fn send(&self, request: TransportRequest) -> Result<TransportResponse, QrError>;
}

/// A request, ready to go: `POST url` with `content-type: application/json` and `DPoP: proof`.
#[derive(Clone, PartialEq, Eq)]
pub struct TransportRequest {
    /// The full URL. The proof is bound to it.
    pub url: String,
    /// The value of the header `DPoP` (RFC 9449).
    pub proof: String,
    /// The JSON. The proof is bound to exactly these bytes.
    pub body: Vec<u8>,
}

impl fmt::Debug for TransportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportRequest")
            .field("url", &self.url)
            .field("proof", &Hidden::of(&self.proof))
            .field("body", &Hidden::of(&self.body))
            .finish()
    }
}

/// An answer of the service, or of something on the way to it.
#[derive(Clone, PartialEq, Eq)]
pub struct TransportResponse {
    /// The HTTP status, 100 to 599.
    pub status: i32,
    /// What `Retry-After` asks for, in seconds.
    pub retry_after_seconds: Option<i64>,
    /// The body, complete.
    pub body: Vec<u8>,
}

impl fmt::Debug for TransportResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportResponse")
            .field("status", &self.status)
            .field("retry_after_seconds", &self.retry_after_seconds)
            .field("body", &Hidden::of(&self.body))
            .finish()
    }
}
