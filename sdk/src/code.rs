//! Stable error codes: one string names one failure in Rust, Kotlin, the CLI and the guide.
//!
//! What the service (or a check that the client shares with it) refuses carries a code of the
//! contract, [`Code`]. What only a client can meet, such as a network that is down, carries a
//! [`ClientCode`]. The two sets have no string in common.

use std::fmt;

use qrgen_contract::Code;

/// A code as it travelled, together with the known code that it names.
///
/// A service that is newer than this library may send a code that the library does not know:
/// `raw` still holds it, and `known` is `None`. Branch on `known` where you can, log `raw`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ErrorCode {
    /// The code of the contract, if this version of the library knows it.
    pub known: Option<Code>,
    /// The stable string, such as `filename_taken`.
    pub raw: String,
}

impl ErrorCode {
    /// Keeps `raw` and looks up the code that it names.
    pub fn new(raw: impl Into<String>) -> Self {
        let raw = raw.into();
        Self {
            known: raw.parse().ok(),
            raw,
        }
    }
}

impl From<Code> for ErrorCode {
    fn from(code: Code) -> Self {
        Self {
            known: Some(code),
            raw: code.as_str().to_owned(),
        }
    }
}

impl From<ClientCode> for ErrorCode {
    fn from(code: ClientCode) -> Self {
        Self {
            known: None,
            raw: code.as_str().to_owned(),
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.raw)
    }
}

/// The codes of failures that the service has no part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClientCode {
    /// The endpoint is not a URL that requests may be sent to.
    EndpointInvalid,
    /// A time or a count of the configuration is out of its range.
    ConfigOutOfRange,
    /// There is no device key at the given path.
    DeviceKeyMissing,
    /// There is a device key at the given path, and a new one would overwrite it.
    DeviceKeyExists,
    /// Other users of the machine can read the device key.
    DeviceKeyExposed,
    /// What was given as a device key is not a P-256 key.
    DeviceKeyInvalid,
    /// The device key could not be written, read or used.
    DeviceKeyFailed,
    /// The bytes are not a PNG that this library made.
    PngUnreadable,
    /// There is no network.
    NetworkOffline,
    /// The host name of the endpoint has no address.
    NetworkDns,
    /// Nothing accepts connections at the endpoint.
    NetworkConnect,
    /// The endpoint's certificate or TLS handshake was refused.
    NetworkTls,
    /// The connection broke before the answer was complete.
    NetworkInterrupted,
    /// There was no answer in time.
    Timeout,
    /// The answer is not one that the contract allows.
    Protocol,
}

impl ClientCode {
    /// Every code, in the order of the guide.
    pub const ALL: [Self; 15] = [
        Self::EndpointInvalid,
        Self::ConfigOutOfRange,
        Self::DeviceKeyMissing,
        Self::DeviceKeyExists,
        Self::DeviceKeyExposed,
        Self::DeviceKeyInvalid,
        Self::DeviceKeyFailed,
        Self::PngUnreadable,
        Self::NetworkOffline,
        Self::NetworkDns,
        Self::NetworkConnect,
        Self::NetworkTls,
        Self::NetworkInterrupted,
        Self::Timeout,
        Self::Protocol,
    ];

    /// The stable string. It never changes its meaning.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EndpointInvalid => "endpoint_invalid",
            Self::ConfigOutOfRange => "config_out_of_range",
            Self::DeviceKeyMissing => "device_key_missing",
            Self::DeviceKeyExists => "device_key_exists",
            Self::DeviceKeyExposed => "device_key_exposed",
            Self::DeviceKeyInvalid => "device_key_invalid",
            Self::DeviceKeyFailed => "device_key_failed",
            Self::PngUnreadable => "png_unreadable",
            Self::NetworkOffline => "network_offline",
            Self::NetworkDns => "network_dns",
            Self::NetworkConnect => "network_connect",
            Self::NetworkTls => "network_tls",
            Self::NetworkInterrupted => "network_interrupted",
            Self::Timeout => "timeout",
            Self::Protocol => "protocol",
        }
    }
}
