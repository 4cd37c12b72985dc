//! The log of a server: lines are gathered for a moment and written together.
//!
//! A busy server logs tens of thousands of lines a second, and a system call for each is a good part
//! of what such a request costs. No line is dropped: a full buffer is written by whoever fills it.

use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a line may wait.
const PAUSE: Duration = Duration::from_millis(20);

/// How many bytes may wait.
const FULL: usize = 256 * 1_024;

/// Writes to stderr, later. Clones share the buffer.
#[derive(Clone, Default)]
pub(crate) struct LogBuffer(Arc<Shared>);

#[derive(Default)]
struct Shared {
    lines: Mutex<Vec<u8>>,
    not_empty: Condvar,
    /// The lines that are being written; whoever holds it writes, so they keep their order.
    leaving: Mutex<Vec<u8>>,
}

/// Writes what is left when dropped.
pub(crate) struct LastLines(LogBuffer);

impl LogBuffer {
    /// A buffer, and the thread that empties it.
    pub(crate) fn start() -> io::Result<(Self, LastLines)> {
        let buffer = Self::default();
        let emptied = buffer.clone();
        thread::Builder::new()
            .name("qrgen-log".to_owned())
            .spawn(move || {
                loop {
                    emptied.wait();
                    thread::sleep(PAUSE);
                    emptied.write_out();
                }
            })?;
        Ok((buffer.clone(), LastLines(buffer)))
    }

    fn wait(&self) {
        let lines = lock(&self.0.lines);
        let waited = self.0.not_empty.wait_while(lines, |lines| lines.is_empty());
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn write_out(&self) {
        let mut leaving = lock(&self.0.leaving);
        mem::swap(&mut *lock(&self.0.lines), &mut *leaving);
        // There is nowhere left to say that stderr is gone.
        let _ = io::stderr().write_all(&leaving);
        leaving.clear();
    }
}

impl Write for LogBuffer {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut lines = lock(&self.0.lines);
        let was_empty = lines.is_empty();
        lines.extend_from_slice(line);
        let is_full = lines.len() >= FULL;
        drop(lines);
        if was_empty {
            self.0.not_empty.notify_one();
        }
        if is_full {
            self.write_out();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_out();
        Ok(())
    }
}

impl Drop for LastLines {
    fn drop(&mut self) {
        self.0.write_out();
    }
}

// A line is added whole or not at all, so a buffer is good whatever happened to its holder.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
