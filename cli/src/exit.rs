//! How the program ends: its exit codes, and the failure that leads to each.

use std::fmt;
use std::io;
use std::process::ExitCode;

use qrgen_contract::Code;
use qrgen_sdk::QrError;
use serde::{Serialize, Serializer};

/// The exit codes, as `--help` and the manual page print them.
pub(crate) const HELP: &str = "\
Exit codes:
  0    done
  1    refused: the input breaks a rule, or a name or file is taken
  2    the command line is wrong
  3    there is no code of that name
  4    the service, its store or the network failed; the same command may work later
  5    qrgen itself or this machine failed
  130  interrupted by Ctrl-C";

/// The exit codes of failures, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Exit {
    /// The input breaks a rule, or a name or file is taken.
    Refused = 1,
    /// The command line is wrong.
    Usage = 2,
    /// There is no code of that name.
    NotFound = 3,
    /// The service, its store or the network failed.
    Service = 4,
    /// This program or this machine failed.
    Internal = 5,
    /// Ctrl-C: 128 and the number of the signal, as shells have it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Serialize for Exit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Whoever read stdout has seen enough (`qrgen list | head`): nothing to complain about.
    ReaderGone,
    /// Anything else, boxed to keep results small.
    Because(Box<Failed>),
}

/// A failure for people, and with `--json` for programs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failed {
    /// The exit code.
    pub(crate) exit: Exit,
    /// A stable code: one of the contract, of the SDK, or of this program.
    pub(crate) code: String,
    /// What was tried, such as `could not store menu`.
    pub(crate) tried: String,
    /// What is wrong, and what to do.
    pub(crate) reason: String,
    /// The id under which a service has logged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<String>,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.tried, self.reason)?;
        if let Some(option) = option_for(&self.code) {
            write!(f, " ({option})")?;
        }
        write!(f, " [{}", self.code)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str("]")
    }
}

/// The option of this program that does what the reason of a failure speaks of.
fn option_for(code: &str) -> Option<&'static str> {
    match code {
        "filename_taken" => Some("--replace"),
        "public_url_missing" => Some("--public-url"),
        _ => None,
    }
}

impl Failure {
    /// A failure of this program's own kind; `code` is stable.
    pub(crate) fn new(
        exit: Exit,
        code: &str,
        tried: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self::Because(Box::new(Failed {
            exit,
            code: code.to_owned(),
            tried: tried.into(),
            reason: reason.into(),
            request_id: None,
        }))
    }

    /// What the client says, in the light of what was tried.
    pub(crate) fn of_client(tried: impl Into<String>, error: &QrError) -> Self {
        let request_id = match error {
            QrError::Service { request_id, .. } => request_id.clone().filter(|id| !id.is_empty()),
            _ => None,
        };
        Self::Because(Box::new(Failed {
            exit: exit_of(error),
            code: error.code(),
            tried: tried.into(),
            reason: reason_of(error),
            request_id,
        }))
    }

    /// A file that could not be read or written.
    pub(crate) fn of_file(tried: impl Into<String>, error: &io::Error) -> Self {
        Self::new(Exit::Internal, "file_failed", tried, error.to_string())
    }

    /// Stdout could not be written.
    pub(crate) fn of_stdout(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::of_file("could not write to stdout", error),
        }
    }

    /// The asynchronous runtime did not start: this machine is out of threads or file descriptors.
    pub(crate) fn of_runtime(error: &io::Error) -> Self {
        Self::new(
            Exit::Internal,
            "runtime_failed",
            "could not start",
            error.to_string(),
        )
    }

    /// There is no code of this name.
    pub(crate) fn not_found(tried: impl Into<String>) -> Self {
        let reason = "there is no code of this name; `qrgen list` shows what is there";
        Self::new(Exit::NotFound, "not_found", tried, reason)
    }
}

/// The exit code for what the client says.
fn exit_of(error: &QrError) -> Exit {
    match error {
        QrError::InvalidInput { code, .. } if code.raw == "device_key_failed" => Exit::Internal,
        QrError::InvalidInput { .. } => Exit::Refused,
        QrError::Service { code, status, .. } => match code.known {
            Some(Code::Internal) => Exit::Internal,
            // Not an endpoint of ours, or one that can't work just now.
            Some(Code::RouteNotFound) => Exit::Service,
            _ if (400..500).contains(status) && !error.is_retryable() => Exit::Refused,
            _ => Exit::Service,
        },
        _ => Exit::Service,
    }
}

/// The explanation alone: the code is printed beside it, and who refused it matters to nobody on
/// one machine.
fn reason_of(error: &QrError) -> String {
    match error {
        QrError::InvalidInput { reason, .. } | QrError::Service { reason, .. } => reason.clone(),
        other => other.to_string(),
    }
}
