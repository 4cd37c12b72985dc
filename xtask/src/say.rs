//! The one place that prints.

use std::io::{self, IsTerminal as _, Write as _};

/// Prints one line to standard output, where the steps' own output goes too, so that the order
/// holds.
#[expect(clippy::print_stdout, reason = "a task runner speaks to its terminal")]
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// A line for what takes long, written over each time. Only a terminal sees it.
pub(crate) struct Progress {
    is_terminal: bool,
}

impl Progress {
    /// Nothing is shown yet.
    pub(crate) fn new() -> Self {
        Self {
            is_terminal: io::stdout().is_terminal(),
        }
    }

    /// Shows `text` in place of what was shown before.
    pub(crate) fn show(&self, text: &str) {
        if self.is_terminal {
            let mut out = io::stdout();
            // ECMA-48: to the start of the line, erase it, then the text. A terminal that is gone is no reason to stop the work.
            let _ = write!(out, "\r\x1b[2K{text}").and_then(|()| out.flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.show("");
    }
}
