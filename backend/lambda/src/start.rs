//! From the start of the process to the first event.

use std::process::ExitCode;

use lambda_runtime::{LambdaEvent, Runtime, service_fn};
use qrgen_contract::Operation;
use serde_json::Value;

use crate::{Config, ConfigError, Function, log};

/// Runs the function for `operation` for as long as Lambda lets it.
///
/// An environment that it can't work in ends the process with a line on standard error that names
/// the variable.
pub fn start(operation: Operation) -> ExitCode {
    match run(operation) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(
                clippy::print_stderr,
                reason = "there may be no log yet, and Lambda carries both streams to the same place"
            )]
            {
                eprintln!("could not start: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(operation: Operation) -> Result<(), lambda_runtime::Error> {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return Err(ConfigError::Missing {
            name: "AWS_LAMBDA_RUNTIME_API",
            what: "this program runs as a function of AWS Lambda, or in an emulator of it",
        }
        .into());
    }
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let config = Config::read(variables)?;
    log::init(config.log.clone())?;
    let function = &Function::new(operation, config);
    let handler = service_fn(async move |event: LambdaEvent<Value>| function.call(event).await);
    // One event at a time: a second thread would have nothing to do.
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(Runtime::new(handler).run())
}
