//! The stack on AWS: its template.

#![allow(
    dead_code,
    unused_imports,
    reason = "the steps that need them land one after another"
)]

mod render;

pub(crate) use render::{render, without};
