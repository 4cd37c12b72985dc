//! A good request under bad proofs: the attacks of RFC 8725 ("JWT Best Current Practices") and RFC
//! 9449, clause 11.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use qrgen_contract::Code;
use qrgen_contract::proof::{Unsigned, body_digest};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::case::Case;
use super::requests;
use crate::support::{Device, now, signing_input};

/// All of them, against a device whose keys are known to `somebody` no more than its public half.
pub(super) fn cases(device: &Device, somebody: &Device, url: &str) -> Vec<Case> {
    let body = requests::request("GENERATE", device, json!({}));
    let forger = Forger::new(device, url, &body);
    let mut proofs = forms(&forger);
    proofs.extend(algorithms(&forger));
    proofs.extend(keys(&forger));
    proofs.extend(signatures(&forger, somebody));
    proofs.extend(claims(&forger));
    let mut cases: Vec<Case> = proofs
        .into_iter()
        .map(|(name, code, proof)| Case {
            proofs: vec![proof],
            ..Case::signed(name, device, url, body.clone()).refused(401, code, None)
        })
        .collect();

    let honest = device.proof(url, &body);
    let case = |name| Case::signed(name, device, url, body.clone());
    let missing = case("no proof").refused(401, Code::ProofMissing, None);
    cases.push(Case {
        proofs: vec![],
        ..missing
    });
    let twice = case("two proofs").refused(401, Code::ProofMalformed, None);
    cases.push(Case {
        proofs: vec![honest.clone(), honest],
        ..twice
    });
    let stranger = case("a device in the name of another");
    let stranger = stranger.refused(403, Code::DeviceMismatch, Some("deviceId".to_owned()));
    cases.push(Case {
        proofs: vec![somebody.proof(url, &body)],
        ..stranger
    });
    cases
}

/// Name, code, proof.
type Row = (&'static str, Code, String);

fn forms(forger: &Forger<'_>) -> Vec<Row> {
    let honest = forger.honest();
    let two_parts = honest.rsplit_once('.').unwrap().0.to_owned();
    let bad = Code::ProofMalformed;
    vec![
        ("empty", bad, String::new()),
        ("no token", bad, "Bearer".to_owned()),
        ("two parts", bad, two_parts),
        ("four parts", bad, format!("{honest}.e30")),
        ("with padding", bad, format!("{honest}==")),
        ("5,000 characters", bad, "a".repeat(5_000)),
        ("another typ", bad, forger.with_header("typ", json!("JWT"))),
        ("no typ", bad, forger.with_header("typ", Value::Null)),
        (
            "critical extension",
            bad,
            forger.with_header("crit", json!(["b64"])),
        ),
        ("no jwk", bad, forger.with_header("jwk", Value::Null)),
        ("no htm", bad, forger.with_claim("htm", Value::Null)),
        ("no htu", bad, forger.with_claim("htu", Value::Null)),
        ("no iat", bad, forger.with_claim("iat", Value::Null)),
        ("no jti", bad, forger.with_claim("jti", Value::Null)),
        ("no digest", bad, forger.with_claim("digest", Value::Null)),
        ("iat is a string", bad, forger.with_claim("iat", json!("1"))),
        (
            "iat has a fraction",
            bad,
            forger.with_claim("iat", json!(1.5)),
        ),
        ("empty jti", bad, forger.with_claim("jti", json!(""))),
    ]
}

fn algorithms(forger: &Forger<'_>) -> Vec<Row> {
    let bad = Code::ProofAlgorithmUnsupported;
    let (point, jwk) = (forger.device.point(), forger.jwk.to_string());
    vec![
        ("alg none", bad, forger.unsigned("none")),
        ("alg None", bad, forger.unsigned("None")),
        ("alg RS256", bad, forger.with_header("alg", json!("RS256"))),
        (
            "HS256 with the public point as secret",
            bad,
            forger.hs256(&point),
        ),
        (
            "HS256 with the public JWK as secret",
            bad,
            forger.hs256(jwk.as_bytes()),
        ),
        ("ES384 with a P-384 key", bad, forger.p384("ES384")),
    ]
}

fn keys(forger: &Forger<'_>) -> Vec<Row> {
    let private = BASE64URL.encode_to_string([7; 32]);
    let symmetric = json!({ "kty": "oct", "k": "AAAA" });
    vec![
        ("P-384 key", Code::ProofKeyUnsupported, forger.p384("ES256")),
        (
            "another curve by name",
            Code::ProofKeyUnsupported,
            forger.with_jwk("crv", json!("P-521")),
        ),
        (
            "another kty",
            Code::ProofKeyUnsupported,
            forger.with_jwk("kty", json!("RSA")),
        ),
        (
            "point not on the curve",
            Code::ProofKeyInvalid,
            forger.off_curve(),
        ),
        (
            "short coordinate",
            Code::ProofKeyInvalid,
            forger.with_jwk("x", json!("AAAA")),
        ),
        (
            "no y",
            Code::ProofKeyInvalid,
            forger.with_jwk("y", Value::Null),
        ),
        (
            "private part",
            Code::ProofKeyPrivate,
            forger.with_jwk("d", json!(private)),
        ),
        (
            "symmetric key",
            Code::ProofKeyPrivate,
            forger.with_header("jwk", symmetric),
        ),
    ]
}

fn signatures(forger: &Forger<'_>, somebody: &Device) -> Vec<Row> {
    let honest = forger.honest();
    let (signed, signature) = honest.rsplit_once('.').unwrap();
    let mut bent = BASE64URL.decode_to_vec(signature).unwrap();
    bent[40] ^= 1;
    let by = |signature: &[u8]| format!("{signed}.{}", BASE64URL.encode_to_string(signature));
    let bad = Code::ProofSignatureInvalid;
    vec![
        ("no signature", bad, forger.unsigned("ES256")),
        ("bent signature", bad, by(&bent)),
        ("short signature", bad, by(&bent[..63])),
        ("signature of zeros", bad, by(&[0; 64])),
        (
            "signature of another key",
            bad,
            by(&somebody.sign(signed.as_bytes())),
        ),
        (
            "signature of another proof",
            bad,
            by(&forger.device.sign(b"another")),
        ),
    ]
}

fn claims(forger: &Forger<'_>) -> Vec<Row> {
    let url = forger.claims["htu"].as_str().unwrap();
    let longer = format!("{url}/more");
    let other_scheme = match url.strip_prefix("https:") {
        Some(rest) => format!("http:{rest}"),
        None => url.replace("http:", "https:"),
    };
    let elsewhere = json!("https://example.com/v1/qr");
    let other_body = json!(body_digest(b"{}"));
    vec![
        (
            "for another method",
            Code::ProofMethodMismatch,
            forger.with_claim("htm", json!("GET")),
        ),
        (
            "for another host",
            Code::ProofUrlMismatch,
            forger.with_claim("htu", elsewhere),
        ),
        (
            "for another path",
            Code::ProofUrlMismatch,
            forger.with_claim("htu", json!(longer)),
        ),
        (
            "for another scheme",
            Code::ProofUrlMismatch,
            forger.with_claim("htu", json!(other_scheme)),
        ),
        (
            "for no URL",
            Code::ProofUrlMismatch,
            forger.with_claim("htu", json!("/v1/qr")),
        ),
        (
            "expired",
            Code::ProofExpired,
            forger.with_claim("iat", json!(now() - 310)),
        ),
        (
            "from long ago",
            Code::ProofExpired,
            forger.with_claim("iat", json!(i64::MIN)),
        ),
        (
            // By more than a slow run of all cases takes.
            "from the future",
            Code::ProofNotYetValid,
            forger.with_claim("iat", json!(now() + 3_600)),
        ),
        (
            "from the end of time",
            Code::ProofNotYetValid,
            forger.with_claim("iat", json!(i64::MAX)),
        ),
        (
            "for another body",
            Code::ProofDigestMismatch,
            forger.with_claim("digest", other_body),
        ),
    ]
}

/// Makes tokens out of an honest proof's header and claims.
struct Forger<'a> {
    device: &'a Device,
    jwk: Value,
    header: Value,
    claims: Value,
}

