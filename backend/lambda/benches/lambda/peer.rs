//! The Python functions of `peers/aws-python`, under the same Runtime API.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::process::Process;

/// A running Python function.
pub(crate) struct Python;

impl Python {
    /// Starts the handler of that name over the bucket at that address, by AWS's own client of the
    /// Runtime API, as Lambda does. `QRGEN_PEER_PYTHON` is the interpreter.
    pub(crate) async fn start(handler: &str, s3: SocketAddr) -> Process {
        let python = std::env::var_os("QRGEN_PEER_PYTHON")
            .expect("QRGEN_PEER_PYTHON is not set; run `cargo xtask bench lambda`");
        let mut command = Command::new(python);
        command
            .env_clear()
            .args(["-m", "awslambdaric", &format!("handler.{handler}")])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../peers/aws-python"))
            // Lambda's own functions find their modules compiled.
            .env("PYTHONPYCACHEPREFIX", std::env::temp_dir().join("qrgen-peer-python"))
            .env("BUCKET", crate::s3::BUCKET);
        Process::of(command, handler, s3, &[]).await
    }
}

/// A request of which each operation reads what it needs.
pub(crate) fn event(number: usize) -> Value {
    json!({
        "deviceId": "device",
        "filename": format!("code {number}"),
        "text": format!("https://example.com/menu/{number}"),
    })
}
