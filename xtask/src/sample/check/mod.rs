//! What phones and stores ask of the app: checks of its classes and of the APKs.

mod api;
mod facts;
mod rules;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::build::{Build, Variant, java};
use super::dex;
use crate::android::size;
use crate::shell;
pub(crate) use api::api;
use facts::Facts;
use rules::Expected;

/// What an APK of the release may weigh in bytes: with three ABIs, and with that of phones alone.
const AT_MOST: [u64; 2] = [10_000_000, 4_500_000];

/// What is wrong with an APK.
pub(crate) fn apk(build: &Build, variant: Variant, apk: &Path) -> Result<Vec<String>> {
    let facts = Facts::read(&build.libraries.aapt2(), apk)?;
    let gradle = &build.gradle;
    let expected = Expected {
        application_id: gradle.setting("applicationId")?,
        version_name: gradle.setting("versionName")?,
        min_sdk: gradle.setting("minSdk")?,
        target_sdk: gradle.setting("targetSdk")?,
        abis: gradle.abis()?,
        is_release: variant == Variant::Release,
    };
    let mut complaints = rules::complaints(&facts, &expected);
    let mut verify = Command::new("apksigner");
    verify
        .args(["verify", "--min-sdk-version", expected.min_sdk])
        .arg(apk);
    let mut aligned = Command::new("zipalign");
    aligned.args(["-c", "-p", "4"]).arg(apk);
    for command in [&mut verify, &mut aligned] {
        complaints.extend(shell::read(command).err().map(|error| format!("{error:#}")));
    }
    if variant == Variant::Release {
        complaints.extend(missing_classes(build, apk)?);
    }
    let name = apk.file_name().unwrap_or_default().display().to_string();
    Ok(complaints
        .into_iter()
        .map(|complaint| format!("{name}: {complaint}"))
        .collect())
}

/// Packages of the system that not every phone has; who uses them asks first.
const OPTIONAL: [&str; 3] = [
    "Landroidx/window/extensions/",
    "Landroidx/window/sidecar/",
    "Ljava/awt/",
];

/// Every class that the dex files name and nobody has, by R8's own tracer.
fn missing_classes(build: &Build, apk: &Path) -> Result<Vec<String>> {
    let mut trace = java(
        &build.libraries.tool("r8"),
        "com.android.tools.r8.tracereferences.TraceReferences",
    );
    trace
        .arg("--check")
        .arg("--lib")
        .arg(build.libraries.file("framework")?)
        .arg("--lib")
        .arg(dex::jdk()?);
    let output = trace
        .arg("--source")
        .arg(apk)
        .output()
        .context("tracing references")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    Ok(missing(&said))
}

fn missing(said: &str) -> Vec<String> {
    let lines = said
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('L') && line.contains(';'));
    lines
        .filter(|line| !OPTIONAL.iter().any(|package| line.starts_with(package)))
        .map(|line| format!("nobody has {line}"))
        .collect()
}

/// The sizes, in words, and what is wrong with them.
pub(crate) fn sizes(release: &Path, arm64: &Path, record: bool) -> Result<(String, Vec<String>)> {
    let recorded = size::recorded()?;
    let (mut notes, mut complaints, mut sizes) = (Vec::new(), Vec::new(), size::Sizes::new());
    for (apk, at_most) in [release, arm64].into_iter().zip(AT_MOST) {
        let name = apk.file_name().unwrap_or_default().display().to_string();
        let bytes = fs::metadata(apk).context("the size of an APK")?.len();
        if bytes > at_most {
            complaints.push(format!("{name} has {bytes} bytes, and may have {at_most}"));
        }
        if !record {
            complaints.extend(size::complaint(
                &name,
                bytes,
                recorded.get(&name).copied(),
                "`cargo xtask sample --record`",
            ));
        }
        notes.push(format!("{name} {bytes} bytes"));
        sizes.insert(name, bytes);
    }
    if record && complaints.is_empty() {
        size::record(&sizes)?;
    }
    Ok((notes.join(", "), complaints))
}
