//! `qrgen completions SHELL`: the script that completes command lines.

use clap::CommandFactory;
use clap_complete::Shell;
use serde_json::json;

use crate::cli::Cli;
use crate::exit::Failure;
use crate::output::Output;

pub(super) fn run(shell: Shell, output: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "qrgen", &mut script);
    let script = String::from_utf8_lossy(&script);
    let value = json!({ "shell": shell.to_string(), "script": script });
    output.result(&value, script.trim_end())
}
