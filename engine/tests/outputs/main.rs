//! Every output of a symbol is parsed back to its modules, by code that is not the engine's where
//! there is any.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]
#![expect(
    clippy::cast_possible_truncation,
    reason = "images are far below 2^32 pixels wide"
)]

#[path = "../support/checksums.rs"]
mod checksums;
mod damage;
mod golden;
mod png;
mod raster;
mod read;
mod samples;
mod svg;
mod terminal;
