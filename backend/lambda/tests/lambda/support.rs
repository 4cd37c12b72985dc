//! The device of the program's tests.

#[path = "../../../../cli/tests/it/support/device.rs"]
mod device;

pub(crate) use device::{Device, now, signing_input};
