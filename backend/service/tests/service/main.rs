//! The rules of the service, each over every store: memory, a folder, and S3 by its real protocol.

mod delete;
mod device;
mod door;
mod foreign;
mod generate;
mod house;
mod page;
mod proof;
mod retrieve;
mod s3;
mod store;
