//! The rules of the service, each over every store: memory, a folder, and S3 by its real protocol.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do: at the line that went wrong"
)]

mod delete;
mod device;
mod door;
mod foreign;
mod generate;
mod house;
mod log;
mod page;
mod proof;
mod retrieve;
mod s3;
mod store;
