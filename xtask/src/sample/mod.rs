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
mod measurement;
mod pack;
mod resolve;
mod robolectric;
mod stage;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::step::{Options, Outcome, Stop, none_of};
use crate::{say, shell, tools};
use build::{Build, Resources, Variant};
use gradle::Gradle;
use libraries::Libraries;
use robolectric::{Classes, Pictures};

/// Arguments of `cargo xtask sample`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Resolve the dependencies of the Gradle files anew and write the lock, nothing else.
    #[arg(long)]
    update_lock: bool,
    /// Replace the committed pictures of the screens by those that the tests draw; pack nothing.
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
    let done = if args.screenshots {
        pictures()
    } else {
        made(args.record)
    };
    match done {
        Ok(note) => {
            say::line(&note);
            Ok(())
        }
        Err(Stop::Failed(reason) | Stop::Skipped(reason)) => Err(anyhow::Error::msg(reason)),
    }
}

/// The step of `cargo xtask test`.
pub(crate) fn step(_: &Options) -> Outcome {
    made(false)
}

/// Builds and tests the app, packs both variants and checks them.
fn made(record: bool) -> Outcome {
    let build = prepared()?;
    build.lint()?;
    let debug = build.resources(Variant::Debug)?;
    let app = build.classes(&debug.r)?;
    none_of(&check::api(&build, &app)?)?;
    let passed = build.tests(&classes(&build, &app, &debug)?, Pictures::Compare)?;
    let sizes = packed(&build, &app, &debug, record)?;
    Ok(format!("{passed} tests passed, {sizes}"))
}

/// Has the tests draw the pictures anew.
fn pictures() -> Outcome {
    let build = prepared()?;
    let debug = build.resources(Variant::Debug)?;
    let app = build.classes(&debug.r)?;
    let passed = build.tests(&classes(&build, &app, &debug)?, Pictures::Refresh)?;
    Ok(format!("{passed} tests passed"))
}

/// The section `sample` of `docs/benchmarks.md`.
pub(crate) fn measure() -> Result<String> {
    let Ok(build) = prepared() else {
        bail!("`cargo xtask sample` says what is missing");
    };
    let debug = build.resources(Variant::Debug)?;
    let app = build.classes(&debug.r)?;
    measurement::table(&build.measured(&classes(&build, &app, &debug)?)?)
}

/// The Gradle files read and checked, and the tools and libraries fetched.
fn prepared() -> Result<Build, Stop> {
    let gradle = Gradle::load()?;
    none_of(&[gradle.complaints()?, texts::complaints()?].concat())?;
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
    Ok(Build {
        gradle,
        libraries,
        out,
    })
}

fn classes<'a>(build: &Build, app: &'a Path, resources: &'a Resources) -> Result<Classes<'a>> {
    Ok(Classes {
        app,
        tests: build.test_classes(&resources.r, app)?,
        resources,
    })
}

/// The APKs, checked; their sizes in words.
fn packed(build: &Build, app: &Path, debug: &Resources, record: bool) -> Outcome {
    let mut abis = build.gradle.abis()?;
    // JNA alone would start on an ABI and then fail.
    abis.retain(|abi| build.libraries.sdk.part(&format!("jni/{abi}")).is_some());
    let release = build.resources(Variant::Release)?;
    let dex = build.dex(Variant::Release, app, &release)?;
    let [arm64, all] = [
        ("app-release-arm64-v8a.apk", &abis[..1]),
        ("app-release.apk", &abis[..]),
    ]
    .map(|(name, abis)| build.apk(Variant::Release, name, &dex, &release, abis));
    let (arm64, all) = (arm64?, all?);
    let dex = build.dex(Variant::Debug, app, debug)?;
    let apk = build.apk(Variant::Debug, "app-debug.apk", &dex, debug, &abis)?;
    let mut complaints = check::apk(build, Variant::Debug, &apk)?;
    for apk in [&all, &arm64] {
        complaints.extend(check::apk(build, Variant::Release, apk)?);
    }
    complaints.extend(check::missing_classes(build, &all)?);
    let (sizes, too_large) = check::sizes(&all, &arm64, record)?;
    complaints.extend(too_large);
    none_of(&complaints)?;
    Ok(sizes)
}

/// The folder of what is pinned for the sample app.
fn pins() -> PathBuf {
    shell::root().join("xtask/pins/sample")
}
