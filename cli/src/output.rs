//! The one place that prints: results on stdout, messages on stderr.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;

use crate::exit::{Failed, Failure};

/// Red and bold, and back. `anstream` drops both where colour is not wanted.
const ERROR_LABEL: &str = "\x1b[1;31merror:\x1b[0m";

/// Stdout and stderr, in the form that the user asked for.
#[derive(Debug)]
pub(crate) struct Output {
    json: bool,
    stdout: BufWriter<StdoutLock<'static>>,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            stdout: BufWriter::new(io::stdout().lock()),
        }
    }

    /// Whether results are printed as JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether stdout is a terminal, where a person reads.
    pub(crate) fn is_terminal(&self) -> bool {
        self.stdout.get_ref().is_terminal()
    }

    /// Whether stdout takes colour: a terminal, and the user has not said otherwise (`NO_COLOR`).
    pub(crate) fn has_color(&self) -> bool {
        let choice = anstream::AutoStream::choice(self.stdout.get_ref());
        choice != anstream::ColorChoice::Never
    }

    /// A result: `value` as one line of JSON, or `text` and a line ending.
    pub(crate) fn result(
        &mut self,
        value: &impl Serialize,
        text: impl Display,
    ) -> Result<(), Failure> {
        let written = if self.json {
            serde_json::to_writer(&mut self.stdout, value)
                .map_err(io::Error::from)
                .and_then(|()| self.stdout.write_all(b"\n"))
        } else {
            writeln!(self.stdout, "{text}")
        };
        written.map_err(|error| Failure::of_stdout(&error))
    }

    /// Bytes that are the result themselves, such as an image.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.stdout
            .write_all(bytes)
            .map_err(|error| Failure::of_stdout(&error))
    }

    /// Hands on what was printed so far.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.stdout
            .flush()
            .map_err(|error| Failure::of_stdout(&error))
    }

    /// A message beside the result, for people: silent with `--json`.
    pub(crate) fn note(&self, text: impl Display) {
        if !self.json {
            // Nobody is left to be told that stderr is gone.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Why the command failed.
    pub(crate) fn failed(&self, failed: &Failed) {
        let mut stderr = anstream::stderr();
        let written = if self.json {
            serde_json::to_writer(&mut stderr, failed)
                .map_err(io::Error::from)
                .and_then(|()| stderr.write_all(b"\n"))
        } else {
            writeln!(stderr, "{ERROR_LABEL} {}", printable(&failed.to_string()))
        };
        // Nobody is left to be told that stderr is gone.
        let _ = written;
    }
}

/// Text that a terminal may print: a code's text may hold control characters, and those drive
/// terminals.
pub(crate) fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => safe.push_str("\\n"),
            control if control.is_control() => safe.extend(control.escape_unicode()),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(printable("a\x1b[2Jb\nc\u{9b}é"), "a\\u{1b}[2Jb\\nc\\u{9b}é");
    }
}
