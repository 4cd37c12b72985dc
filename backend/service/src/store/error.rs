//! What can go wrong with a store, told apart by what helps.

use std::error::Error;
use std::io;
use std::path::PathBuf;

/// A store that can't be opened, or that does not do what it is asked.
///
/// No message names a key, for a key holds the name of a code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The specification names no store.
    #[error(
        "{spec:?} names no store: {reason}; give memory:, the path of a folder, or s3://bucket/prefix"
    )]
    Spec {
        /// What was given.
        spec: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The folder can't be made or opened.
    #[error(
        "could not open the folder {path:?} as a store: {source}; give one that can be made, read and written"
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The client for S3 can't be set up from the `AWS_*` variables.
    #[error("could not set up the client for S3: {reason}; check the AWS_* variables")]
    Client {
        /// What is wrong with them.
        reason: String,
    },
    /// The store did not answer, refused, or failed while it worked. The same request may succeed
    /// later.
    #[error("the store failed: {reason}")]
    Unavailable {
        /// The innermost cause.
        reason: String,
    },
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        Self::Unavailable {
            reason: innermost(&error),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        Self::Unavailable {
            reason: error.to_string(),
        }
    }
}

impl From<tokio::task::JoinError> for StoreError {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::Unavailable {
            reason: "the task that worked on it was ended".to_owned(),
        }
    }
}

/// The innermost error of a chain, which says why; the outer ones say where, and that is the key. Of
/// a refusal by S3 only the status is kept: the XML that follows names the key again.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let text = innermost.to_string();
    let cause = text.split(['<', '\n']).next().unwrap_or_default();
    cause.trim_end_matches([' ', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("GET {key}")]
    struct Outer {
        key: &'static str,
        source: io::Error,
    }

    /// A file name is its owner's business; logs are read by others.
    #[test]
    fn a_reason_says_why_and_never_which_object() {
        for (cause, reason) in [
            ("connection refused", "connection refused"),
            (
                "status 503: <?xml version=\"1.0\"?><Key>images/d/menu.png</Key>",
                "status 503",
            ),
            ("status 500: \nKey: menu.png", "status 500"),
        ] {
            let error = object_store::Error::Generic {
                store: "test",
                source: Box::new(Outer {
                    key: "images/d/menu.png",
                    source: io::Error::other(cause),
                }),
            };
            assert_eq!(innermost(&error), reason);
            assert_eq!(
                StoreError::from(error).to_string(),
                format!("the store failed: {reason}")
            );
        }
    }
}
