//! One module a command: arguments in, result printed.

mod batch;
mod completions;
mod delete;
mod generate;
mod get;
mod key;
mod limits;
mod list;
mod man;
mod render;
mod serve;
mod shared;
mod show;

use crate::cli::Command;
use crate::exit::Failure;
use crate::output::Output;

/// Does what the command line asks for.
pub(crate) fn run(command: Command, output: &mut Output) -> Result<(), Failure> {
    match command {
        Command::Generate(arguments) => generate::run(arguments, output),
        Command::Render(arguments) => render::run(arguments, output),
        Command::Batch(arguments) => batch::run(arguments, output),
        Command::List(arguments) => list::run(arguments, output),
        Command::Get(arguments) => get::run(arguments, output),
        Command::Show(arguments) => show::run(arguments, output),
        Command::Delete(arguments) => delete::run(arguments, output),
        Command::Serve(arguments) => serve::run(arguments, output),
        Command::Key(arguments) => key::run(arguments, output),
        Command::Limits => limits::run(output),
        Command::Completions { shell } => completions::run(shell, output),
        Command::Man { command } => man::run(command.as_deref(), output),
    }
}
