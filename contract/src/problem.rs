//! A refusal on the wire: problem details (RFC 9457) with a stable code.

use std::ops::{Deref, DerefMut};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Code;

/// A refused request, as `application/problem+json` (RFC 9457, clause 3).
///
/// Its members are reached through [`Deref`]: `problem.code`, `problem.detail` … They sit in a box,
/// so that a `Result` that holds a problem stays as small as its good case.
///
/// Reading one is lenient: members that this version does not know are passed over, and a code that
/// it does not know stays what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}: {}", .0.code, .0.detail)]
#[serde(transparent)]
pub struct Problem(Box<ProblemMembers>);

/// The members of a [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Problem")]
pub struct ProblemMembers {
    /// URN of the kind of problem: `urn:qrgen:problem:` and the code.
    #[serde(rename = "type", default)]
    pub type_: String,
    /// The kind of problem in a few words; the same for every problem of one code.
    #[serde(default)]
    pub title: String,
    /// HTTP status of the answer.
    #[schemars(range(min = 400, max = 599))]
    pub status: u16,
    /// Stable code for programs; the guide lists them.
    pub code: String,
    /// What is wrong with this request and what to do, for people. Never holds the text of a code, a
    /// key or a proof.
    #[serde(default)]
    pub detail: String,
    /// The member of the request that is refused, as a path: `detail.scale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The limit that was passed, in the unit that `detail` names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// The value that passed it, in the same unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<u64>,
    /// The request's id in the logs of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The service's time (RFC 3339, UTC), when the age of a proof is what is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_time: Option<String>,
    /// Seconds to wait before the next try; the header `Retry-After` says the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

impl Problem {
    /// A problem of the kind `code`; `detail` says what is wrong with this one request and what to do.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self(Box::new(ProblemMembers {
            type_: format!("urn:qrgen:problem:{code}"),
            title: code.title().to_owned(),
            status: code.status(),
            code: code.as_str().to_owned(),
            detail: detail.into(),
            field: None,
            limit: None,
            actual: None,
            request_id: None,
            server_time: None,
            retry_after_seconds: None,
        }))
    }

    /// Names the member of the request that is refused, as a path such as `detail.scale`.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Gives the limit that was passed and the value that passed it, both in the unit of `detail`.
    #[must_use]
    pub fn with_limit(mut self, limit: u64, actual: u64) -> Self {
        self.limit = Some(limit);
        self.actual = Some(actual);
        self
    }

    /// Gives the id under which the service logs this request.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// Gives the service's time, in RFC 3339, UTC.
    #[must_use]
    pub fn with_server_time(mut self, server_time: impl Into<String>) -> Self {
        self.server_time = Some(server_time.into());
        self
    }

    /// Gives the seconds to wait before the next try.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// The code, if this version of the contract knows it.
    pub fn known_code(&self) -> Option<Code> {
        self.code.parse().ok()
    }

    /// The compact JSON that goes on the wire.
    pub fn to_json(&self) -> Vec<u8> {
        crate::to_json(self)
    }

    /// Reads a problem of this contract. `None` for any other body, for example the answer of a
    /// proxy that never asked the service.
    pub fn from_json(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }
}

impl Deref for Problem {
    type Target = ProblemMembers;

    fn deref(&self) -> &ProblemMembers {
        &self.0
    }
}

impl DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut ProblemMembers {
        &mut self.0
    }
}
