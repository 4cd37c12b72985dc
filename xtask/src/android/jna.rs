//! JNA's libraries for Android, which ship beside ours and must run on the same phones.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::check::{self, Origin};
use super::elf::Library;
use super::targets::{ALL, Target};
use crate::step::Stop;
use crate::{shell, tools};

/// The version that `bindings/kotlin` depends on.
const VERSION: &str = "5.18.1";

const LIBRARY: &str = "libjnidispatch.so";

/// Gets JNA's AAR from Maven Central, and holds its libraries for every ABI of ours to what phones
/// ask. It has some for ABIs that no phone has any more, which apps leave out.
pub(crate) fn complaints(out: &Path) -> Result<Vec<String>, Stop> {
    tools::debian_packages(&[("maven", "mvn"), ("unzip", "unzip")])
        .map_err(|error| Stop::Skipped(error.to_string()))?;
    let folder = out.join("jna");
    let archive = folder.join(format!("jna-{VERSION}.aar"));
    if !archive.exists() {
        let mut get = Command::new("mvn");
        get.args(["--batch-mode", "--quiet"])
            .arg("org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy")
            .arg(format!("-Dartifact=net.java.dev.jna:jna:{VERSION}:aar"))
            .arg(format!("-DoutputDirectory={}", folder.display()));
        shell::run(&mut get).map_err(|error| Stop::Skipped(format!("needs JNA: {error:#}")))?;
    }
    let mut unpack = Command::new("unzip");
    unpack
        .args(["-o", "-q"])
        .arg(&archive)
        .arg("jni/*")
        .arg("-d")
        .arg(&folder);
    shell::run(&mut unpack)?;
    let mut complaints = Vec::new();
    for abi in ALL {
        complaints.extend(of(abi.target(), &folder)?);
    }
    Ok(complaints)
}

fn of(target: &Target, folder: &Path) -> Result<Vec<String>> {
    let file = folder.join("jni").join(target.abi).join(LIBRARY);
    let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let library = Library::read(&bytes)?;
    let complaints = check::complaints(target, Origin::Foreign, &library)?;
    let about = |complaint: String| format!("JNA for {}: {complaint}", target.abi);
    Ok(complaints.into_iter().map(about).collect())
}
