//! The library's log, for whoever asks: `tracing` events of this crate, one line each.

use std::fmt::{self, Write as _};
use std::sync::{Arc, PoisonError, RwLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::error::QrError;

/// Where the lines of the log go.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// Takes one line, such as `attempt failed operation=GENERATE retries=0 code=overloaded`.
    ///
    /// No line holds the text of a code, a key, a token or a proof. It is called on any thread, in
    /// the midst of a call: return soon. What it throws is ignored.
    fn log(&self, line: String) -> Result<(), QrError>;
}

static SINK: RwLock<Option<Arc<dyn LogSink>>> = RwLock::new(None);

/// Sends the lines of the log of every client to this sink from now on, or to nobody. There is none
/// at first, and then a line is not even written.
#[uniffi::export]
pub fn set_log_sink(sink: Option<Arc<dyn LogSink>>) {
    *SINK.write().unwrap_or_else(PoisonError::into_inner) = sink;
    // The second time it is there already. A program in Rust that listens by itself goes on so.
    let _ = tracing::subscriber::set_global_default(Lines);
}

fn sink() -> Option<Arc<dyn LogSink>> {
    SINK.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Writes the events of this crate as lines. Spans there are none of ours.
struct Lines;

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && metadata.target().starts_with(env!("CARGO_CRATE_NAME"))
    }

    fn max_level_hint(&self) -> Option<tracing::level_filters::LevelFilter> {
        Some(Level::DEBUG.into())
    }

    fn event(&self, event: &Event<'_>) {
        if let Some(sink) = sink() {
            let mut line = Line(String::new());
            event.record(&mut line);
            let _ = sink.log(line.0);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The message, then `name=value` for each field.
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = if field.name() == "message" {
            write!(self.0, "{value:?}")
        } else {
            write!(self.0, " {}={value:?}", field.name())
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }
}
