//! The AWS command line interface, pinned, for one Region and one endpoint.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::shell;
use crate::tools::{self, Python};

/// Where emulators believe anybody: the keys that all of them know.
pub(crate) const EMULATOR: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
];

/// The AWS CLI.
pub(crate) struct Aws {
    program: PathBuf,
    region: String,
    endpoint: Option<String>,
    variables: &'static [(&'static str, &'static str)],
}

impl Aws {
    /// With the credentials that the CLI finds by itself: variables, files, or a role.
    pub(crate) fn new(region: &str, endpoint: Option<&str>) -> Result<Self> {
        Ok(Self {
            program: tools::venv("awscli", Python::Any)?.join("aws"),
            region: region.to_owned(),
            endpoint: endpoint.map(|url| url.trim_end_matches('/').to_owned()),
            variables: &[],
        })
    }

    /// For an emulator on this machine; nobody's credentials are read.
    pub(crate) fn of_emulator(endpoint: &str) -> Result<Self> {
        Ok(Self {
            variables: &EMULATOR,
            ..Self::new("us-east-1", Some(endpoint))?
        })
    }

    /// The program.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// The Region that everything is done in.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// The URL of an object, as CloudFormation takes it.
    pub(crate) fn object_url(&self, bucket: &str, key: &str) -> String {
        let endpoint = self.endpoint.clone();
        let endpoint =
            endpoint.unwrap_or_else(|| format!("https://s3.{}.amazonaws.com", self.region));
        format!("{endpoint}/{bucket}/{key}")
    }

    /// Runs one command and gives what it answers; null if it answers nothing.
    pub(crate) fn call(&self, arguments: &[&str]) -> Result<Value> {
        let answer = shell::read(&mut self.command(arguments))?;
        if answer.trim().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&answer)
            .with_context(|| format!("`aws {}` answered no JSON", arguments.join(" ")))
    }

    /// As [`call`](Self::call), but `None` when AWS says that there is no such thing.
    pub(crate) fn find(&self, arguments: &[&str]) -> Result<Option<Value>> {
        const ABSENT: [&str; 3] = ["does not exist", "Not Found", "NoSuchBucket"];
        match self.call(arguments) {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if ABSENT.iter().any(|words| error.to_string().contains(words)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .args(["--output", "json", "--region", &self.region])
            .envs(self.variables.iter().copied());
        if let Some(endpoint) = &self.endpoint {
            command.args(["--endpoint-url", endpoint]);
        }
        command
    }
}
