//! The threads that serve: one a core, each with a runtime of its own.
//!
//! A connection stays on the thread that it was given to, so nothing about a request is handed from
//! one core to another, and no thread is woken to steal work (ADR 0019).

use std::io;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::config::ServerError;

/// Threads that run what they are given until this is dropped; what is not finished then is dropped
/// too.
#[derive(Debug)]
pub(crate) struct Workers(Vec<Worker>);

#[derive(Debug)]
struct Worker {
    runtime: Handle,
    /// The thread ends when this is dropped.
    _alive: oneshot::Sender<()>,
}

impl Workers {
    /// As many as there are cores.
    pub(crate) fn start() -> Result<Self, ServerError> {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let workers = (0..count).map(|_| Worker::start());
        let workers = workers.collect::<io::Result<_>>();
        workers.map(Self).map_err(ServerError::Workers)
    }

    /// Gives a task to the thread that has the fewest.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let tasks = |worker: &&Worker| worker.runtime.metrics().num_alive_tasks();
        if let Some(worker) = self.0.iter().min_by_key(tasks) {
            worker.runtime.spawn(task);
        }
    }
}

impl Worker {
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (alive, ended) = oneshot::channel();
        thread::Builder::new()
            .name("qrgen-worker".to_owned())
            .spawn(move || {
                // Nothing is ever sent: it is over when the sender is gone.
                let _ = runtime.block_on(ended);
                runtime.shutdown_background();
            })?;
        Ok(Self {
            runtime: handle,
            _alive: alive,
        })
    }
}
