//! What can be read out of an APK.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use object::elf::PT_LOAD;
use zip::{CompressionMethod, ZipArchive};

use crate::android::elf;
use crate::shell;

/// An APK, read.
#[derive(Clone, Default)]
pub(crate) struct Facts {
    /// `aapt2 dump badging`.
    pub(crate) badging: String,
    /// The manifest, and every file of `res/xml`, as `aapt2 dump xmltree` shows them.
    pub(crate) manifest: String,
    pub(crate) settings: Vec<String>,
    pub(crate) entries: Vec<Entry>,
}

/// A file in an APK.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) is_stored: bool,
    /// Where its bytes begin.
    pub(crate) offset: u64,
    /// Of a native library: the smallest alignment of a segment to load.
    pub(crate) align: Option<u64>,
}

impl Facts {
    pub(crate) fn read(aapt2: &Path, apk: &Path) -> Result<Self> {
        let dump = |what: &[&str]| {
            let mut command = Command::new(aapt2);
            shell::read(command.arg("dump").args(what).arg(apk))
        };
        let tree = |file: &str| {
            let mut command = Command::new(aapt2);
            shell::read(
                command
                    .args(["dump", "xmltree"])
                    .arg(apk)
                    .args(["--file", file]),
            )
        };
        let entries = entries(apk)?;
        let settings = entries
            .iter()
            .filter(|entry| entry.name.starts_with("res/xml"));
        Ok(Self {
            badging: dump(&["badging"])?,
            manifest: tree("AndroidManifest.xml")?,
            settings: settings
                .map(|entry| tree(&entry.name))
                .collect::<Result<_>>()?,
            entries,
        })
    }
}

fn entries(apk: &Path) -> Result<Vec<Entry>> {
    let mut archive = ZipArchive::new(File::open(apk).context("opening the APK")?)?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let name = file.name()?.into_owned();
        let align = if name.starts_with("lib/") {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            let library = elf::Library::read(&bytes).with_context(|| name.clone())?;
            library.segments(PT_LOAD).map(|segment| segment.align).min()
        } else {
            None
        };
        let is_stored = file.compression() == CompressionMethod::Stored;
        let offset = file.data_start().context("an entry without its bytes")?;
        entries.push(Entry {
            name,
            is_stored,
            offset,
            align,
        });
    }
    Ok(entries)
}
