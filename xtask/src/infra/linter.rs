//! The linters of others: what `CloudFormation` would refuse, what Step Functions would refuse, and
//! what our own rules forbid.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::step::Stop;
use crate::tools::{self, Python};
use crate::{shell, tools::cargo_tool};

/// A program that reads files and tells what is wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linter {
    /// `cfn-lint` on the template: types, references, properties, values.
    Template,
    /// `asl-validator` on the state machine: transitions, paths.
    Machine,
    /// `cfn-guard` on the template, with `rules.guard`.
    Rules,
}

impl Linter {
    pub(super) const ALL: [Self; 3] = [Self::Template, Self::Machine, Self::Rules];

    /// What it finds in each of the files, in their order.
    pub(super) fn findings(self, files: &[PathBuf]) -> Result<Vec<Vec<String>>, Stop> {
        match self {
            Self::Template => cfn_lint(files),
            Self::Machine => asl_validator(files),
            Self::Rules => cfn_guard(files),
        }
    }
}

fn cfn_lint(files: &[PathBuf]) -> Result<Vec<Vec<String>>, Stop> {
    let bin = tools::venv("cfn-lint", Python::Any)?;
    let mut command = Command::new(bin.join("cfn-lint"));
    command.args(["--format", "json", "--template"]).args(files);
    let all = json(&mut command)?;
    let of = |file: &Path| {
        let all = all.as_array().into_iter().flatten();
        all.filter(|found| {
            found["Filename"]
                .as_str()
                .is_some_and(|name| Path::new(name) == file)
        })
        .map(|found| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let line = &found["Location"]["Start"]["LineNumber"];
            let (rule, message) = (text(&found["Rule"]["Id"]), text(&found["Message"]));
            format!("line {line}: {rule} {message}")
        })
        .collect()
    };
    Ok(files.iter().map(|file| of(file)).collect())
}

fn cfn_guard(files: &[PathBuf]) -> Result<Vec<Vec<String>>, Stop> {
    let mut command = Command::new(cargo_tool("cfn-guard", "3.2.1")?);
    command
        .args(["validate", "--structured", "--show-summary", "none"])
        .args(["--output-format", "json", "--rules"])
        .arg(shell::root().join("backend/infra/rules.guard"))
        .arg("--data")
        .args(files);
    let all = json(&mut command)?;
    let of = |file: &Path| {
        let all = all.as_array().into_iter().flatten();
        all.filter(|report| {
            report["name"]
                .as_str()
                .is_some_and(|name| Path::new(name) == file)
        })
        .flat_map(|report| report["not_compliant"].as_array().into_iter().flatten())
        .map(|broken| {
            let mut messages = Vec::new();
            messages_in(broken, &mut messages);
            let rule = broken["Rule"]["name"].as_str().unwrap_or_default();
            format!("{rule}: {}", messages.join("; "))
        })
        .collect()
    };
    Ok(files.iter().map(|file| of(file)).collect())
}

/// Every `error_message` below a value; how deep it lies depends on the kind of clause.
fn messages_in(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| messages_in(item, into)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "error_message" => into.push(text.clone()),
                    member => messages_in(member, into),
                }
            }
        }
        _ => {}
    }
}

fn asl_validator(files: &[PathBuf]) -> Result<Vec<Vec<String>>, Stop> {
    let program = tools::npm("asl-validator")?.join(".bin/asl-validator");
    let of = |file: &PathBuf| {
        let mut command = Command::new(&program);
        command.arg("--json-path").arg(file);
        let output = command.output().context("starting asl-validator")?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let lines = said.lines().map(str::to_owned);
        Ok(if output.status.success() {
            Vec::new()
        } else {
            lines.collect()
        })
    };
    files.iter().map(of).collect()
}

/// What a linter prints as JSON. Its exit status tells only that it found something.
fn json(command: &mut Command) -> Result<Value> {
    let output = command.output().context("starting a linter")?;
    let text = String::from_utf8_lossy(&output.stdout);
    if text.trim().is_empty() && output.status.success() {
        return Ok(Value::Array(Vec::new()));
    }
    serde_json::from_str(&text).with_context(|| {
        format!(
            "not JSON: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}
