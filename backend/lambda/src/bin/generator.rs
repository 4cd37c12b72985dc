//! The function `QRGenerator`. GENERATE: text in, image kept.

use std::process::ExitCode;

use qrgen_contract::Operation;

fn main() -> ExitCode {
    qrgen_lambda::start(Operation::Generate)
}
