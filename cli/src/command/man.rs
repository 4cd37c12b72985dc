//! `qrgen man [COMMAND]`: the manual page, made from the same definitions as the help.

use clap::CommandFactory;
use clap_mangen::Man;
use serde_json::json;

use crate::cli::Cli;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn run(command: Option<&str>, output: &mut Output) -> Result<(), Failure> {
    let mut program = Cli::command();
    // Gives the commands their full names, and the options that all of them take.
    program.build();
    let page = match command {
        None => program,
        Some(name) => program
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| unknown(name))?,
    };
    let mut roff = Vec::new();
    Man::new(page)
        .render(&mut roff)
        .map_err(|error| Failure::of_file("could not print the manual page", &error))?;
    let roff = String::from_utf8_lossy(&roff);
    output.result(&json!({ "page": roff }), roff.trim_end())
}

fn unknown(name: &str) -> Failure {
    let reason = format!("there is no command {name}; `qrgen --help` lists them");
    Failure::new(
        Exit::Usage,
        "command_unknown",
        "could not print the manual page",
        reason,
    )
}
