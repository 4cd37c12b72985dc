//! The tests of the contract: one binary, a file for each part.

mod filename;
mod fixtures;
mod proof;
mod request;
mod support;
mod url;
