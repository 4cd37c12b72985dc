//! The functions from outside: as tower services over a store in memory, and as the real binaries
//! under an emulated Runtime API over a real S3 protocol, in good times and in bad.
//!
//! `QRGEN_LAMBDA_BINARIES` names a folder of other binaries to test, `NAME/bootstrap` each, and
//! `QRGEN_LAMBDA_RUNNER` a program with arguments that runs them: `cargo xtask test
//! --release-artifacts` gives those for arm64 and an emulator.

#![cfg(test)] // so that the lints know: here a failed `unwrap` is a failed test

mod agreement;
mod bad_input;
mod caller;
mod faults;
mod handler;
mod kill;
mod operations;
mod process;
mod race;
mod s3;
mod start;
mod support;
