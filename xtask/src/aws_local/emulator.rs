//! A program that stands in for AWS on this machine: started, waited for, and ended with everything
//! that it has started itself.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::say::{self, Progress};
use crate::shell;

const PAUSE: Duration = Duration::from_millis(100);

/// How long it may take to answer its first request, on a busy machine.
const START: Duration = Duration::from_mins(2);

/// How long it may take to end by itself; `guard.py` kills it after half of that.
const STOP: Duration = Duration::from_secs(10);

/// How to start one.
pub(super) struct Recipe<'a> {
    pub(super) name: &'a str,
    /// The `bin` folder of its virtual environment.
    pub(super) bin: &'a Path,
    /// The Python module that is the program.
    pub(super) module: &'a str,
    pub(super) port: u16,
    /// What answers 200 as soon as it is ready.
    pub(super) health: &'a str,
}

/// One that runs.
///
/// `guard.py` puts it into a process group of its own, so that Ctrl-C reaches us alone, and ends that
/// group when the pipe to its stdin closes, which it does however we end.
pub(super) struct Emulator {
    name: String,
    child: Child,
    url: String,
    folder: TempDir,
}

impl Emulator {
    /// Starts one and waits until it answers. `configure` sets its variables, given a folder for
    /// its state.
    pub(super) fn start(
        recipe: &Recipe<'_>,
        configure: impl FnOnce(&mut Command, &Path),
    ) -> Result<Self> {
        check_free(recipe.port)?;
        let folder = TempDir::new().context("making a folder for the state of the emulator")?;
        let log = File::create(log_of(folder.path()))?;
        let guard = shell::root().join("xtask/src/aws_local/guard.py");
        let mut command = Command::new(recipe.bin.join("python3"));
        command
            .arg(guard)
            .arg(recipe.module)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log);
        configure(&mut command, folder.path());
        let child = command
            .spawn()
            .with_context(|| format!("starting {}", recipe.name))?;
        let mut emulator = Self {
            name: recipe.name.to_owned(),
            child,
            url: format!("http://{}:{}", Ipv4Addr::LOCALHOST, recipe.port),
            folder,
        };
        emulator.wait_until_ready(recipe)?;
        Ok(emulator)
    }

    /// Its base URL.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// An error once it has ended by itself.
    pub(super) fn check_alive(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} ended with {status}:\n{}", self.name, self.last_words());
        }
        Ok(())
    }

    /// The end of its log.
    pub(super) fn last_words(&self) -> String {
        const LINES: usize = 40;
        let log = fs::read(log_of(self.folder.path())).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LINES)..].join("\n")
    }

    fn wait_until_ready(&mut self, recipe: &Recipe<'_>) -> Result<()> {
        let (start, progress) = (Instant::now(), Progress::new());
        while !answers(recipe) {
            self.check_alive()?;
            if start.elapsed() > START {
                bail!("{} does not answer:\n{}", self.name, self.last_words());
            }
            let seconds = start.elapsed().as_secs();
            progress.show(&format!("waiting for {}, {seconds} s", self.name));
            sleep(PAUSE);
        }
        drop(progress);
        let seconds = start.elapsed().as_secs_f32();
        say::line(&format!("{} is up after {seconds:.1} s", self.name));
        Ok(())
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if start.elapsed() > STOP {
                // Both fail when it has ended in between, which is as good.
                let _ = self.child.kill();
                let _ = self.child.wait();
            }
            sleep(PAUSE);
        }
    }
}

/// A port that nothing listens on just now.
pub(super) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

fn check_free(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .with_context(|| {
            format!("port {port} is taken: end what listens there, or name another by --port")
        })
}

/// Whether a GET of the health path is answered with 200.
fn answers(recipe: &Recipe<'_>) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, recipe.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let path = recipe.health;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

fn log_of(folder: &Path) -> PathBuf {
    folder.join("log")
}
