//! The identity of a device: the thumbprint of its public key.

use std::fmt;

use base64_simd::{AsOut as _, URL_SAFE_NO_PAD as BASE64URL};
use ring::digest::{SHA256, digest};

use crate::proof::PublicPoint;
use crate::proof::jwk;
use crate::{Code, Problem};

/// A device's id: the JWK thumbprint (RFC 7638, SHA-256) of its P-256 public key, in base64url
/// without padding. So nobody can use an id without the key, and no register is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId(String);

impl DeviceId {
    /// What an id looks like, as a regular expression: 32 bytes in base64url, whose last character
    /// carries four bits and two zeros.
    pub(crate) const PATTERN: &str = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$";

    /// Takes a well-formed id: 43 characters of base64url in the one spelling that 32 bytes have.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::check(text)?;
        Ok(Self(text.to_owned()))
    }

    /// Whether [`Self::parse`] takes a text.
    pub(crate) fn check(text: &str) -> Result<(), Problem> {
        let mut thumbprint = [0; 32];
        if text.len() == 43
            && BASE64URL
                .decode(text.as_bytes(), thumbprint[..].as_out())
                .is_ok()
        {
            return Ok(());
        }
        Err(Problem::new(
            Code::DeviceIdInvalid,
            "deviceId is not a SHA-256 thumbprint (RFC 7638) in 43 characters of base64url",
        )
        .with_field("deviceId"))
    }

    /// The id of the device that holds the private key of `point`.
    pub fn of(point: &PublicPoint) -> Self {
        Self(BASE64URL.encode_to_string(digest(&SHA256, jwk::canonical(point).as_bytes())))
    }

    /// The 43 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}
