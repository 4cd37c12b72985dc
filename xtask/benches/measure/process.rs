//! The release binaries: where they are, how long they take, what they hold.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use crate::Result;

/// A binary beside us in the release folder, such as `qrgen` or `examples/bare`.
pub(crate) fn release(name: &str) -> Result<PathBuf> {
    // We are `release/deps/measure-…`.
    let own = std::env::current_exe()?;
    let folder = own
        .parent()
        .and_then(|deps| deps.parent())
        .ok_or("no release folder")?;
    Ok(folder.join(name))
}

/// What one run of a whole process took.
pub(crate) struct Run {
    /// From start to end.
    pub(crate) wall: Duration,
    /// The most memory it held, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command to its end, its output thrown away.
///
/// The peak that the kernel reports is at least what this process holds when it starts the other,
/// so this must be called from a small process.
pub(crate) fn run(command: &mut Command) -> Result<Run> {
    let command = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .stdin(Stdio::null());
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = start.elapsed();
    if !used.status.success() {
        return Err(format!("{command:?} ended with {}", used.status).into());
    }
    Ok(Run {
        wall,
        peak: used.rusage.maxrss,
    })
}

/// A server process, ended when dropped.
pub(crate) struct Server {
    child: Child,
    /// The first line that it printed.
    pub(crate) url: String,
}

impl Server {
    /// Starts a server whose first line on standard output is its URL.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut url = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut url)?;
        }
        let url = url.trim().to_owned();
        Ok(Self { child, url })
    }

    /// The processor time that it has used so far, in its own code and in the kernel's for it.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        // Fields 14 and 15 of `stat`, in ticks of 10 ms; the name in field 2 may hold anything, but
        // it ends with the last bracket.
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = stat.rsplit_once(')').ok_or("no stat")?;
        let ticks: Vec<u64> = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(str::parse)
            .collect::<std::result::Result<_, _>>()?;
        Ok(Duration::from_millis(10 * ticks.iter().sum::<u64>()))
    }

    /// What it holds now, in bytes (`VmRSS` of Linux).
    pub(crate) fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .ok_or("no VmRSS")?;
        let kib = line.trim().trim_end_matches(" kB").parse::<u64>()?;
        Ok(kib * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone is fine too.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
