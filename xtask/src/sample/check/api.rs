//! The app's classes against what API 24 publishes: the framework that the app is compiled against is
//! newer, and shows what is hidden.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::sample::build::{Build, path};
use crate::sample::pins;

/// Whose classes are no part of the framework.
const LIBRARIES: [&str; 5] = [
    "androidx.*",
    "kotlin.*",
    "kotlinx.*",
    "dev.qrgenerator.*",
    "com.sun.jna.*",
];

/// What the app uses that a phone with API 24 does not promise.
pub(crate) fn api(build: &Build, classes: &Path) -> Result<Vec<String>> {
    let mut check = Command::new("java");
    check
        .arg("-cp")
        .arg(path(&build.libraries.tool("sniffer")))
        .arg(pins().join("ApiCheck.java"));
    check
        .arg(build.libraries.file("api24")?)
        .arg(classes)
        .args(LIBRARIES);
    let output = check.output().context("starting the check of APIs")?;
    if output.status.success() {
        return Ok(Vec::new());
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    Ok(said
        .lines()
        .map(|line| {
            format!(
                "API {}: {line}",
                build.gradle.setting("minSdk").unwrap_or_default()
            )
        })
        .collect())
}