impl<'a> Forger<'a> {
    fn new(device: &'a Device, url: &str, body: &[u8]) -> Self {
        let jwk = jwk("P-256", &device.point()[1..]);
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk });
        let digest = body_digest(body);
        let claims =
            json!({ "htm": "POST", "htu": url, "iat": now(), "jti": "1", "digest": digest });
        Self {
            device,
            jwk,
            header,
            claims,
        }
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        self.device.token(&header.to_string(), &claims.to_string())
    }

    fn honest(&self) -> String {
        self.token(&self.header, &self.claims)
    }

    fn with_header(&self, name: &str, value: Value) -> String {
        self.token(&set(&self.header, name, value), &self.claims)
    }

    fn with_jwk(&self, name: &str, value: Value) -> String {
        self.with_header("jwk", set(&self.jwk, name, value))
    }

    fn with_claim(&self, name: &str, value: Value) -> String {
        self.token(&self.header, &set(&self.claims, name, value))
    }

    /// What is to be signed under another header.
    fn input(&self, header: &Value) -> String {
        signing_input(&header.to_string(), &self.claims.to_string())
    }

    /// A token with no signature at all.
    fn unsigned(&self, algorithm: &str) -> String {
        format!(
            "{}.",
            self.input(&set(&self.header, "alg", json!(algorithm)))
        )
    }

    /// A token whose "signature" anybody can make who knows the public key.
    fn hs256(&self, secret: &[u8]) -> String {
        let input = self.input(&set(&self.header, "alg", json!("HS256")));
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), input.as_bytes());
        format!("{input}.{}", BASE64URL.encode_to_string(tag))
    }

    /// A token by a key on P-384, and rightly signed.
    fn p384(&self, algorithm: &str) -> String {
        let random = SystemRandom::new();
        let signing = &ECDSA_P384_SHA384_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(signing, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8.as_ref(), &random).unwrap();
        let header = set(
            &self.header,
            "jwk",
            jwk("P-384", &pair.public_key().as_ref()[1..]),
        );
        let input = self.input(&set(&header, "alg", json!(algorithm)));
        let signature = pair.sign(&random, input.as_bytes()).unwrap();
        format!("{input}.{}", BASE64URL.encode_to_string(signature))
    }

    /// A token by the device under a point that was moved off the curve.
    fn off_curve(&self) -> String {
        let mut point = self.device.point();
        point[64] ^= 1;
        let unsigned = Unsigned::new(&point, "POST", "http://localhost", b"", now(), "1");
        let signature = self.device.sign(unsigned.signing_input());
        unsigned.with_fixed_signature(&signature)
    }
}

/// The JWK of a point without its first byte.
fn jwk(curve: &str, point: &[u8]) -> Value {
    let (x, y) = point.split_at(point.len() / 2);
    let (x, y) = (BASE64URL.encode_to_string(x), BASE64URL.encode_to_string(y));
    json!({ "kty": "EC", "crv": curve, "x": x, "y": y })
}

/// The object with one member set otherwise, or without it for null.
fn set(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    let members = object.as_object_mut().unwrap();
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    object
}
