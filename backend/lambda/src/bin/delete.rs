//! The function `QRDelete`. DELETE: an image by name.

use std::process::ExitCode;

use qrgen_contract::Operation;

fn main() -> ExitCode {
    qrgen_lambda::start(Operation::Delete)
}
