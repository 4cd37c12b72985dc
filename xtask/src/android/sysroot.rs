//! What prebuilt `std` asks of the linker, without an NDK: link stubs of bionic's libraries, and
//! LLVM's libunwind.
//!
//! A stub is a shared library that defines the names and nothing else: rust-lld makes one of a
//! linker script of `name = 0;` lines. A name that is newer than the API level is left out, so that
//! a strong reference to it does not link and a weak one stays weak.
//!
//! libunwind is that of the LLVM which rustc was built with (component `rust-src`), compiled with
//! eight small headers of our own in place of a libc's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::bionic::{self, LIBRARIES};
use super::targets::{API, Target};
use super::toolchain::Toolchain;
use crate::shell;

/// Its sources in libunwind's folder.
const SOURCES: [&str; 6] = [
    "libunwind.cpp",
    "Unwind-EHABI.cpp",
    "UnwindLevel1.c",
    "UnwindLevel1-gcc-ext.c",
    "UnwindRegistersRestore.S",
    "UnwindRegistersSave.S",
];

/// For every source. Nothing of it is exported. Without `__BIONIC__` 32-bit ARM would not use
/// bionic's `dl_unwind_find_exidx`; without `USE_DLADDR=0` the names of functions would be looked
/// up, by `dladdr` and `snprintf`.
const FLAGS: &str = "-Os -g0 -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections \
    -fno-stack-protector -nostdlibinc -DNDEBUG -D_LIBUNWIND_IS_NATIVE_ONLY \
    -D_LIBUNWIND_HIDE_SYMBOLS -D__BIONIC__ -D_LIBUNWIND_USE_DLADDR=0";

/// `-U__linux__` leaves out arm64's stepping through signal frames, which a panic never does and
/// which would want more headers. Assembly needs `__linux__` for its stack note.
const CPP_FLAGS: &str = "-U__linux__ -std=c++17 -fno-exceptions -fno-rtti -funwind-tables";
const C_FLAGS: &str = "-U__linux__ -std=c99 -fexceptions";

/// Makes stubs and `libunwind.a` in `folder`, and returns it.
pub(crate) fn make(target: &Target, toolchain: &Toolchain, folder: PathBuf) -> Result<PathBuf> {
    fs::create_dir_all(&folder)?;
    stubs(target, toolchain, &folder)?;
    libunwind(target, toolchain, &folder)?;
    Ok(folder)
}

fn stubs(target: &Target, toolchain: &Toolchain, folder: &Path) -> Result<()> {
    let symbols = bionic::symbols(target.listed)?;
    for library in LIBRARIES {
        let names = symbols
            .iter()
            .filter(|symbol| symbol.library == library && symbol.since <= API)
            .map(|symbol| symbol.name);
        // One name more, so that no script is empty.
        let own = format!("__stub_of_{library}");
        let lines: Vec<String> = names
            .chain([&*own])
            .map(|name| format!("{name} = 0;"))
            .collect();
        let script = lines.join("\n") + "\n";
        let file = folder.join(format!("{library}.ld"));
        fs::write(&file, script)?;
        let mut link = Command::new(toolchain.tool("rust-lld"));
        link.args([
            "-flavor",
            "gnu",
            "-shared",
            "-m",
            target.emulation,
            "--hash-style=gnu",
        ])
        .args(["-soname", &format!("{library}.so")])
        .arg(&file)
        .arg("-o")
        .arg(folder.join(format!("{library}.so")));
        shell::read(&mut link)?;
    }
    Ok(())
}

fn libunwind(target: &Target, toolchain: &Toolchain, folder: &Path) -> Result<()> {
    let source = toolchain.libunwind();
    let headers = shell::root().join("xtask/android/libunwind-include");
    let archive = folder.join("libunwind.a");
    let mut pack = Command::new(toolchain.tool("llvm-ar"));
    pack.arg("rcsD").arg(&archive);
    for name in SOURCES {
        let language = match name.rsplit('.').next() {
            Some("cpp") => CPP_FLAGS,
            Some("c") => C_FLAGS,
            _ => "",
        };
        let object = folder.join(format!("{name}.o"));
        let mut compile = Command::new(&toolchain.clang);
        compile
            .arg(format!("--target={}{API}", target.clang))
            .args(FLAGS.split_whitespace().chain(language.split_whitespace()))
            .arg("-isystem")
            .arg(&headers)
            .arg("-I")
            .arg(source.join("include"))
            .arg("-c")
            .arg(source.join("src").join(name))
            .arg("-o")
            .arg(&object);
        shell::read(&mut compile)?;
        pack.arg(object);
    }
    if archive.exists() {
        fs::remove_file(&archive)?; // else members of an older list would stay
    }
    shell::read(&mut pack).context("packing libunwind.a")?;
    Ok(())
}
