//! The device's proof: who asks, for which bytes, and when (RFC 9449, `DPoP`, with one claim more).
//!
//! A proof is a JWT (RFC 7519) in the header `DPoP` of a request, signed by the device's P-256 key:
//!
//! | part | member | value |
//! |---|---|---|
//! | header | `typ` | `dpop+jwt` |
//! | | `alg` | `ES256` |
//! | | `jwk` | the public key (RFC 7517): `kty` `EC`, `crv` `P-256`, `x`, `y` |
//! | claims | `htm` | the HTTP method |
//! | | `htu` | the URL, without query and fragment |
//! | | `iat` | the time, in Unix seconds |
//! | | `jti` | an identifier, 1 to 128 characters; kept nowhere |
//! | | `digest` | ours: the digest of the exact body bytes, as RFC 9530 writes it: `sha-256=:…:` |
//!
//! The last claim binds the proof to its body. So a proof that is stolen can't be put on other
//! bytes, and a replay repeats what the device itself asked a moment ago; the operations bear that.
//! No server keeps a memory of `jti`, and none knows a secret: the key in the proof *is* the
//! [`DeviceId`](crate::DeviceId).
//!
//! A client builds one with [`Unsigned`], a server checks one with [`verify()`].

mod build;
mod der;
mod digest;
pub(crate) mod jwk;
mod url;
mod verify;

pub use build::{SignatureError, Unsigned};
pub use digest::body_digest;
pub use url::{endpoint_url, normalize_url};
pub use verify::{Expected, verify};

/// A P-256 public key as an uncompressed point (SEC 1, clause 2.3.3): `0x04`, x, y, big-endian.
pub type PublicPoint = [u8; 65];

/// The `typ` of a proof (RFC 9449, clause 4.2).
const TYPE: &str = "dpop+jwt";

/// The one algorithm that is taken: ECDSA on P-256 with SHA-256 (RFC 7518, clause 3.4).
const ALGORITHM: &str = "ES256";
