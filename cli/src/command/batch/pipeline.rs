//! Rows through many workers, and out again in their order.
//!
//! One thread reads and cuts the rows into chunks, workers take the next chunk each, the caller
//! gets the results. For every chunk the reader also queues the channel on which its results will
//! come: that queue keeps the order, and its length bounds what is in memory.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::stop::Stop;
use super::table::Row;
use crate::exit::Failure;

/// Enough that handing over costs nothing beside the work.
const CHUNK_ROWS: usize = 64;

/// Chunks that are begun or wait for their turn to go out, a worker.
const CHUNKS_IN_FLIGHT: usize = 4;

type Chunk = Vec<Result<Row, Failure>>;

/// Gives `rows` to `workers` workers, and what they make to `take`, in the order of the rows, until
/// it fails or a signal comes.
pub(super) fn run<T, W>(
    rows: impl Iterator<Item = Result<Row, Failure>> + Send,
    workers: usize,
    new_worker: impl Fn() -> W + Sync,
    stop: &Stop,
    mut take: impl FnMut(Result<T, Failure>) -> Result<(), Failure>,
) -> Result<(), Failure>
where
    T: Send,
    W: FnMut(Row) -> Result<T, Failure>,
{
    let in_flight = CHUNKS_IN_FLIGHT * workers;
    let (order, in_order) = sync_channel(in_flight);
    let (queue, queued) = sync_channel(in_flight);
    let queued = Mutex::new(queued);
    thread::scope(|scope| {
        scope.spawn(move || read(rows, stop, &queue, &order));
        for _ in 0..workers {
            scope.spawn(|| work(&queued, new_worker()));
        }
        // When this ends early, the reader finds nobody to send to, and the workers no more chunks.
        for results in in_order {
            for made in results.into_iter().flatten() {
                take(made)?;
            }
        }
        stop.check()
    })
}

/// A chunk, and where its results go.
type Job<T> = (Chunk, SyncSender<Vec<Result<T, Failure>>>);

fn read<T>(
    rows: impl Iterator<Item = Result<Row, Failure>>,
    stop: &Stop,
    queue: &SyncSender<Job<T>>,
    order: &SyncSender<Receiver<Vec<Result<T, Failure>>>>,
) {
    let mut rows = rows.peekable();
    while rows.peek().is_some() && stop.check().is_ok() {
        let chunk = rows.by_ref().take(CHUNK_ROWS).collect();
        let (send, receive) = sync_channel(1);
        if order.send(receive).is_err() || queue.send((chunk, send)).is_err() {
            return;
        }
    }
}

fn work<T>(queued: &Mutex<Receiver<Job<T>>>, mut worker: impl FnMut(Row) -> Result<T, Failure>) {
    loop {
        // Waits with the lock held: whoever has it is next.
        let job = match queued.lock() {
            Ok(queued) => queued.recv(),
            Err(_poisoned) => return,
        };
        let Ok((chunk, results)) = job else { return };
        let made = chunk.into_iter().map(|row| worker(row?)).collect();
        if results.send(made).is_err() {
            return;
        }
    }
}
