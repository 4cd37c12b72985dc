//! `manifest.json`: what is in the ZIP file or the folder, an object a code.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use qrgen_contract::Level;
use qrgen_sdk::RenderedCode;
use serde::Serialize;

/// A code: its image is `{name}.png`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    row: u64,
    name: &'a str,
    byte_size: usize,
    width: i32,
    symbol: Symbol,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Symbol {
    version: i32,
    error_correction: Level,
    mask: i32,
}

/// Written into a temporary file, code by code.
#[derive(Debug)]
pub(super) struct Manifest {
    file: BufWriter<File>,
    is_empty: bool,
}

impl Manifest {
    /// Its name beside the images, whose names end with `.png`.
    pub(super) const FILE: &str = "manifest.json";

    pub(super) fn begin() -> io::Result<Self> {
        let mut file = BufWriter::new(tempfile::tempfile()?);
        file.write_all(b"{\"codes\":[")?;
        Ok(Self {
            file,
            is_empty: true,
        })
    }

    pub(super) fn add(&mut self, row: u64, name: &str, code: &RenderedCode) -> io::Result<()> {
        let separator: &[u8] = if self.is_empty { b"\n" } else { b",\n" };
        self.is_empty = false;
        self.file.write_all(separator)?;
        let entry = Entry {
            row,
            name,
            byte_size: code.png.len(),
            width: code.width_px,
            symbol: Symbol {
                version: code.symbol.version,
                error_correction: code.symbol.error_correction,
                mask: code.symbol.mask,
            },
        };
        Ok(serde_json::to_writer(&mut self.file, &entry)?)
    }

    /// The whole of it.
    pub(super) fn finish(mut self) -> io::Result<File> {
        self.file.write_all(b"\n]}\n")?;
        self.file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
    }
}
