//! A data directory that lasts as long as its test, and the program run in it.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A data directory and a working directory, both fresh.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// A path in the working directory.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the store of the in-process service is.
    pub(crate) fn codes(&self) -> PathBuf {
        self.path("data/codes")
    }

    /// The program, with nothing of the caller's own environment.
    pub(crate) fn command<I: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qrgen"));
        command.args(arguments);
        self.at_home(command)
    }

    /// The program as it is in the foreground of a terminal: shells have what they start in the
    /// background ignore Ctrl-C, and that may hold for these tests.
    #[cfg(target_os = "linux")]
    pub(crate) fn command_in_foreground<I: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Command {
        let mut command = Command::new("/usr/bin/env");
        command
            .args(["--default-signal=INT", env!("CARGO_BIN_EXE_qrgen")])
            .args(arguments);
        self.at_home(command)
    }

    fn at_home(&self, mut command: Command) -> Command {
        command
            .env_clear()
            .env("QRGEN_DATA_DIR", self.path("data"))
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// Runs the program with `input` on stdin.
    pub(crate) fn run_with_input<I: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
        input: &[u8],
    ) -> Run {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }

    /// The PNG files of the in-process store, sorted.
    pub(crate) fn stored_files(&self) -> Vec<PathBuf> {
        files_below(&self.codes())
    }
}

/// Every `*.png` below `folder`, sorted; none if there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some(OsStr::new("png")) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            exit: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Stdout as text, of a run that must have succeeded.
    #[track_caller]
    pub(crate) fn text(&self) -> &str {
        assert_eq!(self.exit, Some(0), "{}", self.stderr);
        std::str::from_utf8(&self.stdout).unwrap()
    }

    /// Stdout as one JSON value, of a run that must have succeeded.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(self.text()).unwrap()
    }

    /// Asserts that the run failed with this exit code and stable error code, and printed no
    /// result.
    #[track_caller]
    pub(crate) fn assert_failed(&self, exit: i32, code: &str) {
        assert_eq!(self.exit, Some(exit), "{}", self.stderr);
        assert!(self.stderr.contains(code), "no {code} in: {}", self.stderr);
        assert_eq!(self.stdout, b"", "a failed run prints no result");
    }
}
