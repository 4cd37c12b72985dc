//! A request that must be refused.

use qrgen_contract::Code;
use serde_json::Value;

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

    /// Holds an answer against that: status, code, field, and that the problem tells neither the
    /// text nor a proof.
    #[track_caller]
    pub(crate) fn assert_refused(&self, status: u16, problem: &Value) {
        let found = (status, &problem["status"], problem["code"].as_str());
        let expected = (
            self.status,
            &Value::from(self.status),
            Some(self.code.as_str()),
        );
        assert_eq!(found, expected, "{}: {problem}", self.name);
        let found = (problem["type"].as_str(), problem["field"].as_str());
        let kind = format!("urn:qrgen:problem:{}", self.code);
        let expected = (Some(kind.as_str()), self.field.as_deref());
        assert_eq!(found, expected, "{}: {problem}", self.name);
        let told = problem.to_string();
        assert!(!told.contains(SECRET), "{}: {told}", self.name);
        for proof in self.proofs.iter().filter(|proof| proof.len() > 20) {
            assert!(!told.contains(proof.as_str()), "{}: {told}", self.name);
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
