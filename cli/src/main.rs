//! `qrgen`: make, keep, find and delete QR codes from the command line.
//!
//! [`cli`] is what can be typed, [`command`] what each of it does. A command works through the
//! SDK's client, whose requests go over HTTP or, without an endpoint, straight to the service in
//! this process ([`in_process`]): the same signed bytes through the same door. [`output`] alone
//! prints.

mod cli;
mod command;
mod exit;
mod file;
mod in_process;
mod library;
mod log_buffer;
mod log_line;
mod output;
mod paths;
mod stop_signals;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;
use crate::exit::Failure;
use crate::output::Output;

fn main() -> ExitCode {
    // Wrong usage ends here, with exit code 2 and clap's message.
    let cli = Cli::parse();
    let mut output = Output::new(cli.json);
    let outcome = command::run(cli.command, &mut output).and_then(|()| output.flush());
    match outcome {
        Ok(()) | Err(Failure::ReaderGone) => ExitCode::SUCCESS,
        Err(Failure::Because(failed)) => {
            // What was done before it failed comes first; that it failed is the last word anyway.
            let _ = output.flush();
            output.failed(&failed);
            failed.exit.into()
        }
    }
}
