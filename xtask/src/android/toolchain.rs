//! Where compiler, linker and libraries come from: rustup and any clang, or the NDK.
//!
//! With `ANDROID_NDK_HOME` set, clang and the libraries to link come from there. Linker and flags
//! are the same, so that both ways give the same library.

use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::sysroot;
use super::targets::{API, Target};
use crate::step::Stop;
use crate::{shell, tools};

pub(crate) struct Toolchain {
    /// The root of the Rust toolchain.
    pub(crate) rust: PathBuf,
    /// Where the programs lie that come with rustc.
    programs: PathBuf,
    /// A clang with the back ends of all four ABIs.
    pub(crate) clang: PathBuf,
    /// `rustc --version`, which names sysroots apart.
    version: String,
    ndk: Option<PathBuf>,
}

impl Toolchain {
    /// Finds everything, and installs what may be installed.
    pub(crate) fn find(targets: &[&Target]) -> Result<Self, Stop> {
        for target in targets {
            tools::rust_target(target.triple)?;
        }
        let rust = tools::sysroot()?;
        let mut rustc = Command::new("rustc");
        let version = shell::read(rustc.arg("-vV").current_dir(shell::root()))?;
        let ndk = std::env::var_os("ANDROID_NDK_HOME").filter(|path| !path.is_empty());
        let ndk = ndk.map(ndk_toolchain).transpose()?;
        let clang = if let Some(ndk) = &ndk {
            ndk.join("bin/clang")
        } else {
            tools::debian_package("clang").map_err(|e| Stop::Skipped(e.to_string()))?;
            PathBuf::from("clang")
        };
        let toolchain = Self {
            rust,
            programs: tools::rust_programs()?,
            clang,
            version,
            ndk,
        };
        toolchain.add_components()?;
        Ok(toolchain)
    }

    /// A program that comes with rustc: `rust-lld`, `llvm-ar`, `llvm-strip`.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// LLVM's libunwind, as rustc's own `std` has it.
    pub(crate) fn libunwind(&self) -> PathBuf {
        self.rust
            .join("lib/rustlib/src/rust/src/llvm-project/libunwind")
    }

    /// The folders that hold libc, libm, libdl, liblog and libunwind for a target.
    pub(crate) fn libraries(&self, target: &Target, out: &Path) -> Result<Vec<PathBuf>> {
        let Some(ndk) = &self.ndk else {
            let folder = out
                .join("sysroot")
                .join(format!("{}-{}", target.triple, self.key()));
            return Ok(vec![sysroot::make(target, self, folder)?]);
        };
        let runtimes = only_entry(&ndk.join("lib/clang"))?;
        Ok(vec![
            ndk.join("sysroot/usr/lib")
                .join(target.ndk_libraries)
                .join(API.to_string()),
            runtimes.join("lib/linux").join(target.ndk_runtime),
        ])
    }

    /// Another list or compiler is another folder: cargo links anew when a path changes, and does
    /// not see what lies in it.
    fn key(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.version.hash(&mut hasher);
        include_str!("../../android/bionic-symbols.txt").hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    fn add_components(&self) -> Result<(), Stop> {
        tools::rust_file("llvm-tools", &self.tool("llvm-strip"))?;
        tools::rust_file("rust-src", &self.libunwind())
    }
}

fn ndk_toolchain(home: OsString) -> Result<PathBuf> {
    only_entry(&Path::new(&home).join("toolchains/llvm/prebuilt"))
        .context("ANDROID_NDK_HOME is not the folder of an NDK")
}

/// The one folder in a folder: the NDK names them by host and by version.
fn only_entry(folder: &Path) -> Result<PathBuf> {
    let mut entries = fs::read_dir(folder)
        .with_context(|| format!("looking into {}", folder.display()))?
        .collect::<Result<Vec<_>, _>>()?;
    match entries.pop() {
        Some(entry) if entries.is_empty() => Ok(entry.path()),
        _ => bail!("{} holds not exactly one folder", folder.display()),
    }
}
