//! [`QrError`]: everything that a call can end with besides its answer.
//!
//! Plain data, so that it crosses a language boundary as it is. No text in it holds the payload
//! of a code, a key, a token or a proof.

use std::fmt;
use std::time::Duration;

use qrgen_contract::{Code, Problem};

use crate::code::{ClientCode, ErrorCode};

/// Why a call failed.
///
/// The code is what to branch on; the text is what to show or log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error), uniffi::export(Display))]
#[non_exhaustive]
pub enum QrError {
    /// Refused before anything was sent: a field that breaks a rule, a configuration out of range,
    /// or a device key that cannot be used.
    #[error("{field}: {reason}")]
    InvalidInput {
        /// The same code that the service would answer with, or one of the client's own.
        code: ErrorCode,
        /// The field by its wire name, such as `detail.scale`; `deviceKey` for the key.
        field: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// The service refused the request.
    #[error("the service refused the request: {reason} ({code}, HTTP {status})")]
    Service {
        /// Why, as a stable code; `http_<status>` when the answer named none.
        code: ErrorCode,
        /// The HTTP status, 400 to 599.
        status: i32,
        /// The explanation of the service.
        reason: String,
        /// The id under which the service logged this request. Quote it when asking for help.
        request_id: Option<String>,
    },
    /// The service asked this device to slow down, and the retries are used up.
    #[error("the service limits this device for now: try again in {retry_after_ms} ms")]
    RateLimited {
        /// How long to wait, in milliseconds; 1,000 when the service did not say.
        retry_after_ms: i64,
    },
    /// The service could not be reached, or the connection broke.
    #[error("{failure}: {reason}")]
    Network {
        /// What kind of failure.
        failure: NetworkFailure,
        /// What the network layer said.
        reason: String,
    },
    /// There was no answer in time.
    #[error("no answer within {after_ms} ms")]
    Timeout {
        /// The limit that passed, in milliseconds: of the connection, of a silence, or of the whole
        /// call, as configured.
        after_ms: i64,
    },
    /// There was an answer, and it is not one that the contract allows.
    #[error("the answer of the service cannot be used: {reason}")]
    Protocol {
        /// What is wrong with the answer, by path and not by value.
        reason: String,
    },
}

/// How the network failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[non_exhaustive]
pub enum NetworkFailure {
    /// There is no network, or no route to the host.
    Offline,
    /// The host name has no address.
    Dns,
    /// Nothing accepts connections there.
    Connect,
    /// The certificate or the handshake was refused. Trying again does not help.
    Tls,
    /// The connection broke before the answer was complete.
    Interrupted,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl QrError {
    /// The stable code of this failure, such as `filename_taken` or `network_dns`. The guide lists
    /// them all; a newer service may send others.
    pub fn code(&self) -> String {
        match self {
            Self::InvalidInput { code, .. } | Self::Service { code, .. } => code.raw.clone(),
            Self::RateLimited { .. } => Code::RateLimited.as_str().to_owned(),
            Self::Network { failure, .. } => failure.code().as_str().to_owned(),
            Self::Timeout { .. } => ClientCode::Timeout.as_str().to_owned(),
            Self::Protocol { .. } => ClientCode::Protocol.as_str().to_owned(),
        }
    }

    /// Whether the same call may succeed later. The client has already retried such a failure as
    /// often as its configuration allows.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::InvalidInput { .. } | Self::Protocol { .. } => false,
            Self::Service { code, status, .. } => match code.known {
                Some(known) => known.is_retryable(),
                // A gateway in between speaks no code of ours, and what a newer service means by a
                // new one is unknown: bad gateway, unavailable and gateway timeout pass by
                // definition (RFC 9110, 15.6.3 to 15.6.5).
                None => matches!(status, 502..=504),
            },
            Self::RateLimited { .. } | Self::Timeout { .. } => true,
            Self::Network { failure, .. } => *failure != NetworkFailure::Tls,
        }
    }

    /// How long the service asked to wait before the next call, in milliseconds.
    pub fn retry_after_ms(&self) -> Option<i64> {
        match self {
            Self::RateLimited { retry_after_ms } => Some(*retry_after_ms),
            _ => None,
        }
    }
}

impl QrError {
    /// A failure of the device key, for implementors of [`DeviceKey`](crate::DeviceKey): the store
    /// is locked, the user declined, the hardware did not answer.
    pub fn device_key_failed(reason: impl Into<String>) -> Self {
        Self::device_key(ClientCode::DeviceKeyFailed, reason)
    }

    pub(crate) fn device_key(code: ClientCode, reason: impl Into<String>) -> Self {
        Self::invalid(code, "deviceKey", reason)
    }

    pub(crate) fn invalid(
        code: impl Into<ErrorCode>,
        field: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self::InvalidInput {
            code: code.into(),
            field: field.into(),
            reason: reason.into(),
        }
    }

    pub(crate) fn rate_limited(retry_after: Option<Duration>) -> Self {
        Self::RateLimited {
            retry_after_ms: milliseconds(retry_after.unwrap_or(Duration::from_secs(1))),
        }
    }

    pub(crate) fn timeout(after: Duration) -> Self {
        Self::Timeout {
            after_ms: milliseconds(after),
        }
    }

    pub(crate) fn protocol(reason: impl Into<String>) -> Self {
        Self::Protocol {
            reason: reason.into(),
        }
    }
}

/// A rule of the contract that the client checked before it sent anything.
impl From<Problem> for QrError {
    fn from(problem: Problem) -> Self {
        let code = ErrorCode::new(&problem.code);
        Self::invalid(
            code,
            problem.field.as_deref().unwrap_or_default(),
            &problem.detail,
        )
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl NetworkFailure {
    const fn code(self) -> ClientCode {
        match self {
            Self::Offline => ClientCode::NetworkOffline,
            Self::Dns => ClientCode::NetworkDns,
            Self::Connect => ClientCode::NetworkConnect,
            Self::Tls => ClientCode::NetworkTls,
            Self::Interrupted => ClientCode::NetworkInterrupted,
        }
    }
}

impl fmt::Display for NetworkFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Offline => "there is no network",
            Self::Dns => "the host name of the endpoint has no address",
            Self::Connect => "no connection to the service",
            Self::Tls => "no trusted connection to the service",
            Self::Interrupted => "the connection to the service broke",
        })
    }
}
