//! MiniStack, the one emulator that holds the roles of the functions against what they do.

use anyhow::Result;

use super::emulator::{self, Emulator, Recipe};
use crate::tools::{self, Python};

/// What it does not know, or can not hold: it speaks plain HTTP, which the policy of the bucket
/// refuses.
pub(super) const LEFT_OUT: &[&str] = &[
    "AWS::Backup::BackupSelection",
    "AWS::CloudWatch::Alarm",
    "AWS::S3::BucketPolicy",
];

/// Starts it on loopback, with signatures and policies checked.
pub(super) fn start() -> Result<Emulator> {
    let bin = tools::venv("ministack", Python::Any)?;
    let port = emulator::free_port()?;
    let recipe = Recipe {
        name: "MiniStack",
        bin: &bin,
        module: "ministack",
        port,
        health: "/_ministack/health",
    };
    Emulator::start(&recipe, |command, folder| {
        command
            .env("AUTH", "true")
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            .env("SFTP_ENABLED", "0")
            .env("STATE_DIR", folder.join("state"))
            .env("S3_DATA_DIR", folder.join("s3"))
            .env("TMPDIR", folder)
            // It hands its own variables to the functions.
            .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"))
            .env("AWS_ALLOW_HTTP", "true");
    })
}
