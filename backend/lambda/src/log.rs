//! The log: one JSON object a line on standard output, which Lambda carries to `CloudWatch`.

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, Targets, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, fmt};

/// Logs what `filter` lets through, from here on.
pub(crate) fn init(filter: Targets) -> Result<(), TryInitError> {
    let lines = fmt::layer()
        .json()
        .flatten_event(true)
        .with_span_list(false);
    // Not with `and_then`: both filters must let a line pass.
    let lines = lines.with_filter(filter.and(filter_fn(knows_what_it_says)));
    tracing_subscriber::registry().with(lines).try_init()?;
    std::panic::set_hook(Box::new(|panic| {
        // The place alone: the message may quote what was being worked on.
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "panic");
    }));
    Ok(())
}

/// Our own crates never log a text, a name, a key or a proof. Others do, at their finer levels:
/// `lambda_runtime` the whole event, `object_store` the key.
fn knows_what_it_says(line: &Metadata<'_>) -> bool {
    line.target().starts_with("qrgen") || *line.level() <= Level::ERROR
}
