//! What phones and stores ask of the app: checks of its classes and of the APKs.

mod api;
mod facts;
mod rules;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

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
    let name = apk.file_name().unwrap_or_default().display().to_string();
    Ok(complaints
        .into_iter()
        .map(|complaint| format!("{name}: {complaint}"))
        .collect())
}

/// How the names begin of what not every phone's system has, and of what uses it with care: parts
/// of some makers, and what Compose draws with up to Android 9, where it is there and hidden.
const OPTIONAL: [&str; 4] = [
    "androidx.window.extensions.",
    "androidx.window.sidecar.",
    "android.view.DisplayListCanvas ",
    "android.view.RenderNode ",
];

/// Every class that the dex files name and nobody has, by R8's own tracer. APKs that differ in
/// their ABIs alone have the same dex files.
pub(crate) fn missing_classes(build: &Build, apk: &Path) -> Result<BTreeSet<String>> {
    let tracer = "com.android.tools.r8.tracereferences.TraceReferences";
    let mut trace = java(&build.libraries.tool("r8"), tracer);
    trace.arg("--check");
    for library in [build.libraries.file("framework")?, dex::jdk()?] {
        trace.arg("--lib").arg(library);
    }
    let output = trace.arg("--source").arg(apk).output();
    let output = output.context("tracing references")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success() || said.contains(MISSING),
        "tracing references: {said}"
    );
    Ok(missing(&said))
}

/// How the tracer begins what it says of a class.
const MISSING: &str = "Missing class ";

fn missing(said: &str) -> BTreeSet<String> {
    said.lines()
        .filter_map(|line| line.split_once(MISSING))
        .map(|(_, class)| class)
        .filter(|class| !OPTIONAL.iter().any(|package| class.starts_with(package)))
        .map(|class| format!("nobody has class {class}"))
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
        let before = recorded.get(&name).copied();
        if !record {
            let how = "`cargo xtask sample --record`";
            complaints.extend(size::complaint(&name, bytes, before, how));
        }
        notes.push(format!(
            "{name} {bytes} bytes (recorded: {})",
            before.unwrap_or_default()
        ));
        sizes.insert(name, bytes);
    }
    if record && complaints.is_empty() {
        size::record(&sizes)?;
    }
    Ok((notes.join(", "), complaints))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_that_nobody_has_is_named_once_unless_it_may_be_absent() {
        let said = "Error: Missing class a.B (referenced from: void a.A.run())\n\
            Missing method void a.B.x() (referenced from: void a.A.run())\n\
            Missing class androidx.window.extensions.W (referenced from: void a.A.run())\n\
            Missing class android.view.RenderNode (referenced from: void a.A.run())\n\
            Compilation failed\n\
            Caused by: c: Missing class a.B (referenced from: void a.A.run())\n";
        let complaints: Vec<String> = missing(said).into_iter().collect();
        assert_eq!(
            complaints,
            ["nobody has class a.B (referenced from: void a.A.run())"]
        );
    }
}
