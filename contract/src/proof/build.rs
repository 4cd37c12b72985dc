//! Building a proof: everything but the signature, which only the device's key can make.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use serde::Serialize;

use super::{ALGORITHM, PublicPoint, TYPE, body_digest, der, jwk};

/// A signature that can't be put on a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The bytes are no DER `ECDSA-Sig-Value` of two positive integers.
    #[error("the signature is no ECDSA signature in DER; the key must sign with SHA256withECDSA")]
    NotDer,
    /// An integer has more than 32 bytes.
    #[error("the signature is larger than P-256 makes; the key must be on the curve P-256")]
    TooLarge,
}

#[derive(Serialize)]
struct Claims<'a> {
    htm: &'a str,
    htu: &'a str,
    iat: i64,
    jti: &'a str,
    digest: &'a str,
}

/// A proof that waits for its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsigned {
    /// `BASE64URL(header) . BASE64URL(claims)` (RFC 7515, clause 5.1).
    signing_input: String,
}

impl Unsigned {
    /// A proof by the key of `public_point` for one request: `method` on `url` (as
    /// [`normalize_url`](super::normalize_url) gives it) with exactly the bytes `body`.
    ///
    /// `issued_at_unix_seconds` is the time by the service's clock. `jti` is an identifier of 1 to
    /// 128 characters, new for each proof.
    pub fn new(
        public_point: &PublicPoint,
        method: &str,
        url: &str,
        body: &[u8],
        issued_at_unix_seconds: i64,
        jti: &str,
    ) -> Self {
        let jwk = jwk::canonical(public_point);
        let header = format!(r#"{{"typ":"{TYPE}","alg":"{ALGORITHM}","jwk":{jwk}}}"#);
        let claims = crate::to_json(&Claims {
            htm: method,
            htu: url,
            iat: issued_at_unix_seconds,
            jti,
            digest: &body_digest(body),
        });
        Self {
            signing_input: format!(
                "{}.{}",
                BASE64URL.encode_to_string(header),
                BASE64URL.encode_to_string(claims)
            ),
        }
    }

    /// The bytes to sign, with ECDSA on P-256 and SHA-256.
    pub fn signing_input(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The header value, from a signature in DER, as key stores return it.
    pub fn with_der_signature(self, der: &[u8]) -> Result<String, SignatureError> {
        der::to_fixed(der).map(|signature| self.with_fixed_signature(&signature))
    }

    /// The header value, from a signature in the fixed form r ‖ s (RFC 7518, clause 3.4).
    pub fn with_fixed_signature(self, signature: &[u8; 64]) -> String {
        let mut proof = self.signing_input;
        proof.push('.');
        BASE64URL.encode_append(signature, &mut proof);
        proof
    }
}
