//! What `/metrics` tells, as OpenMetrics text.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// The content type of OpenMetrics text.
pub(crate) const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What one request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Outcome {
    /// `generate`, `retrieve`, `delete`, or `none` where no operation was reached.
    pub(crate) operation: &'static str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// The problem's code, or `ok`.
    pub(crate) code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabel {
    operation: &'static str,
}

/// The counters of one server.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Outcome, Counter>,
    duration: Family<OperationLabel, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    memory: Gauge<u64, AtomicU64>,
}

/// 100 µs to 13 s, each twice the one before.
fn duration_histogram() -> Histogram {
    Histogram::new(exponential_buckets(0.000_1, 2.0, 18))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let requests = Family::default();
        let duration = Family::new_with_constructor(duration_histogram as fn() -> Histogram);
        let in_flight = Gauge::default();
        let memory = Gauge::default();
        let mut registry = Registry::with_prefix("qrgen");
        registry.register("requests", "Requests answered", requests.clone());
        registry.register_with_unit(
            "request_duration",
            "Time from a request's head to its answer",
            Unit::Seconds,
            duration.clone(),
        );
        registry.register(
            "requests_in_flight",
            "Requests not yet answered",
            in_flight.clone(),
        );
        registry.register_with_unit(
            "memory_resident",
            "Memory that the process holds",
            Unit::Bytes,
            memory.clone(),
        );
        registry.register(
            "build",
            "Which build this is",
            Info::new([("version", env!("CARGO_PKG_VERSION"))]),
        );
        Self {
            registry,
            requests,
            duration,
            in_flight,
            memory,
        }
    }

    /// Counts a request as being in work until the guard is dropped, however it ends.
    pub(crate) fn enter(&self) -> InFlight<'_> {
        self.in_flight.inc();
        InFlight(&self.in_flight)
    }

    pub(crate) fn record(&self, outcome: Outcome, took: Duration) {
        self.requests.get_or_create(&outcome).inc();
        self.duration
            .get_or_create(&OperationLabel {
                operation: outcome.operation,
            })
            .observe(took.as_secs_f64());
    }

    /// All of it as OpenMetrics text; the memory is measured now.
    pub(crate) fn encode(&self) -> Result<String, std::fmt::Error> {
        if let Some(usage) = memory_stats::memory_stats() {
            self.memory.set(usage.physical_mem as u64);
        }
        let mut out = String::new();
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}

/// A request in work.
#[derive(Debug)]
pub(crate) struct InFlight<'a>(&'a Gauge);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}
