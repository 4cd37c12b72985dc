//! Checking a proof (RFC 9449, clause 4.3), each check with a code of its own.

use std::time::{Duration, UNIX_EPOCH};

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use ring::rand::SystemRandom;
use ring::{agreement, signature};

use super::{ALGORITHM, PublicPoint, TYPE, body_digest, jwk, normalize_url};
use crate::parse::node::{Members, Node};
use crate::{Code, DeviceId, Problem, limits};

/// What a proof is held against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The method of the request, in upper case.
    pub method: &'a str,
    /// The public URLs of the endpoint, each as [`normalize_url`] gives it; one of them must match.
    pub urls: &'a [String],
    /// The bytes of the body, before any reading.
    pub body: &'a [u8],
    /// The time.
    pub now_unix_seconds: i64,
    /// How far the proof's time may lie from it, either way, in seconds.
    pub skew_seconds: i64,
}

/// Checks a proof and says whose it is.
///
/// The checks, in their order, and the codes of those that fail:
///
/// 1. form: length, three parts, base64url, header, `typ`, no `crit`: `proof_malformed`
/// 2. `alg`: `proof_algorithm_unsupported`
/// 3. the key has no private part, is for P-256, is a point: `proof_key_private`,
///    `proof_key_unsupported`, `proof_key_invalid`
/// 4. signature: `proof_signature_invalid`
/// 5. form of the claims, which nobody vouched for until here: `proof_malformed`
/// 6. `htm`: `proof_method_mismatch`
/// 7. `htu`: `proof_url_mismatch`
/// 8. `iat`: `proof_expired`, `proof_not_yet_valid`, both with the server's time
/// 9. `digest`: `proof_digest_mismatch`
pub fn verify(header: &str, expected: &Expected<'_>) -> Result<DeviceId, Problem> {
    let parts = Parts::split(header)?;
    let point = parts.key()?;
    parts.check_signature(&point)?;
    parts.check_claims(expected)?;
    Ok(DeviceId::of(&point))
}

/// A proof taken apart: a compact JWS (RFC 7515, clause 7.1), its parts still in base64url.
struct Parts<'a> {
    header: &'a str,
    claims: &'a str,
    signature: &'a str,
    /// The first two with their dot: what is signed.
    signing_input: &'a str,
}

impl<'a> Parts<'a> {
    fn split(proof: &'a str) -> Result<Self, Problem> {
        if proof.len() > limits::PROOF_BYTES {
            return Err(malformed("is longer than any honest one")
                .with_limit(limits::PROOF_BYTES as u64, proof.len() as u64));
        }
        let parts = proof
            .rsplit_once('.')
            .and_then(|(signing_input, signature)| {
                let (header, claims) = signing_input.split_once('.')?;
                (!claims.contains('.')).then_some(Self {
                    header,
                    claims,
                    signature,
                    signing_input,
                })
            });
        parts.ok_or_else(|| malformed("is no JWT of three parts"))
    }

    fn key(&self) -> Result<PublicPoint, Problem> {
        decoded(self.header, "header", key)
    }

    fn check_signature(&self, point: &PublicPoint) -> Result<(), Problem> {
        let Ok(signature) = BASE64URL.decode_to_vec(self.signature) else {
            return Err(malformed(
                "has a signature that is no base64url without padding",
            ));
        };
        let key = signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
        if key
            .verify(self.signing_input.as_bytes(), &signature)
            .is_ok()
        {
            return Ok(());
        }
        // `ring` does not say which of the two is wrong.
        Err(if is_on_curve(point) {
            Problem::new(
                Code::ProofSignatureInvalid,
                "the proof's signature is not by the key in its header over these bytes; \
                 it must be r and s, 64 bytes",
            )
        } else {
            Problem::new(
                Code::ProofKeyInvalid,
                "the proof's jwk names a point that is not on the curve P-256",
            )
        })
    }

    fn check_claims(&self, expected: &Expected<'_>) -> Result<(), Problem> {
        decoded(self.claims, "claims", |claims| check(claims, expected))
    }
}

/// Checks the header and reads the key out of it. Parameters without a meaning here are passed over
/// (RFC 7515, clause 4).
fn key(header: &Object<'_>) -> Result<PublicPoint, Problem> {
    if header.string("typ")? != TYPE {
        return Err(malformed("has another typ than dpop+jwt"));
    }
    // It says that some parameter must be understood (RFC 7515, clause 4.1.11); none is.
    if header.member("crit").is_some() {
        return Err(malformed(
            "has critical header parameters (crit); none is known here",
        ));
    }
    if header.string("alg")? != ALGORITHM {
        return Err(Problem::new(
            Code::ProofAlgorithmUnsupported,
            "the proof is not signed with ES256, the one algorithm that is taken",
        ));
    }
    jwk::point(&header.object("jwk")?)
}

