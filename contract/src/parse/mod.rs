//! Strict reading of a request, in two steps, so that every refusal knows what and where.
//!
//! 1. The bytes become a [`Node`] tree, which keeps repeated members that a map would swallow.
//! 2. The tree is the source of a `serde` [`deserializer`] whose [`Error`]
//!    keeps the kind of a refusal and the path to it, where a text parser would keep a sentence.
//!
//! The types themselves stay lenient, so the same [`DetailOptions`](crate::DetailOptions) is read
//! strictly in a request and leniently in an answer.

mod deserializer;
mod error;
pub(crate) mod node;

use serde::Deserialize;

use crate::{Code, Operation, Problem, Request};
use error::{Error, Kind};
use node::{Members, Node};

/// Reads the body of a request without checking its values.
pub(crate) fn request(body: &[u8]) -> Result<Request, Problem> {
    let mut members = match Node::read(body)? {
        Node::Object(members) => members,
        other => {
            return Err(Problem::new(
                Code::WrongType,
                format!("the body must be an object, not {}", other.kind()),
            ));
        }
    };
    match take_operation(&mut members)? {
        Operation::Generate => read(members).map(Request::Generate),
        Operation::Retrieve => read(members).map(Request::Retrieve),
        Operation::Delete => read(members).map(Request::Delete),
    }
    .map_err(Error::into_problem)
}

fn read<'a, T: Deserialize<'a>>(members: Members<'a>) -> Result<T, Error> {
    T::deserialize(Node::Object(members))
}

/// Takes the `type` out of the members: exactly one, a string, and known.
fn take_operation(members: &mut Members<'_>) -> Result<Operation, Problem> {
    let refused = |kind| Err(Error::new(kind).within("type").into_problem());
    let Some(position) = members.iter().position(|(name, _)| name == "type") else {
        return refused(Kind::Missing);
    };
    let (_, node) = members.remove(position);
    if members.iter().any(|(name, _)| name == "type") {
        return refused(Kind::Duplicate);
    }
    let Node::String(name) = node else {
        return refused(Kind::Type {
            expected: "a string",
            found: node.kind(),
        });
    };
    Operation::ALL
        .into_iter()
        .find(|operation| operation.as_str() == name)
        .ok_or_else(|| {
            Problem::new(
                Code::UnknownOperation,
                "type is none of GENERATE, RETRIEVE and DELETE",
            )
            .with_field("type")
        })
}
