//! A device: a P-256 key that signs what it is told to, honest or not.

use std::time::{SystemTime, UNIX_EPOCH};

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use qrgen_contract::DeviceId;
use qrgen_contract::proof::{PublicPoint, Unsigned};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

/// A key in memory.
pub(crate) struct Device {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl Device {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        Self { pair, random }
    }

    /// The uncompressed public point.
    pub(crate) fn point(&self) -> PublicPoint {
        self.pair.public_key().as_ref().try_into().unwrap()
    }

    pub(crate) fn id(&self) -> String {
        DeviceId::of(&self.point()).to_string()
    }

    /// The fixed form r ‖ s.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.pair
            .sign(&self.random, message)
            .unwrap()
            .as_ref()
            .try_into()
            .unwrap()
    }

    /// An honest proof, made now.
    pub(crate) fn proof(&self, url: &str, body: &[u8]) -> String {
        self.proof_at(now(), url, body)
    }

    /// A proof that is honest but for its time.
    pub(crate) fn proof_at(&self, issued_at: i64, url: &str, body: &[u8]) -> String {
        let unsigned = Unsigned::new(
            &self.point(),
            "POST",
            url,
            body,
            issued_at,
            "one of its kind",
        );
        let signature = self.sign(unsigned.signing_input());
        unsigned.with_fixed_signature(&signature)
    }

    /// A signed token of any header and claims.
    pub(crate) fn token(&self, header: &str, claims: &str) -> String {
        let input = signing_input(header, claims);
        let signature = self.sign(input.as_bytes());
        format!("{input}.{}", BASE64URL.encode_to_string(signature))
    }
}

/// What a token signs.
pub(crate) fn signing_input(header: &str, claims: &str) -> String {
    format!(
        "{}.{}",
        BASE64URL.encode_to_string(header),
        BASE64URL.encode_to_string(claims)
    )
}

/// Unix time in seconds.
pub(crate) fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
        .try_into()
        .unwrap()
}
