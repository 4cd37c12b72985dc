//! Who may call, and how far clocks may differ.

use qrgen_contract::limits;

/// How a [`Service`](crate::Service) is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Who may call.
    pub access: Access,
    /// How far the time of a proof may lie from this machine's, either way, in seconds.
    pub skew_seconds: i64,
}

impl Config {
    /// The usual set-up: clocks may differ by [`limits::PROOF_SKEW_SECONDS`].
    pub fn new(access: Access) -> Self {
        Self {
            access,
            skew_seconds: limits::PROOF_SKEW_SECONDS,
        }
    }
}

/// Who may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Whoever proves to hold the key of the device that they name (RFC 9449).
    Proof {
        /// The public URLs of the endpoint, each as [`qrgen_contract::proof::normalize_url`] gives it.
        /// A proof must name one of them.
        urls: Vec<String>,
    },
    /// Anybody, in the name of any device; proofs are not looked at. For this machine only.
    Open,
}
