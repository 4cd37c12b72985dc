//! The program and its server from outside: the real `qrgen` binary, real `qrgen serve` processes,
//! real HTTP over loopback. One test crate, so that the whole of it is linked once.

#![cfg(test)] // so that the lints know: here a failed `unwrap` is a failed test

mod bad_input;
mod batch;
mod cli;
mod kill;
mod main_job;
mod render;
mod serve;
mod support;
