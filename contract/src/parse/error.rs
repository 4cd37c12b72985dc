//! What can be wrong with the form of a request, and where.

use std::fmt;

use serde::de;

use crate::{Code, Problem};

/// Most characters of a member's name that a message repeats.
const NAME_CHARS: usize = 40;

/// A refusal of the deserializer: its kind, and the path of the member that it is about.
#[derive(Debug)]
pub(crate) struct Error {
    kind: Kind,
    /// Member names from the inside out, joined by dots; empty at the root.
    path: String,
}

/// The ways in which the form of a request can be wrong.
#[derive(Debug)]
pub(super) enum Kind {
    Missing,
    Duplicate,
    Unknown,
    Type {
        expected: &'static str,
        found: &'static str,
    },
    Variant {
        expected: &'static [&'static str],
    },
}

impl Error {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            path: String::new(),
        }
    }

    /// The same refusal, seen from the object that holds the member `name`.
    pub(super) fn within(mut self, name: &str) -> Self {
        let name = printable(name);
        self.path = if self.path.is_empty() {
            name
        } else {
            format!("{name}.{}", self.path)
        };
        self
    }

    /// The refusal as the caller sees it.
    pub(super) fn into_problem(self) -> Problem {
        let Self { kind, path } = self;
        let (code, detail) = match kind {
            Kind::Missing => (Code::MissingField, format!("{path} is missing; add it")),
            Kind::Duplicate => (
                Code::DuplicateField,
                format!("{path} is given twice; give it once"),
            ),
            Kind::Unknown => (
                Code::UnknownField,
                format!("{path} is no member of this request; remove it or correct its spelling"),
            ),
            Kind::Type { expected, found } => (
                Code::WrongType,
                format!("{path} must be {expected}, not {found}"),
            ),
            Kind::Variant { expected } => {
                // The only words of the contract are those of `content` and of `detail`.
                let code = if path == "content" {
                    Code::ContentInvalid
                } else {
                    Code::DetailInvalid
                };
                (
                    code,
                    format!("{path} must be one of {}", expected.join(", ")),
                )
            }
        };
        Problem::new(code, detail).with_field(path)
    }
}

/// A member's name made safe for a message: short, visible, and without control characters.
fn printable(name: &str) -> String {
    if name.is_empty() {
        return "\"\"".to_owned();
    }
    let mut characters = name.chars();
    let beginning = characters
        .by_ref()
        .take(NAME_CHARS)
        .flat_map(char::escape_debug)
        .collect();
    if characters.next().is_none() {
        beginning
    } else {
        beginning + "…"
    }
}

impl de::Error for Error {
    /// Only for what can't happen: the wire types fail in the ways below, and the
    /// [deserializer](super::deserializer) refuses a wrong type itself.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new(Kind::Type {
            expected: "what the contract says",
            found: "this",
        })
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Kind::Variant { expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Kind::Missing).within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Kind::Duplicate).within(field)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} at {}", self.kind, self.path)
    }
}

impl std::error::Error for Error {}
