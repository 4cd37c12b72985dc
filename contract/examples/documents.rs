//! Writes the documents that are generated from the contract:
//!
//! ```sh
//! cargo run -p qrgen-contract --example documents
//! ```

use std::fs;
use std::io;
use std::path::Path;

use qrgen_contract::{error_table, openapi, request_schema};

fn main() -> io::Result<()> {
    let contract = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(contract.join("openapi.json"), format!("{:#}\n", openapi()))?;
    fs::write(
        contract.join("request.schema.json"),
        format!("{:#}\n", request_schema()),
    )?;
    fs::write(contract.join("../docs/guide/errors.md"), error_table())
}
