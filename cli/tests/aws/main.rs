//! The stack on AWS, deployed to an emulator on this machine by `cargo xtask test`: the real template,
//! state machine, functions and roles, called as clients and attackers call them.
//!
//! `workflow` starts the state machine itself; `rest` comes over HTTP through API Gateway.

#![cfg(test)] // so that the lints know: here a failed `unwrap` is a failed test

mod bad_input;
mod rest;
mod stack;
#[path = "../it/support/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "the tests of the program use the rest"
)]
mod support;
mod workflow;
