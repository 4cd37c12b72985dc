//! The state machine, started as API Gateway starts it, in an emulator that checks every signature
//! and holds each function to the policies of its role.

mod bad_input;
#[cfg(target_os = "linux")] // it finds processes by /proc
mod death;
mod event;
mod faults;
mod good;
mod machine;
mod roles;

use machine::{Execution, StateMachine};
