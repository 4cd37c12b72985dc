//! A device that signs.

use qrgen_contract::DeviceId;
use qrgen_contract::proof::{PublicPoint, Unsigned};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

/// The public URL of the endpoint in the tests.
pub(crate) const URL: &str = "https://qr.example/v1/qr";

/// A device with a new key.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    point: PublicPoint,
}

impl Device {
    pub(crate) fn new() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let point = key.public_key().as_ref().try_into().unwrap();
        Self { key, point }
    }

    pub(crate) fn id(&self) -> DeviceId {
        DeviceId::of(&self.point)
    }

    /// A proof for `body` at a time, by Unix seconds.
    pub(crate) fn sign(&self, method: &str, url: &str, body: &[u8], issued_at: i64) -> String {
        let unsigned = Unsigned::new(&self.point, method, url, body, issued_at, "1");
        let signature = self
            .key
            .sign(&SystemRandom::new(), unsigned.signing_input())
            .unwrap();
        unsigned.with_fixed_signature(signature.as_ref().try_into().unwrap())
    }
}
