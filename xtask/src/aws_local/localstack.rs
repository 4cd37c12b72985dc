//! LocalStack 4.14, the last release that needs no account: the one emulator in which API Gateway
//! calls Step Functions, with templates and validation.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::emulator::{self, Emulator, Recipe};
use crate::shell;
use crate::tools::{self, Python};

/// Starts it on loopback. Functions run as processes, by `backend/infra/localstack`.
pub(super) fn start(port: u16) -> Result<Emulator> {
    let bin = tools::venv("localstack", Python::V3_13)?;
    let recipe = Recipe {
        name: "LocalStack",
        bin: &bin,
        module: "localstack.runtime.main",
        port,
        health: "/_localstack/health",
    };
    Emulator::start(&recipe, |command, folder| configure(command, folder, port))
}

/// Starts it on a port that is free.
pub(super) fn start_anywhere() -> Result<Emulator> {
    start(emulator::free_port()?)
}

fn configure(command: &mut Command, folder: &Path, port: u16) {
    command
        .env("GATEWAY_LISTEN", format!("127.0.0.1:{port}"))
        // The default server listens on every address, whatever the line above says.
        .env("GATEWAY_SERVER", "hypercorn")
        .env("LAMBDA_RUNTIME_EXECUTOR", "process")
        .env("PYTHONPATH", shell::root().join("backend/infra/localstack"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        // Nothing of it leaves this machine.
        .env("DISABLE_EVENTS", "1")
        .env("SKIP_SSL_CERT_DOWNLOAD", "1")
        .env("DNS_ADDRESS", "0")
        // Nothing of it outlives this run.
        .env("LOCALSTACK_VOLUME_DIR", folder.join("volume"))
        .env("FILESYSTEM_ROOT", folder.join("root"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("TMPDIR", folder);
}
