//! `cargo xtask sample`: the Android sample app without Gradle, out of the same files.
//!
//! [`gradle`] reads the version catalog and the build file, [`lock`] what they came to when
//! [`resolve`] last resolved them; [`libraries`] gets those files by [`maven`] into the tool cache.
//! [`build`] makes resources and classes, [`dex`] dex files, [`pack`] signed APKs, each as
//! [`mod@stage`]s that are done when their inputs changed. [`robolectric`] runs the app's tests, and
//! [`check`] holds the APKs to what phones and stores ask.
//!
//! Below `target/android-sample`: `app-debug.apk`, `app-release.apk`, `pictures`.

mod build;
mod check;
mod dex;
mod gradle;
mod libraries;
mod lock;
mod maven;
mod pack;
mod resolve;
mod robolectric;
mod stage;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::step::{Outcome, Stop, none_of};
use crate::{artifact, say, shell, tools};
use build::{Build, Variant};
use gradle::Gradle;
use libraries::Libraries;
use robolectric::Pictures;

/// Arguments of `cargo xtask sample`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Resolve the dependencies of the Gradle files anew and write the lock, nothing else.
    #[arg(long)]
    update_lock: bool,
    /// Replace the committed pictures of the screens by those that the tests draw.
    #[arg(long)]
    screenshots: bool,
    /// Record the sizes of the APKs in docs/size.json.
    #[arg(long)]
    record: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    if args.update_lock {
        let files = resolve::update(&Gradle::load()?)?;
        say::line(&format!("{files} files locked"));
        return Ok(());
    }
    let pictures = if args.screenshots {
        Pictures::Refresh
    } else {
        Pictures::Compare
    };
    match made(pictures, args.record) {
        Ok(note) => {
            say::line(&note);
            Ok(())
        }
        Err(Stop::Failed(reason) | Stop::Skipped(reason)) => Err(anyhow::Error::msg(reason)),
    }
}

/// Builds and tests the app, packs both variants and checks them.
fn made(pictures: Pictures, record: bool) -> Outcome {
    let gradle = Gradle::load()?;
    none_of(&gradle.complaints()?)?;
    tools::debian_packages(&[
        ("maven", "mvn"),
        ("default-jdk-headless", "javac"),
        ("zipalign", "zipalign"),
        ("apksigner", "apksigner"),
    ])
    .map_err(|error| Stop::Skipped(error.to_string()))?;
    let out = shell::target().join("android-sample");
    fs::create_dir_all(&out).context("making the folder of the sample app")?;
    let libraries = Libraries::load(&gradle, &out)?;
    let build = Build {
        gradle,
        libraries,
        out,
    };
    let debug = build.resources(Variant::Debug)?;
    let app = build.classes(&debug.r)?;
    none_of(&check::api(&build, &app)?)?;
    let mut abis = build.gradle.abis()?;
    // JNA alone would start on an ABI and then fail.
    abis.retain(|abi| build.libraries.sdk.part(&format!("jni/{abi}")).is_some());
    let release = build.resources(Variant::Release)?;
    let dex = build.dex(Variant::Release, &app, &release)?;
    let arm64 = build.apk(
        Variant::Release,
        "app-release-arm64-v8a.apk",
        &dex,
        &release,
        &abis[..1],
    )?;
    let release = build.apk(Variant::Release, "app-release.apk", &dex, &release, &abis)?;
    let dex = build.dex(Variant::Debug, &app, &debug)?;
    let apk = build.apk(Variant::Debug, "app-debug.apk", &dex, &debug, &abis)?;
    let mut complaints = check::apk(&build, Variant::Debug, &apk)?;
    for apk in [&release, &arm64] {
        complaints.extend(check::apk(&build, Variant::Release, apk)?);
    }
    let (sizes, too_large) = check::sizes(&release, &arm64, record)?;
    complaints.extend(too_large);
    none_of(&complaints)?;
    let tests = build.test_classes(&debug.r, &app)?;
    let qrgen = artifact::program("qrgen-cli")?;
    let passed = build.tests(&app, &tests, &debug, &qrgen, pictures)?;
    Ok(format!("{passed} tests passed, {sizes}"))
}

/// The folder of what is pinned for the sample app.
fn pins() -> PathBuf {
    shell::root().join("xtask/pins/sample")
}
