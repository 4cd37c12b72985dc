//! A P-256 public key as a JWK (RFC 7517; RFC 7518, clause 6.2).

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;

use super::PublicPoint;
use super::verify::Object;
use crate::{Code, Problem};

/// First byte of an uncompressed point (SEC 1, clause 2.3.3).
const UNCOMPRESSED: u8 = 0x04;

/// The point that a JWK names; whether it lies on the curve is not known yet.
///
/// Members without a meaning here, such as `kid` and `use`, are passed over.
pub(super) fn point(jwk: &Object<'_>) -> Result<PublicPoint, Problem> {
    // The private part of an EC, OKP or RSA key, and a symmetric key (RFC 7518, clauses 6.2.2, 6.3.2
    // and 6.4.1).
    if jwk.member("d").is_some() || jwk.member("k").is_some() {
        return Err(Problem::new(
            Code::ProofKeyPrivate,
            "the proof's jwk carries a private part (d or k); that key is public now, make a new one",
        ));
    }
    let member = |name| jwk.text(name);
    if member("kty") != Some("EC") || member("crv") != Some("P-256") {
        return Err(Problem::new(
            Code::ProofKeyUnsupported,
            "the proof's jwk is no P-256 key; kty must be EC and crv P-256",
        ));
    }
    let mut point = [UNCOMPRESSED; 65];
    let (x, y) = point[1..].split_at_mut(32);
    if decode_coordinate(member("x"), x) && decode_coordinate(member("y"), y) {
        Ok(point)
    } else {
        Err(Problem::new(
            Code::ProofKeyInvalid,
            "the proof's jwk has no x and y of 32 bytes in base64url without padding",
        ))
    }
}

/// The key's required members in lexicographic order without white space: what a thumbprint is made
/// of (RFC 7638, clause 3.2), and a valid JWK.
pub(crate) fn canonical(point: &PublicPoint) -> String {
    let (x, y) = point[1..].split_at(32);
    let (x, y) = (BASE64URL.encode_to_string(x), BASE64URL.encode_to_string(y));
    format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)
}

/// A coordinate has its full size, leading zeros included (RFC 7518, clause 6.2.1.2).
fn decode_coordinate(text: Option<&str>, coordinate: &mut [u8]) -> bool {
    let bytes = text.and_then(|text| BASE64URL.decode_to_vec(text).ok());
    match bytes {
        Some(bytes) if bytes.len() == coordinate.len() => {
            coordinate.copy_from_slice(&bytes);
            true
        }
        _ => false,
    }
}
