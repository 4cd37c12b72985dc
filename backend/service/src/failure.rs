//! Why an operation did not succeed, and what of that a caller may know.

use qrgen_contract::{Code, Problem};

use crate::StoreError;
use crate::verify::Unverified;

/// When a store that did not answer may be asked again, in seconds.
const RETRY_AFTER_SECONDS: u64 = 1;

/// Why an operation did not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The request asks for something that it can't have.
    #[error(transparent)]
    Refused(#[from] Problem),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A decoder read something else than was drawn: a fault of this service, and nothing is stored.
    #[error(transparent)]
    Unverified(#[from] Unverified),
    /// An answer could not be written.
    #[error("the answer can't be written as JSON: {0}")]
    Answer(#[from] serde_json::Error),
}

impl Failure {
    /// The problem that the caller gets. The cause of one that is not the caller's goes to the log
    /// alone, with the id under which the caller can ask for it.
    pub(crate) fn into_problem(self, request_id: &str) -> Problem {
        let problem = match self {
            Self::Refused(problem) => return problem,
            Self::Store(StoreError::Unavailable { .. }) => Problem::new(
                Code::StorageUnavailable,
                "the store did not do what it was asked; try again, the operations may be repeated safely",
            )
            .with_retry_after(RETRY_AFTER_SECONDS),
            _ => Problem::new(
                Code::Internal,
                "the service failed and stored nothing; report it with its requestId",
            ),
        };
        tracing::error!(request_id, code = problem.code, cause = %self, "call failed");
        problem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever calls learns what to do; why it happened is in the log.
    #[test]
    fn a_failure_is_told_by_what_the_caller_can_do() {
        let unavailable = StoreError::Unavailable {
            reason: "disk full".to_owned(),
        };
        for (failure, code, retry_after) in [
            (
                Problem::new(Code::FilenameTaken, "taken").into(),
                Code::FilenameTaken,
                None,
            ),
            (unavailable.into(), Code::StorageUnavailable, Some(1)),
            (
                Unverified::Differs { what: "text" }.into(),
                Code::Internal,
                None,
            ),
        ] {
            let failure: Failure = failure;
            let cause = failure.to_string();
            let problem = failure.into_problem("1");
            assert_eq!(problem.known_code(), Some(code));
            assert_eq!(problem.retry_after_seconds, retry_after);
            assert!(code == Code::FilenameTaken || !problem.detail.contains(&cause));
        }
    }
}
