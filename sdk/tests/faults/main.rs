//! Everything that can go wrong between a client and its service, each over real HTTP on loopback.

#![expect(
    clippy::unwrap_used,
    reason = "a failed unwrap is a failed test with a line number"
)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod cancellation;
mod clock;
mod endpoint;
mod network;
mod pages;
mod refusals;
mod retries;
