//! Stable error codes: one string names one failure in Rust, Kotlin, the CLI and the guide.
//!
//! What the service (or a check that the client shares with it) refuses carries a code of the
//! contract, [`Code`]. What only a client can meet, such as a network that is down, carries a
//! [`ClientCode`]. The two sets have no string in common.

use std::fmt;

use qrgen_contract::Code;

/// A code as it travelled, together with the known code that it names.
///
/// A service that is newer than this library may send a code that the library does not know, and a
/// client gives codes of its own: then only the string is there. Branch on the known code where you
/// can, log the string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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

/// Writes the enum [`ClientCode`] and its properties from one table, so that no code can miss one.
macro_rules! client_codes {
    ($($variant:ident = $name:literal, $meaning:literal;)*) => {
        /// The codes of failures that the service has no part in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ClientCode {
            $(
                #[doc = concat!("`", $name, "`: ", $meaning, ".")]
                $variant,
            )*
        }

        impl ClientCode {
            /// Every code, in the order of the guide.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable string. It never changes its meaning.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it says, in a few words of the guide.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning),* }
            }
        }
    };
}

client_codes! {
    EndpointInvalid = "endpoint_invalid", "the endpoint is not an `https` URL, or `http` on this machine";
    ConfigOutOfRange = "config_out_of_range", "a time or count of the configuration is out of its range";
    DeviceKeyMissing = "device_key_missing", "there is no key at the path";
    DeviceKeyExists = "device_key_exists", "a new key would overwrite the one at the path";
    DeviceKeyExposed = "device_key_exposed", "other users can reach the key file; the message has the `chmod` to run";
    DeviceKeyInvalid = "device_key_invalid", "it is no P-256 key, or does not sign as one";
    DeviceKeyFailed = "device_key_failed", "the key could not be written, read or used";
    PngUnreadable = "png_unreadable", "the bytes are not an image of this project";
    SizeOutOfRange = "size_out_of_range", "the pixels of the raster do not hold the symbol, or are more than 8,192 a side";
    NetworkOffline = "network_offline", "there is no network, or no route to the host";
    NetworkDns = "network_dns", "the host name of the endpoint has no address";
    NetworkConnect = "network_connect", "nothing accepts connections at the endpoint";
    NetworkTls = "network_tls", "the certificate or the handshake was refused";
    NetworkInterrupted = "network_interrupted", "the connection broke before the answer was complete";
    Timeout = "timeout", "there was no answer in time";
    Protocol = "protocol", "the answer is not one that the contract allows";
}
