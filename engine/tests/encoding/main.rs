//! The encoder against the standard, against another encoder, and against other readers.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in helpers of tests, too, a failed unwrap is a failed test with a line number"
)]

#[path = "../support/mod.rs"]
mod support;

mod capacity;
mod describing;
mod hard_set;
mod paths;
mod qrcodegen_agrees;
mod round_trip;
mod segmentation;
