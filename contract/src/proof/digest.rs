//! The digest of a body (RFC 9530).

use base64_simd::STANDARD as BASE64;
use ring::digest::{SHA256, digest};

/// The SHA-256 of `body` as a member of `Content-Digest` (RFC 9530, clause 2): `sha-256=:…:`.
pub fn body_digest(body: &[u8]) -> String {
    format!(
        "sha-256=:{}:",
        BASE64.encode_to_string(digest(&SHA256, body))
    )
}
