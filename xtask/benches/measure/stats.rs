//! Medians, and how numbers are written.

use std::time::Duration;

/// The median; zero of nothing.
pub(crate) fn median<T: Copy + Default + PartialOrd>(values: &[T]) -> T {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// Milliseconds with two decimals: `1.23`.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1_000.0)
}

/// Mebibytes with one decimal: `12.3`.
#[expect(
    clippy::cast_precision_loss,
    reason = "sizes of processes are far below 2^52"
)]
pub(crate) fn mib(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / f64::from(1 << 20))
}
