//! `qrgen serve`: the service over HTTP, until it is told to stop.

use std::io::{self, IsTerminal};

use qrgen_server::{Server, ServerConfig, ServerError, ServerLimits};
use serde_json::json;
use tokio::runtime::Builder;
use tracing_subscriber::EnvFilter;

use crate::cli::{LogFormat, Serve};
use crate::exit::{Exit, Failure};
use crate::log_buffer::{LastLines, LogBuffer};
use crate::log_line::LogLine;
use crate::output::Output;
use crate::paths;
use crate::stop_signals::StopSignals;

pub(super) fn run(arguments: Serve, output: &mut Output) -> Result<(), Failure> {
    let _last_lines = start_log(&arguments)?;
    let config = ServerConfig {
        listen: arguments.listen,
        store: paths::store(arguments.store)?,
        open: arguments.open,
        public_urls: arguments.public_url,
        limits: ServerLimits {
            concurrency: arguments.concurrency.into(),
            ..ServerLimits::default()
        },
        ..ServerConfig::default()
    };
    // It accepts connections; the server has threads of its own for what comes over them.
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::of_runtime(&error))?;
    let outcome = runtime.block_on(serve(config, output));
    // What the stop did not wait for must not hold up the end either.
    runtime.shutdown_background();
    outcome
}

async fn serve(config: ServerConfig, output: &mut Output) -> Result<(), Failure> {
    let server = Server::bind(config).await.map_err(|error| failed(&error))?;
    // Before the URL is out, so that a signal right after it is not missed.
    let stop = StopSignals::listen().map_err(|error| Failure::of_runtime(&error))?;
    let url = server.url();
    output.result(&json!({ "url": url }), &url)?;
    output.flush()?;
    server.run(stop.first()).await;
    Ok(())
}

fn failed(error: &ServerError) -> Failure {
    let exit = match error {
        ServerError::Listen { .. } | ServerError::Store(_) => Exit::Service,
        _ => Exit::Refused,
    };
    Failure::new(exit, error.code(), "could not serve", error.to_string())
}

/// Sends the log to stderr, and panics into the log: by their place alone, since their message may
/// quote a request.
fn start_log(arguments: &Serve) -> Result<LastLines, Failure> {
    let filter = EnvFilter::builder()
        .parse(&arguments.log)
        .map_err(|error| {
            let tried = "could not understand --log";
            Failure::new(Exit::Usage, "log_filter_invalid", tried, error.to_string())
        })?;
    let (buffer, last_lines) = LogBuffer::start().map_err(|error| Failure::of_runtime(&error))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || buffer.clone());
    match arguments.log_format {
        LogFormat::Pretty => {
            let colored = io::stderr().is_terminal();
            log.event_format(LogLine { colored }).init();
        }
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    Ok(last_lines)
}
