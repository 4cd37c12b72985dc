//! Really loads and runs a library for Android on this machine.
//!
//! bionic's and glibc's interfaces are nearly the same; where they are not, a shim
//! (`xtask/android/run/bionic.c`) stands between, as the `libc.so` that the library needs. The
//! library is driven as an app drives it, through what UniFFI generates: here Python. What it talks
//! to are real services of `qrgen serve`, over HTTP and over TLS. x86-64 runs as it is,
//! the others with a Debian of their architecture: x86 natively too, ARM under qemu.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::build::{Built, LIBRARY};
use super::debian::{Architecture, Root, Runner};
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

/// Whether libraries can be run here.
pub(crate) const fn possible() -> bool {
    cfg!(all(target_os = "linux", target_arch = "x86_64"))
}

/// The architecture to run a library on; `None` for that of this machine.
fn architecture(abi: &str) -> Option<&'static Architecture> {
    match abi {
        "arm64-v8a" => Some(&Architecture {
            debian: "arm64",
            gnu: "aarch64-linux-gnu",
            clang: &["--target=aarch64-linux-gnu"],
            runner: Runner::Qemu("qemu-aarch64-static"),
        }),
        // Not armhf, whose calls pass numbers in the registers of the floating-point unit: those of
        // armeabi-v7a do not.
        "armeabi-v7a" => Some(&Architecture {
            debian: "armel",
            gnu: "arm-linux-gnueabi",
            clang: &[
                "--target=arm-linux-gnueabi",
                "-march=armv7-a",
                "-mfloat-abi=soft",
            ],
            runner: Runner::Qemu("qemu-arm-static"),
        }),
        "x86" => Some(&Architecture {
            debian: "i386",
            gnu: "i386-linux-gnu",
            clang: &["--target=i686-linux-gnu"],
            runner: Runner::Loader("lib/ld-linux.so.2"),
        }),
        _ => None,
    }
}

/// Runs every check of `xtask/android/run/drive.py` on a library.
pub(crate) fn drive(target: &Target, built: &Built, folder: &Path) -> Result<(), Stop> {
    let root = architecture(target.abi).map(Root::find).transpose()?;
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
