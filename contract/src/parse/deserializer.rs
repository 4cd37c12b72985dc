//! A [`Node`] as a source of `serde` values, stricter than JSON libraries are: what a type does not
//! ask for is refused, and every JSON type is taken for exactly one Rust type.

use std::borrow::Cow;
use std::vec::IntoIter;

use serde::de::value::{CowStrDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::error::{Error, Kind};
use super::node::{Members, Node};

impl Node<'_> {
    fn refused<T>(&self, expected: &'static str) -> Result<T, Error> {
        Err(Error::new(Kind::Type {
            expected,
            found: self.kind(),
        }))
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Error;

    /// The one type of the contract that looks before it chooses is
    /// [`Detail`](crate::Detail): a string or an object.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::String(value) => visitor.visit_str(&value),
            Self::Object(members) => visitor.visit_map(MemberAccess::new(members)),
            other => other.refused("a string or an object"),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Boolean(value) => visitor.visit_bool(value),
            other => other.refused("a boolean"),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Integer(value) => visitor.visit_i64(value),
            other => other.refused("a whole number"),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::String(value) => visitor.visit_string(value.into_owned()),
            other => other.refused("a string"),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::String(name) => visitor.visit_enum(CowStrDeserializer::new(name)),
            other => other.refused("a string"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Object(members) => visitor.visit_map(MemberAccess::new(members)),
            other => other.refused("an object"),
        }
    }

    /// Called for the value of a member that the type does not have.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::new(Kind::Unknown))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char str bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier
    }
}

/// The members of an object, one after the other.
struct MemberAccess<'a> {
    members: IntoIter<(Cow<'a, str>, Node<'a>)>,
    /// The member whose name is read and whose value is next.
    current: Option<(Cow<'a, str>, Node<'a>)>,
}

impl<'a> MemberAccess<'a> {
    fn new(members: Members<'a>) -> Self {
        Self {
            members: members.into_iter(),
            current: None,
        }
    }
}

impl<'de> MapAccess<'de> for MemberAccess<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.current = self.members.next();
        match &self.current {
            Some((name, _)) => seed.deserialize(StrDeserializer::new(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some((name, node)) = self.current.take() else {
            return Err(Error::custom("a name before its value"));
        };
        seed.deserialize(node).map_err(|error| error.within(&name))
    }
}
