//! Really loads and runs a library for Android on this machine.
//!
//! bionic's and glibc's interfaces are nearly the same; where they are not, a shim
//! (`xtask/android/run/bionic.c`) stands between, as the `libc.so` that the library needs. The
//! library is driven as an app drives it, through what UniFFI generates: here Python. What it talks
//! to are real services of `qrgen serve`, over HTTP and over TLS. x86-64 runs as it is, arm64 under
//! qemu with a Debian of that architecture.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::build::{Built, LIBRARY};
use super::debian::Root;
use super::targets::Target;
use crate::step::Stop;
use crate::{artifact, bindings, shell, tools};

/// The libraries that ours needs, with the source that the shim has for them and what they are
/// linked with. Whatever a shim does not define is found in the glibc below it.
const SHIMS: [(&str, &str, Option<&str>); 3] = [
    ("libc.so", "xtask/android/run/bionic.c", None),
    ("libdl.so", "/dev/null", None),
    ("libm.so", "/dev/null", Some("-lm")),
];

/// Whether a library can be run here.
pub(crate) fn can_run(target: &Target) -> bool {
    cfg!(all(target_os = "linux", target_arch = "x86_64"))
        && matches!(target.abi, "x86_64" | "arm64-v8a")
}

/// Runs every check of `xtask/android/run/drive.py` on a library.
pub(crate) fn drive(target: &Target, built: &Built, folder: &Path) -> Result<(), Stop> {
    let root = match target.abi {
        "x86_64" => None,
        _ => Some(Root::arm64()?),
    };
    let python = tools::on_path("python3").ok_or_else(|| {
        Stop::Skipped("needs Python 3.11 or newer: `apt-get install python3`".to_owned())
    })?;
    tools::debian_package("openssl").map_err(|error| Stop::Skipped(error.to_string()))?;
    if folder.exists() {
        fs::remove_dir_all(folder).context("emptying the folder of the run")?;
    }
    // From the file with symbols; what is loaded is the one that ships.
    bindings::generate("python", &built.unstripped, folder)?;
    fs::copy(&built.stripped, folder.join(LIBRARY)).context("copying the library")?;
    let shim = folder.join("shim");
    fs::create_dir_all(&shim).context("making the folder of the shim")?;
    for (name, source, with) in SHIMS {
        let mut compile = Command::new("clang");
        compile
            .current_dir(shell::root())
            .args(root.iter().flat_map(Root::compiling))
            .args(["-O1", "-fPIC", "-shared", "-Wl,--no-as-needed"])
            .arg(format!("-Wl,-soname,{name}"))
            .args(["-x", "c", source, "-o"])
            .arg(shim.join(name))
            .args(with);
        shell::read(&mut compile)?;
    }

    let mut run = Command::new(&python);
    run.current_dir(shell::root().join("xtask/android/run"))
        .arg("services.py")
        .arg(artifact::program("qrgen-cli")?)
        .args(interpreter(root.as_ref(), &python, &shim))
        .arg("drive.py")
        .arg(folder)
        // A panic is planted some hundred times.
        .env("RUST_BACKTRACE", "0");
    Ok(shell::run(&mut run)?)
}

/// The Python that loads the library, with the shim before the libraries of the system.
fn interpreter(root: Option<&Root>, python: &Path, shim: &Path) -> Vec<OsString> {
    match root {
        None => {
            let mut path = OsString::from("LD_LIBRARY_PATH=");
            path.push(shim);
            vec!["env".into(), path, python.into()]
        }
        Some(root) => root.interpreter(shim),
    }
}

/// The place for the run of a library.
pub(crate) fn folder(out: &Path, target: &Target) -> PathBuf {
    out.join("run").join(target.abi)
}
