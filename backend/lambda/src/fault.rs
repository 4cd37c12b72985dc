//! What is raised instead of answered: what the state machine may try again, or must give up.

use lambda_runtime::Diagnostic;
use qrgen_contract::Code;

/// A failure that is not the caller's.
///
/// Its name is the `errorType` that `state-machine.asl.json` retries and catches by; its message
/// says nothing of the request, and the cause is in the log alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The store did not answer in time, refused, or failed. The same event may succeed later.
    #[error("the store did not do what it was asked; the log has the cause under the request id")]
    StorageUnavailable,
    /// A fault of this program. The same event would meet it again.
    #[error("the function failed and stored nothing; the log has the cause under the request id")]
    Internal,
}

impl Fault {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::StorageUnavailable, Self::Internal];

    /// The `errorType`, which never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StorageUnavailable => "StorageUnavailable",
            Self::Internal => "Internal",
        }
    }

    /// What a refusal of the service is raised as; `None` for one that is an answer.
    pub(crate) fn of(code: Code) -> Option<Self> {
        match code {
            Code::StorageUnavailable => Some(Self::StorageUnavailable),
            Code::Internal => Some(Self::Internal),
            _ => None,
        }
    }
}

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        Self {
            error_type: fault.name().to_owned(),
            error_message: fault.to_string(),
        }
    }
}
