//! Time: of this thread's processor, since a shared machine's wall clock measures the neighbours.

use std::time::Duration;

use cpu_time::ThreadTime;

/// What is measured against the others: one call with the payload of this number.
pub(crate) type Work<'a> = Box<dyn FnMut(usize) + 'a>;

/// Batches of each.
const ROUNDS: usize = 15;
/// Shorter batches would measure the clock.
const BATCH: Duration = Duration::from_millis(2);

/// The median nanoseconds of one call of each, over batches that take turns. A batch is a multiple
/// of `variants` calls.
pub(crate) fn medians(works: &mut [Work<'_>], variants: usize) -> Vec<f64> {
    let calls: Vec<usize> = works
        .iter_mut()
        .map(|work| calls_of_a_batch(work, variants))
        .collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); works.len()];
    for _ in 0..ROUNDS {
        for ((work, &calls), times) in works.iter_mut().zip(&calls).zip(&mut times) {
            times.push(time(work, calls).as_secs_f64() * 1e9 / calls as f64);
        }
    }
    times.iter_mut().map(|times| median(times)).collect()
}

fn calls_of_a_batch(work: &mut Work<'_>, variants: usize) -> usize {
    let mut calls = variants;
    while time(work, calls) < BATCH {
        calls *= 2;
    }
    calls
}

fn time(work: &mut Work<'_>, calls: usize) -> Duration {
    let start = ThreadTime::now();
    (0..calls).for_each(work);
    start.elapsed()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
