//! The bad requests that every door must refuse.

#[path = "../it/bad_input/case.rs"]
pub(crate) mod case;
#[path = "../it/bad_input/proofs.rs"]
mod proofs;
#[path = "../it/bad_input/requests.rs"]
mod requests;
