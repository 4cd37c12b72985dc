//! `cargo xtask android`: the library for Android, on stable Rust and without an NDK.
//!
//! [`toolchain`] finds compiler, linker and libraries; where there is no NDK, [`sysroot`] makes
//! link stubs out of the names of [`bionic`] and compiles libunwind. [`build`] builds with the
//! profile `mobile` and strips. [`elf`] reads the result and [`check`] holds it to what phones and
//! Google Play ask, as [`jna`] has it do with what ships beside it. [`size`] holds it to the size
//! of the last record, and [`aar`] the archive that Maven makes of all of them. [`mod@run`] loads
//! it on this machine and drives it, with the packages of [`debian`] where it is of another
//! architecture.
//!
//! Below `target/android`: `jniLibs/ABI/libqrgen_sdk.so` is what ships, `symbols/ABI` has the same
//! with its symbols.

pub(crate) mod aar;
mod bionic;
mod build;
mod check;
mod debian;
pub(crate) mod elf;
mod jna;
mod packed;
mod run;
pub(crate) mod size;
mod sysroot;
mod targets;
mod toolchain;

use anyhow::{Context as _, Result};

use crate::step::{Options, Outcome, Stop};
use crate::{say, shell};
use build::Built;
use check::Origin;
use elf::Library;
use targets::{ALL, Abi, Target};
use toolchain::Toolchain;

/// Arguments of `cargo xtask android`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build for this ABI alone (may be given more than once).
    #[arg(long, value_name = "ABI")]
    abi: Vec<Abi>,
    /// Load and drive what can run on this machine.
    #[arg(long)]
    run: bool,
    /// Record the sizes in docs/size.json; with all ABIs that of the AAR too.
    #[arg(long)]
    record: bool,
}

const OURS: Origin = Origin::Ours {
    soname: build::LIBRARY,
};

/// Builds and checks the libraries.
pub(crate) fn run(args: &Args) -> Result<()> {
    let abis = if args.abi.is_empty() {
        &ALL[..]
    } else {
        &args.abi
    };
    let driven = || {
        if args.run {
            drive(abis, abis)
        } else {
            Ok(String::new())
        }
    };
    match libraries(abis, args.record).and_then(|_sizes| driven()) {
        Ok(_note) => Ok(()),
        Err(Stop::Failed(reason) | Stop::Skipped(reason)) => Err(anyhow::Error::msg(reason)),
    }
}

/// The step of `cargo xtask test`: the two ABIs of today's phones and emulators, of which one runs
/// here without an emulator; or all.
pub(crate) fn step(options: &Options) -> Outcome {
    let (abis, with_hooks) = if options.thorough {
        (&ALL[..], &ALL[..])
    } else {
        (&[Abi::Arm64, Abi::X86_64][..], &[Abi::X86_64][..])
    };
    let sizes = libraries(abis, false)?;
    let driven = drive(abis, with_hooks)?;
    Ok(format!("{driven}, {sizes}"))
}

fn libraries(abis: &[Abi], record: bool) -> Outcome {
    let targets: Vec<&Target> = abis.iter().map(|abi| abi.target()).collect();
    let toolchain = Toolchain::find(&targets)?;
    let out = shell::target().join("android");
    let recorded = size::recorded().unwrap_or_default();
    let (mut sizes, mut complaints, mut notes) = (size::Sizes::new(), Vec::new(), Vec::new());
    complaints.extend(jna::complaints(&out)?);
    for target in targets {
        let built = build::library(target, &toolchain, &out, &[])?;
        let about = format!("{}: ", target.abi);
        complaints.extend(
            complaints_of(target, &built)?
                .iter()
                .map(|line| about.clone() + line),
        );
        let bytes = std::fs::metadata(&built.stripped)
            .context("the built library")?
            .len();
        let before = recorded.get(target.abi).copied();
        if !record && let Some(complaint) = size::complaint(target.abi, bytes, before, size::HOW) {
            complaints.push(about + &complaint);
        }
        notes.push(format!(
            "{} {bytes} bytes (recorded: {})",
            target.abi,
            before.unwrap_or_default()
        ));
        sizes.insert(target.abi.to_owned(), bytes);
    }
    for line in &notes {
        say::line(line);
    }
    if record && complaints.is_empty() {
        if abis.len() == ALL.len() {
            sizes.insert(size::AAR.to_owned(), aar::packed(&out.join("jniLibs"))?);
        }
        size::record(&sizes)?;
    }
    if complaints.is_empty() {
        Ok(notes.join(", "))
    } else {
        Err(Stop::Failed(complaints.join("\n")))
    }
}

fn complaints_of(target: &Target, built: &Built) -> Result<Vec<String>> {
    let bytes = std::fs::read(&built.stripped)?;
    let library = Library::read(&bytes)?;
    let mut complaints = check::complaints(target, OURS, &library)?;
    complaints.extend(check::machine_paths(&bytes));
    Ok(complaints)
}

/// Loads and drives the libraries that ship, and those that have the hooks of the tests, by which
/// they panic: each ABI unwinds in its own way.
fn drive(abis: &[Abi], with_hooks: &[Abi]) -> Outcome {
    if !run::possible() {
        return Err(Stop::Skipped(
            "the libraries run on x86-64 Linux only".to_owned(),
        ));
    }
    let out = shell::target().join("android");
    for target in abis.iter().map(|abi| abi.target()) {
        let shipped = build::placed(target, &out)?;
        run::drive(target, &shipped, &run::folder(&out, target))?;
    }
    let targets: Vec<&Target> = with_hooks.iter().map(|abi| abi.target()).collect();
    let toolchain = Toolchain::find(&targets)?;
    let out = out.join("test-hooks");
    for target in targets {
        let hooked = build::library(target, &toolchain, &out, &["test-hooks"])?;
        run::drive(target, &hooked, &run::folder(&out, target))?;
    }
    Ok(format!(
        "{} libraries driven",
        abis.len() + with_hooks.len()
    ))
}
