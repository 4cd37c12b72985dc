//! The stack on AWS: its template, made of `backend/infra`, and what must hold of it.

mod lint;
mod linter;
mod render;
mod slips;

pub(crate) use lint::lint;
#[allow(
    unused_imports,
    reason = "the tasks that deploy it land one after another"
)]
pub(crate) use render::{render, without};
