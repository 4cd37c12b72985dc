//! The AAR, in which an app gets everything at once: its size, when the libraries of all ABIs are in
//! it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use zip::ZipArchive;

use super::build::LIBRARY;
use super::size;
use super::targets::ALL;
use crate::step::Stop;
use crate::{kotlin, shell};

/// Has Maven pack the libraries of this folder; bytes of the AAR.
pub(super) fn packed(libraries: &Path) -> Result<u64, Stop> {
    kotlin::pack(libraries)?;
    Ok(bytes()?.context("the AAR lacks an ABI")?)
}

/// What is wrong with the size of the AAR that Maven packed last; nothing unless all ABIs are in it.
pub(crate) fn complaint() -> Result<Option<String>> {
    let Some(bytes) = bytes()? else {
        return Ok(None);
    };
    let recorded = size::recorded()?.get(size::AAR).copied();
    Ok(size::complaint(size::AAR, bytes, recorded, size::HOW))
}

fn bytes() -> Result<Option<u64>> {
    let file = file();
    let about = || format!("reading {}", file.display());
    let aar = ZipArchive::new(File::open(&file).with_context(about)?).with_context(about)?;
    let is_whole = ALL.iter().all(|abi| {
        let library = format!("jni/{}/{LIBRARY}", abi.target().abi);
        aar.index_for_name(&library).is_some()
    });
    let bytes = fs::metadata(&file).with_context(about)?.len();
    Ok(is_whole.then_some(bytes))
}

/// Maven calls it a jar until it installs it.
fn file() -> PathBuf {
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("qrgen-sdk-android-{version}.jar");
    shell::root()
        .join("bindings/kotlin/sdk-android/target")
        .join(name)
}
