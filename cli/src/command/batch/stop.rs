//! Ctrl-C: the rows that were begun are finished, and drafts are removed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::exit::{Exit, Failure};
use crate::library;
use crate::stop_signals::StopSignals;

/// Whether a signal has asked to stop.
#[derive(Debug, Clone)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on.
    pub(super) fn at_a_signal() -> Self {
        let stop = Self::never();
        let asked = Arc::clone(&stop.0);
        // It ends with the process.
        thread::spawn(move || {
            library::block_on(async {
                let signals = StopSignals::listen().map_err(|error| Failure::of_runtime(&error))?;
                signals.first().await;
                asked.store(true, Ordering::Relaxed);
                // A second signal ends the process, as long as somebody waits for it.
                std::future::pending::<Result<(), Failure>>().await
            })
        });
        stop
    }

    /// Is never asked to.
    pub(super) fn never() -> Self {
        Self(Arc::default())
    }

    /// A failure once a signal has come.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if !self.0.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(Failure::new(
            Exit::Interrupted,
            "interrupted",
            "could not finish the table",
            "a signal asked to stop",
        ))
    }
}
