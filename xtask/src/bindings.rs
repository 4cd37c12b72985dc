//! `cargo xtask bindings`: what the Kotlin build needs of Rust.
//!
//! Below `bindings/kotlin/sdk/target`, and never committed:
//!
//! - `generated-sources/uniffi` and `native`: the generated Kotlin, and the library of this machine
//!   where JNA looks for it;
//! - `generated-test-sources/uniffi` and `native-test`: the same with the hooks of the tests.
//!
//! The generator is a crate of the workspace, so one lock file names its version and that of the
//! library.

use std::env::consts;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use crate::{artifact, shell};

/// Arguments of `cargo xtask bindings`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// With the profile of what is published, which is slow to build.
    #[arg(long)]
    release: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    build(args.release)
}

/// Builds the libraries and generates the Kotlin of each.
pub(crate) fn build(release: bool) -> Result<()> {
    let target = shell::root().join("bindings/kotlin/sdk/target");
    let profile: &[&str] = if release { &["--release"] } else { &[] };
    // Shorter by what only a debugger reads, and with the symbols that the generator reads.
    let linking = ["-Cstrip=debuginfo".to_owned()];
    for (features, sources, native) in [
        (&[][..], "generated-sources", "native"),
        (
            &["--features", "test-hooks"],
            "generated-test-sources",
            "native-test",
        ),
    ] {
        let built = artifact::sdk_library(&[profile, features].concat(), &[], &linking)?;
        let folder = target.join(native).join(jna_folder()?);
        fs::create_dir_all(&folder)?;
        let library = folder.join(built.file_name().context("a library without a name")?);
        fs::copy(&built, &library)
            .with_context(|| format!("copying {} to {}", built.display(), library.display()))?;
        let sources = target.join(sources).join("uniffi");
        generate("kotlin", &library, &sources)?;
        say_what_to_do(&sources.join("dev/qrgenerator/sdk/qrgen_sdk.kt"))?;
    }
    Ok(())
}

/// Has the generated Kotlin load the library by the function of `load.kt`, which tells people whose
/// library is missing what to do: JNA alone says only where it looked.
fn say_what_to_do(source: &Path) -> Result<()> {
    let text =
        fs::read_to_string(source).with_context(|| format!("reading {}", source.display()))?;
    let ours = text.replace("Native.register(", "loadNativeLibrary(");
    ensure!(
        ours != text,
        "UniFFI's Kotlin loads the library in another way"
    );
    fs::write(source, ours + LOAD).context("writing the generated Kotlin")
}

const LOAD: &str = include_str!("../kotlin/load.kt");

/// Generates the bindings of a library that still has its symbols.
pub(crate) fn generate(language: &str, library: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut command = shell::cargo(&["run", "--quiet", "--package", "qrgen-bindgen", "--locked"]);
    command
        .args(["--", "generate", "--no-format", "--config", "uniffi.toml"])
        .args(["--language", language, "--out-dir"])
        .arg(folder)
        .arg(library);
    shell::run(&mut command)
}

/// The folder in which JNA looks for a library of this machine, on the class path.
fn jna_folder() -> Result<String> {
    let system = match consts::OS {
        "linux" => "linux",
        "macos" => "darwin",
        "windows" => "win32",
        other => bail!("JNA's name of {other} is not known here"),
    };
    let processor = match consts::ARCH {
        "x86_64" => "x86-64",
        "aarch64" => "aarch64",
        other => bail!("JNA's name of {other} is not known here"),
    };
    Ok(format!("{system}-{processor}"))
}
