//! Load by `wrk`: one thread, keep-alive, requests from a file.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// What `wrk` saw.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    pub(crate) requests: u64,
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// How often the file was sent whole.
    pub(crate) laps: u64,
}

/// Sends the file's requests to `url` for so many seconds, over so many connections at once. An answer that is not 2xx is an error.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts and microseconds of seconds are far below 2^52"
)]
pub(crate) fn run(url: &str, requests: &Path, connections: u32, seconds: u32) -> Result<Load> {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/measure/load.lua");
    let output = Command::new("wrk")
        .args(["--threads", "1", "--connections", &connections.to_string()])
        .args(["--duration", &format!("{seconds}s"), "--script"])
        .arg(script)
        .args([url, "--"])
        .arg(requests)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let result = text
        .lines()
        .find_map(|line| line.strip_prefix("result "))
        .ok_or_else(|| {
            format!(
                "wrk gave no result: {text}{}",
                String::from_utf8_lossy(&output.stderr)
            )
        })?;
    let numbers = result
        .split(' ')
        .map(str::parse)
        .collect::<std::result::Result<Vec<u64>, _>>()?;
    let [requests, micros, p50, p99, failures, laps] = numbers[..] else {
        return Err(format!("wrk gave {result}").into());
    };
    if failures > 0 {
        return Err(format!("{failures} of {requests} requests to {url} failed").into());
    }
    Ok(Load {
        requests,
        per_second: requests as f64 * 1e6 / micros as f64,
        p50_ms: p50 as f64 / 1e3,
        p99_ms: p99 as f64 / 1e3,
        laps,
    })
}
