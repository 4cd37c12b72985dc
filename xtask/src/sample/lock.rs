//! The lock, `xtask/pins/sample/artifacts.lock`: every file of the build from a registry, one a
//! line, as `scope group:artifact:version:kind sha256`. A build takes what it lists and resolves
//! nothing; [`super::resolve`] writes it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context as _, Result, anyhow};

use super::gradle::{Dependency, Gradle};
use crate::shell;

/// The libraries of the app, which go into every APK.
pub(crate) const APP: &str = "app";
/// What the debug build has beside them.
pub(crate) const DEBUG: &str = "debug";
/// What the tests have beside both.
pub(crate) const TEST: &str = "test";
/// The plugins of Gradle, which runs elsewhere: that they exist.
pub(crate) const PLUGIN: &str = "plugin";

/// A file of a Maven repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Artifact {
    /// Who needs it: [`APP`], [`DEBUG`], [`TEST`] or a tool of `tools.toml`.
    pub(crate) scope: String,
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) version: String,
    /// The ending of the file: `jar`, `aar`, `signature`.
    pub(crate) kind: String,
    /// In hexadecimal digits.
    pub(crate) sha256: String,
}

impl Artifact {
    pub(crate) fn module(&self) -> String {
        format!("{}:{}", self.group, self.name)
    }

    /// The name that Maven's `copy` gives the file when asked to begin with the group.
    pub(crate) fn file_name(&self) -> String {
        format!(
            "{}.{}-{}.{}",
            self.group, self.name, self.version, self.kind
        )
    }
}

impl fmt::Display for Artifact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            scope,
            group,
            name,
            version,
            kind,
            sha256,
        } = self;
        write!(f, "{scope} {group}:{name}:{version}:{kind} {sha256}")
    }
}

impl FromStr for Artifact {
    type Err = anyhow::Error;

    fn from_str(line: &str) -> Result<Self> {
        let fields: Vec<&str> = line.split([' ', ':']).collect();
        let fields: [&str; 6] = fields
            .try_into()
            .map_err(|_other| anyhow!("artifacts.lock: `{line}` has not six fields"))?;
        let [scope, group, name, version, kind, sha256] = fields.map(str::to_owned);
        Ok(Self {
            scope,
            group,
            name,
            version,
            kind,
            sha256,
        })
    }
}

pub(crate) fn path() -> PathBuf {
    shell::root().join("xtask/pins/sample/artifacts.lock")
}

/// The lock as text, and its lines.
pub(crate) fn load() -> Result<(String, Vec<Artifact>)> {
    let path = path();
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let artifacts = text.lines().map(str::parse).collect::<Result<_>>()?;
    Ok((text, artifacts))
}

/// The entries of the Gradle files that the lock lacks, as after a change of the former alone.
pub(crate) fn complaints(gradle: &Gradle, artifacts: &[Artifact]) -> Result<Vec<String>> {
    let dependencies = gradle.dependencies()?;
    let others = dependencies
        .iter()
        .filter(|dependency| !dependency.is_ours());
    let mut wanted: Vec<String> = others.map(Dependency::coordinate).collect();
    wanted.extend(gradle.plugins()?);
    let is_there = |coordinate: &str| {
        artifacts
            .iter()
            .any(|artifact| format!("{}:{}", artifact.module(), artifact.version) == coordinate)
    };
    wanted.retain(|coordinate| !is_there(coordinate));
    Ok(wanted
        .iter()
        .map(|coordinate| {
            format!("artifacts.lock has no {coordinate}: `cargo xtask sample --update-lock`")
        })
        .collect())
}

pub(crate) fn write(artifacts: &[Artifact]) -> Result<()> {
    let lines: Vec<String> = artifacts.iter().map(Artifact::to_string).collect();
    std::fs::write(path(), lines.join("\n") + "\n").context("writing the lock")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let line = "app androidx.core:core:1.18.0:aar 311d";
        let artifact: Artifact = line.parse().unwrap();
        assert_eq!(artifact.to_string(), line);
        assert_eq!(artifact.file_name(), "androidx.core.core-1.18.0.aar");
        assert!("app androidx.core:core 311d".parse::<Artifact>().is_err());
    }

    #[test]
    fn what_the_gradle_files_name_anew_is_missing_in_the_lock() {
        let catalog = r#"
            versions = { core = "1.18.0", qrgen = "0.1.0" }
            plugins = {}
            [libraries]
            core = { module = "androidx.core:core", version.ref = "core" }
            qrgen = { module = "dev.qrgenerator:qrgen-sdk", version.ref = "qrgen" }
        "#;
        let script = "implementation(libs.core)\nimplementation(libs.qrgen)";
        let gradle = Gradle::parse(catalog, script.to_owned()).unwrap();
        let complaints = |line: &str| complaints(&gradle, &[line.parse().unwrap()]).unwrap();
        assert!(complaints("app androidx.core:core:1.18.0:aar 00").is_empty());
        let older = complaints("app androidx.core:core:1.17.0:aar 00");
        assert!(older[0].contains("androidx.core:core:1.18.0"), "{older:?}");
    }
}
