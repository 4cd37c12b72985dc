//! A real `qrgen serve` process on a port of its own, ended by its id whatever becomes of the test.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use super::{Connection, Home};

/// A running server.
pub(crate) struct Server {
    child: Child,
    url: String,
    log: Option<JoinHandle<String>>,
}

impl Server {
    /// Starts `qrgen serve` with a free port and waits for its URL.
    pub(crate) fn start(home: &Home, arguments: &[&str]) -> Self {
        let mut command = home.command(["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments);
        Self::spawn(command)
    }

    /// As [`start`](Self::start), over a folder.
    pub(crate) fn over(home: &Home, folder: &Path, arguments: &[&str]) -> Self {
        let mut command = home.command(["serve", "--listen", "127.0.0.1:0", "--store"]);
        command.arg(folder).args(arguments);
        Self::spawn(command)
    }

    fn spawn(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = child.stderr.take().unwrap();
        // Read all the time: a full pipe would stop the server.
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        let mut server = Self {
            child,
            url: url.trim_end().to_owned(),
            log: Some(log),
        };
        if !server.url.starts_with("http://") {
            let log = server.end_now();
            panic!("no URL but {:?}, and {log}", server.url);
        }
        server
    }

    /// The base URL, the first line on stdout.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The URL of the endpoint.
    pub(crate) fn endpoint(&self) -> String {
        format!("{}/v1/qr", self.url)
    }

    /// A new connection to it.
    pub(crate) fn connect(&self) -> Connection {
        Connection::open(&self.url)
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        send_signal(self.child.id(), name);
    }

    /// Waits until it has ended by itself, and gives its log.
    pub(crate) fn wait(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        (status, self.log())
    }

    /// `kill -9`, and its log.
    pub(crate) fn end_now(&mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log()
    }

    fn log(&mut self) -> String {
        self.log
            .take()
            .map(|log| log.join().unwrap())
            .unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail when it has ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal, such as `TERM`, to a process that the test has started.
pub(crate) fn send_signal(process: u32, name: &str) {
    let process = process.to_string();
    let status = Command::new("kill")
        .args(["-s", name, &process])
        .status()
        .unwrap();
    assert!(status.success());
}
