//! AWS on this machine: `cargo xtask aws-local`, and the steps of `cargo xtask test` that deploy.
//!
//! The template, the functions and the way they are deployed are those of `cargo xtask deploy`;
//! emulators stand in for AWS.

mod command_line;
mod emulator;
mod endpoint;
mod localstack;
mod ministack;
mod steps;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

pub(crate) use self::command_line::deploy;
use self::emulator::Emulator;
pub(crate) use self::steps::{rest, workflow};
use crate::{package, say};

/// How soon Ctrl-C is noticed.
const PAUSE: Duration = Duration::from_millis(100);

/// Arguments of `cargo xtask aws-local`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The port on 127.0.0.1 that AWS is to be found at.
    #[arg(long, default_value_t = 4566)]
    port: u16,
}

/// Deploys to LocalStack and waits for Ctrl-C.
pub(crate) fn run(args: &Args) -> Result<()> {
    let packages = package::build(package::Target::Host)?;
    let mut emulator = localstack::start(args.port)?;
    let rest = endpoint::deploy(&emulator, &packages, "qrgen", &[])?;
    say::line(&format!(
        "
The service is up. In another terminal:

  qrgen generate menu https://example.com/menu --endpoint {url}
  qrgen list --endpoint {url}

Ctrl-C ends it. Nothing of it is kept.",
        url = rest.url
    ));
    wait_for_end(&mut emulator)?;
    say::line("stopping");
    drop(emulator);
    say::line("stopped");
    Ok(())
}

/// Waits for Ctrl-C, or for the emulator to fail.
fn wait_for_end(emulator: &mut Emulator) -> Result<()> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register(signal, Arc::clone(&asked)).context("listening for Ctrl-C")?;
    }
    while !asked.load(Ordering::Relaxed) {
        emulator.check_alive()?;
        sleep(PAUSE);
    }
    Ok(())
}
