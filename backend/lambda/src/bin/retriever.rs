//! The function `QRRetriever`. RETRIEVE: one image by name, or a page of many.

use std::process::ExitCode;

use qrgen_contract::Operation;

fn main() -> ExitCode {
    qrgen_lambda::start(Operation::Retrieve)
}
