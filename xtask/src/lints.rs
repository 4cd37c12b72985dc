//! The lints of a crate that can't inherit the workspace's, for it needs an exception to one of them.
//!
//! Cargo takes all of the workspace's lints or none. So the engine, whose intrinsics are `unsafe`,
//! repeats them, and may only add to them.

use anyhow::{Context as _, Result};
use toml::Table;

use crate::shell;

/// What the engine has in place of `forbid`: its SIMD module has to be able to expect it.
const EXCEPTION: (&str, &str, &str) = ("rust", "unsafe_code", "deny");

/// Every lint of the workspace that the engine does not have at its level.
pub(crate) fn check() -> Result<Vec<String>> {
    let read = |file: &str| -> Result<Table> {
        let text = std::fs::read_to_string(shell::root().join(file))
            .with_context(|| format!("reading {file}"))?;
        text.parse().with_context(|| format!("parsing {file}"))
    };
    let workspace = read("Cargo.toml")?;
    let engine = read("engine/Cargo.toml")?;
    let wanted = workspace["workspace"]["lints"].as_table();
    let found = engine["lints"].as_table();
    Ok(differences(
        wanted.context("the workspace has no lints")?,
        found.context("the engine has no lints")?,
    ))
}

fn differences(wanted: &Table, found: &Table) -> Vec<String> {
    let mut complaints = Vec::new();
    for (tool, lints) in wanted {
        for (lint, level) in lints.as_table().into_iter().flatten() {
            let (exception_tool, exception, exception_level) = EXCEPTION;
            let level = if (tool.as_str(), lint.as_str()) == (exception_tool, exception) {
                &toml::Value::from(exception_level)
            } else {
                level
            };
            if found.get(tool).and_then(|lints| lints.get(lint)) != Some(level) {
                complaints.push(format!(
                    "engine/Cargo.toml: lints.{tool}.{lint} has another level"
                ));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lint_may_be_added_but_not_left_out_or_changed() {
        let table = |text: &str| text.parse::<Table>().unwrap();
        let wanted = table("rust = { unsafe_code = \"forbid\", a = \"warn\", b = \"deny\" }");
        let same =
            table("rust = { unsafe_code = \"deny\", a = \"warn\", b = \"deny\", c = \"allow\" }");
        assert_eq!(differences(&wanted, &same), Vec::<String>::new());
        let other = table("rust = { unsafe_code = \"allow\", a = \"allow\" }");
        assert_eq!(
            differences(&wanted, &other),
            [
                "engine/Cargo.toml: lints.rust.a has another level",
                "engine/Cargo.toml: lints.rust.b has another level",
                "engine/Cargo.toml: lints.rust.unsafe_code has another level",
            ]
        );
    }
}
