//! `qrgen delete NAME`.

use qrgen_contract::DeleteAnswer;
use qrgen_sdk::DeleteRequest;

use crate::cli::Delete;
use crate::exit::Failure;
use crate::library;
use crate::output::Output;

pub(super) fn run(arguments: Delete, output: &mut Output) -> Result<(), Failure> {
    let Delete { name, library } = arguments;
    let tried = format!("could not delete {name}");
    let client = library::open(library)?;
    let deleted = library::wait(&tried, client.delete(DeleteRequest::new(&name)))?;
    if !deleted {
        return Err(Failure::not_found(tried));
    }
    output.result(&DeleteAnswer { deleted }, format_args!("{name}: deleted"))
}
