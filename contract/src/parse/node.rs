//! A JSON text as a tree that keeps repeated members.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::{Code, Problem};

/// The members of an object, in their order, repetitions included.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// How many members an object is expected to have at most: those of a GENERATE are six.
const MEMBERS: usize = 8;

/// A JSON value, whose strings lie in the text wherever they hold no escape. No request has an array,
/// so what is in one is not kept.
pub(crate) enum Node<'a> {
    Null,
    Boolean(bool),
    /// A number without fraction and exponent that fits 64 bits with sign.
    Integer(i64),
    OtherNumber,
    String(Cow<'a, str>),
    Array,
    Object(Members<'a>),
}

impl<'a> Node<'a> {
    /// Reads one JSON text (RFC 8259).
    pub(crate) fn read(body: &'a [u8]) -> Result<Self, Problem> {
        serde_json::from_slice(body).map_err(|error| {
            // The one error of serde_json that is no syntax error; it has no kind of its own.
            if error.to_string().starts_with("recursion limit exceeded") {
                return Problem::new(
                    Code::NestedTooDeep,
                    "the body is nested deeper than any request; send the members of the contract only",
                );
            }
            Problem::new(Code::MalformedJson, format!("the body is not JSON in UTF-8: {error}"))
        })
    }

    /// What it is, with its article, for a message.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) => "a number",
            Self::OtherNumber => "a number with fraction or exponent, or beyond 64 bits",
            Self::String(_) => "a string",
            Self::Array => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// The name of a member.
#[derive(Deserialize)]
#[serde(transparent)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(i64::try_from(value).map_or(Node::OtherNumber, Node::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<'de>, E> {
        Ok(Node::OtherNumber)
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::String(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::String(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Node<'de>, A::Error> {
        // Read as nodes, not passed over: so the depth of what is inside is limited too.
        while elements.next_element::<Node<'_>>()?.is_some() {}
        Ok(Node::Array)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'de>, A::Error> {
        let mut members = Members::with_capacity(MEMBERS);
        while let Some((Name(name), node)) = entries.next_entry()? {
            members.push((name, node));
        }
        Ok(Node::Object(members))
    }
}
