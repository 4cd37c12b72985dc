//! A request that must be refused.

use qrgen_contract::Code;

use super::{proofs, requests};
use crate::support::Device;

/// The text of every request here; no answer may repeat it.
pub(crate) const SECRET: &str = "planted-secret";

/// A request that must be refused, and how.
pub(crate) struct Case {
    /// What is wrong with it.
    pub(crate) name: String,
    pub(crate) method: &'static str,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) proofs: Vec<String>,
    pub(crate) body: Vec<u8>,
    pub(crate) status: u16,
    pub(crate) code: Code,
    pub(crate) field: Option<String>,
}

impl Case {
    /// A POST of this body under an honest proof.
    pub(crate) fn signed(name: &str, device: &Device, url: &str, body: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            method: "POST",
            content_type: Some("application/json"),
            proofs: vec![device.proof(url, &body)],
            body,
            status: 0,
            code: Code::Internal,
            field: None,
        }
    }

    /// How it must be refused.
    pub(crate) fn refused(self, status: u16, code: Code, field: Option<String>) -> Self {
        Self {
            status,
            code,
            field,
            ..self
        }
    }
}

/// All of them. `somebody` has a listing that goes on with `token`.
pub(crate) fn all(device: &Device, somebody: &Device, url: &str, token: &str) -> Vec<Case> {
    let mut cases = requests::listed(device, url);
    cases.extend(requests::computed(device, url));
    cases.extend(requests::foreign_tokens(device, somebody, url, token));
    cases.extend(requests::envelopes(device, url));
    cases.extend(proofs::cases(device, somebody, url));
    cases
}