fn check(claims: &Object<'_>, expected: &Expected<'_>) -> Result<(), Problem> {
    let (method, url) = (claims.string("htm")?, claims.string("htu")?);
    let (issued_at, digest) = (claims.integer("iat")?, claims.string("digest")?);
    let id_chars = claims.string("jti")?.chars().count();
    if !(1..=limits::PROOF_ID_CHARS).contains(&id_chars) {
        return Err(malformed(&format!(
            "has a jti that is empty or longer than {} characters",
            limits::PROOF_ID_CHARS
        )));
    }
    if method != expected.method {
        return Err(Problem::new(
            Code::ProofMethodMismatch,
            format!(
                "the proof's htm is not {}, the method of this request",
                expected.method
            ),
        ));
    }
    // Most proofs name the URL in its normal form already.
    let expects = |url: &str| expected.urls.iter().any(|expected| expected == url);
    if !expects(url) && !normalize_url(url).is_ok_and(|url| expects(&url)) {
        return Err(Problem::new(
            Code::ProofUrlMismatch,
            format!(
                "the proof's htu is not this endpoint: {}",
                expected.urls.join(" or ")
            ),
        ));
    }
    check_age(issued_at, expected)?;
    if digest != body_digest(expected.body) {
        return Err(Problem::new(
            Code::ProofDigestMismatch,
            "the proof's digest is not the SHA-256 of the body that came with it",
        ));
    }
    Ok(())
}

/// The header, the key in it, or the claims. Of members of one name the last counts (RFC 7515,
/// clause 4; RFC 7519, clause 4).
pub(super) struct Object<'a> {
    members: &'a Members<'a>,
}

impl<'a> Object<'a> {
    pub(super) fn member(&self, name: &str) -> Option<&'a Node<'a>> {
        let mut members = self.members.iter().rev();
        members
            .find(|(found, _)| found == name)
            .map(|(_, node)| node)
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        match self.member(name)? {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    fn object(&self, name: &str) -> Result<Self, Problem> {
        match self.member(name) {
            Some(Node::Object(members)) => Ok(Self { members }),
            _ => Err(malformed(&format!(
                "has no {name}, an object, in its header"
            ))),
        }
    }

    fn string(&self, name: &str) -> Result<&'a str, Problem> {
        let member = self.text(name);
        member.ok_or_else(|| malformed(&format!("has no {name}, a string")))
    }

    fn integer(&self, name: &str) -> Result<i64, Problem> {
        match self.member(name) {
            Some(Node::Integer(number)) => Ok(*number),
            _ => Err(malformed(&format!("has no {name}, a whole number"))),
        }
    }
}

/// Reads a part, which must be an object, and hands it over.
fn decoded<T>(
    part: &str,
    name: &str,
    take: impl FnOnce(&Object<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let json = BASE64URL.decode_to_vec(part).unwrap_or_default();
    match Node::read(&json) {
        Ok(Node::Object(members)) => take(&Object { members: &members }),
        _ => Err(malformed(&format!(
            "has no {name}: a JSON object in base64url without padding"
        ))),
    }
}

fn check_age(issued_at: i64, expected: &Expected<'_>) -> Result<(), Problem> {
    let age = expected.now_unix_seconds.saturating_sub(issued_at);
    let skew = expected.skew_seconds;
    let problem = if age > skew {
        Problem::new(
            Code::ProofExpired,
            format!("the proof is {age} s old by the server's clock; {skew} s are taken"),
        )
    } else if age.saturating_neg() > skew {
        Problem::new(
            Code::ProofNotYetValid,
            format!(
                "the proof's time is {} s ahead of the server's clock; {skew} s are taken",
                age.saturating_neg()
            ),
        )
    } else {
        return Ok(());
    };
    Err(problem.with_server_time(rfc3339(expected.now_unix_seconds)))
}

/// Whether the point lies on P-256: `ring` checks it before it agrees on a key with it.
fn is_on_curve(point: &PublicPoint) -> bool {
    let algorithm = &agreement::ECDH_P256;
    let peer = agreement::UnparsedPublicKey::new(algorithm, point);
    agreement::EphemeralPrivateKey::generate(algorithm, &SystemRandom::new())
        .and_then(|key| agreement::agree_ephemeral(key, &peer, |_| ()))
        .is_ok()
}

fn malformed(reason: &str) -> Problem {
    Problem::new(Code::ProofMalformed, format!("the proof {reason}"))
}

fn rfc3339(unix_seconds: i64) -> String {
    /// The last second that the format can write: 9999-12-31T23:59:59Z.
    const LAST: u64 = 253_402_300_799;
    let seconds = u64::try_from(unix_seconds).unwrap_or_default().min(LAST);
    humantime::format_rfc3339_seconds(UNIX_EPOCH + Duration::from_secs(seconds)).to_string()
}
