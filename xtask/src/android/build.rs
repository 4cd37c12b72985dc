//! One library: built, and stripped for the APK.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::targets::{API, Target};
use super::toolchain::Toolchain;
use crate::{artifact, shell};

/// The file that apps load.
pub(crate) const LIBRARY: &str = "libqrgen_sdk.so";

/// Nothing of ours traces below the level of debugging, so nobody would see what others do.
const QUIET: &str = "tracing/release_max_level_debug";

/// The two files of a library.
pub(crate) struct Built {
    /// What ships.
    pub(crate) stripped: PathBuf,
    /// The same code with its symbols, for stack traces and for the generator of bindings.
    pub(crate) unstripped: PathBuf,
}

/// Builds the library below `out`: `jniLibs/ABI` is what ships, `symbols/ABI` has the symbols.
pub(crate) fn library(
    target: &Target,
    toolchain: &Toolchain,
    out: &Path,
    features: &[&str],
) -> Result<Built> {
    let linking = linking(target, &toolchain.libraries(target, out)?);
    let mut options = vec!["--profile", "mobile", "--target", target.triple];
    // Without HTTP/2 (ADR 0017).
    options.extend(["--no-default-features", "--features", "uniffi"]);
    options.extend(["--features", QUIET]);
    for feature in features {
        options.extend(["--features", feature]);
    }
    let built = artifact::sdk_library(&options, &environment(target, toolchain)?, &linking)?;
    let Built {
        stripped,
        unstripped,
    } = placed(target, out)?;
    fs::copy(&built, &unstripped).with_context(|| format!("copying {}", built.display()))?;
    let mut strip = Command::new(toolchain.tool("llvm-strip"));
    strip
        .arg("--strip-all")
        .arg("-o")
        .arg(&stripped)
        .arg(&unstripped);
    shell::run(&mut strip)?;
    Ok(Built {
        stripped,
        unstripped,
    })
}

/// Where the files of a library lie.
pub(crate) fn placed(target: &Target, out: &Path) -> Result<Built> {
    let place = |kind: &str| -> Result<PathBuf> {
        let folder = out.join(kind).join(target.abi);
        fs::create_dir_all(&folder)?;
        Ok(folder.join(LIBRARY))
    };
    Ok(Built {
        stripped: place("jniLibs")?,
        unstripped: place("symbols")?,
    })
}

/// For the last crate, so that no dependency is built anew when a library to link changes.
fn linking(target: &Target, libraries: &[PathBuf]) -> Vec<String> {
    let mut arguments = vec![
        "-Clinker=rust-lld".to_owned(),
        "-Clinker-flavor=ld.lld".to_owned(),
    ];
    arguments.extend(
        libraries
            .iter()
            .map(|folder| format!("-Lnative={}", folder.display())),
    );
    let page = format!("-zmax-page-size={}", target.page);
    let soname = format!("-soname={LIBRARY}");
    // `--icf`: one copy of functions that are the same, as Android's own programs are linked.
    // `--pack-dyn-relocs`: the form that bionic reads since API 23, a seventh of the plain one's size.
    // `-zdefs`: a name that is nowhere is an error here, and not on the phone.
    let ours = [
        &*soname,
        &page,
        "-zdefs",
        "--icf=all",
        "--pack-dyn-relocs=android",
        "--build-id=sha1",
        "--hash-style=gnu",
    ];
    let all = ours.iter().chain(target.linking);
    arguments.extend(all.map(|argument| format!("-Clink-arg={argument}")));
    // The symbols stay: the generator reads them. What ships is stripped afterwards.
    arguments.push("-Cstrip=none".to_owned());
    arguments
}

/// The C compiler for ring, which needs no header of a libc, and no path of this machine in any
/// crate.
fn environment(target: &Target, toolchain: &Toolchain) -> Result<Vec<(String, String)>> {
    let text = |path: &Path| {
        path.to_str()
            .map(str::to_owned)
            .context("a path that is not UTF-8")
    };
    let cargo_home = match std::env::var("CARGO_HOME") {
        Ok(home) => home,
        Err(_unset) => format!("{}/.cargo", std::env::var("HOME").context("no HOME")?),
    };
    let remaps = [
        (format!("{cargo_home}/registry/src"), "/crates"),
        (text(shell::root())?, "/src"),
        (text(&toolchain.rust)?, "/rust"),
    ]
    .map(|(from, to)| format!("--remap-path-prefix={from}={to}"));
    let name = target.triple.replace('-', "_");
    let cflags = format!(
        "--target={}{API} -ffreestanding -nostdlibinc -DRING_CORE_NOSTDLIBINC=1",
        target.clang
    );
    Ok(vec![
        // In place of the rustflags of all configuration files, and not for build scripts.
        ("CARGO_ENCODED_RUSTFLAGS".to_owned(), remaps.join("\x1f")),
        (format!("CC_{name}"), text(&toolchain.clang)?),
        (format!("AR_{name}"), text(&toolchain.tool("llvm-ar"))?),
        (format!("CFLAGS_{name}"), cflags),
    ])
}
