//! The log as a person reads it: when, how bad, where from, what.
//!
//! The formatter that `tracing-subscriber` brings takes twice as long, a fortieth of a request.

use std::fmt::{self, Write};
use std::time::SystemTime;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// Writes an event as a line.
pub(crate) struct LogLine {
    /// Whether the level is coloured.
    pub(crate) colored: bool,
}

impl<S, N> FormatEvent<S, N> for LogLine
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut line: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        let now = humantime::format_rfc3339_micros(SystemTime::now());
        let level = if self.colored {
            colored(*metadata.level())
        } else {
            plain(*metadata.level())
        };
        write!(line, "{now} {level} {}:", metadata.target())?;
        let mut fields = Fields {
            line: &mut line,
            written: Ok(()),
        };
        event.record(&mut fields);
        fields.written?;
        line.write_char('\n')
    }
}

fn plain(level: Level) -> &'static str {
    match level {
        Level::ERROR => "ERROR",
        Level::WARN => " WARN",
        Level::INFO => " INFO",
        Level::DEBUG => "DEBUG",
        Level::TRACE => "TRACE",
    }
}

/// Red, yellow, green, blue, purple (ECMA-48, 8.3.117).
fn colored(level: Level) -> &'static str {
    match level {
        Level::ERROR => "\u{1b}[31mERROR\u{1b}[0m",
        Level::WARN => "\u{1b}[33m WARN\u{1b}[0m",
        Level::INFO => "\u{1b}[32m INFO\u{1b}[0m",
        Level::DEBUG => "\u{1b}[34mDEBUG\u{1b}[0m",
        Level::TRACE => "\u{1b}[35mTRACE\u{1b}[0m",
    }
}

/// Writes fields, the message without its name.
struct Fields<'a, 'w> {
    line: &'a mut Writer<'w>,
    written: fmt::Result,
}

impl Fields<'_, '_> {
    fn write(&mut self, field: &Field, value: fmt::Arguments<'_>) -> fmt::Result {
        self.line.write_char(' ')?;
        if field.name() != "message" {
            self.line.write_str(field.name())?;
            self.line.write_char('=')?;
        }
        OneLine(self.line).write_fmt(value)
    }
}

impl Visit for Fields<'_, '_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if self.written.is_ok() {
            self.written = self.write(field, format_args!("{value:?}"));
        }
    }
}

/// Writes control characters by their escapes: an error may quote what somebody has sent, and that
/// must not look like a line of ours, nor be a command to the terminal.
struct OneLine<'a, 'w>(&'a mut Writer<'w>);

impl Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !text.contains(char::is_control) {
            return self.0.write_str(text);
        }
        text.chars().try_for_each(|character| {
            if character.is_control() {
                write!(self.0, "{}", character.escape_default())
            } else {
                self.0.write_char(character)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// What one event becomes, without its time.
    fn line(colored: bool, log: impl FnOnce()) -> String {
        #[derive(Clone, Default)]
        struct Lines(Arc<Mutex<Vec<u8>>>);
        impl io::Write for Lines {
            fn write(&mut self, line: &[u8]) -> io::Result<usize> {
                self.0.lock().unwrap().write(line)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(move || writer.clone())
            .event_format(LogLine { colored })
            .finish();
        tracing::subscriber::with_default(subscriber, log);
        let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let (time, rest) = written.split_once(' ').unwrap();
        humantime::parse_rfc3339(time).unwrap();
        rest.to_owned()
    }

    #[test]
    fn a_line_has_a_time_a_level_a_place_a_message_and_fields() {
        let log =
            || tracing::info!(target: "qrgen_server", operation = "list", status = 200, "request");
        let expected = "qrgen_server: request operation=\"list\" status=200\n";
        assert_eq!(line(false, log), format!(" INFO {expected}"));
        assert_eq!(
            line(true, log),
            format!("\u{1b}[32m INFO\u{1b}[0m {expected}")
        );
    }

    /// Log forging (CWE-117).
    #[test]
    fn what_somebody_has_sent_is_no_line_of_its_own_and_no_command_to_the_terminal() {
        let error = "sent\n2026 INFO\u{1b}[2J";
        let written = line(
            false,
            || tracing::warn!(target: "t", %error, text = error, "lost"),
        );
        let escaped = r"sent\n2026 INFO\u{1b}[2J";
        assert_eq!(
            written,
            format!(" WARN t: lost error={escaped} text=\"{escaped}\"\n")
        );
    }
}
