//! The table: CSV with a header, or one JSON object a line. Row by row, however long it is.

mod csv;
mod json_lines;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Seek as _};
use std::path::Path;

use qrgen_sdk::Detail;

use self::csv::CsvRows;
use self::json_lines::JsonRows;

use crate::cli::TableFormat;
use crate::exit::{Exit, Failure};
use crate::file;

/// More than any row with a text that fits a symbol; a longer one has a quote that is never closed,
/// and would be read into memory to the end of the file.
const ROW_BYTES: usize = 256 * 1024;

/// The columns, which are also the members of a JSON object.
const COLUMNS: [&str; 3] = ["name", "text", "detail"];

/// A code to make.
#[derive(Debug)]
pub(super) struct Row {
    /// Its place among the rows, from 1; the header is none.
    pub(super) number: u64,
    pub(super) name: String,
    pub(super) text: String,
    /// The detail of this row, if it has one of its own.
    pub(super) detail: Option<Detail>,
}

/// A table that can be read more than once.
#[derive(Debug)]
pub(super) struct Table {
    file: File,
    format: TableFormat,
}

impl Table {
    /// Opens `path`; stdin (`-`) is copied into a temporary file.
    pub(super) fn open(path: &Path, format: Option<TableFormat>) -> Result<Self, Failure> {
        let format = match format {
            Some(format) => format,
            None => guess_format(path)?,
        };
        let tried = || format!("could not read {}", path.display());
        let file = if path == Path::new(file::STANDARD) {
            tempfile::tempfile()
                .and_then(|mut copy| {
                    io::copy(&mut io::stdin().lock(), &mut copy)?;
                    Ok(copy)
                })
                .map_err(|error| Failure::of_file(tried(), &error))?
        } else {
            file::open(path)?
        };
        Ok(Self { file, format })
    }

    /// The rows from the first on. A row that can't be used is a failure in its place.
    pub(super) fn rows(&self) -> Result<Rows, Failure> {
        let failed = |error: io::Error| Failure::of_file("could not read the table", &error);
        let mut file = self.file.try_clone().map_err(failed)?;
        file.rewind().map_err(failed)?;
        match self.format {
            TableFormat::Csv => CsvRows::begin(file).map(Rows::Csv),
            TableFormat::Jsonl => Ok(Rows::JsonLines(JsonRows::begin(file))),
        }
    }
}

fn guess_format(path: &Path) -> Result<TableFormat, Failure> {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "csv" => Ok(TableFormat::Csv),
        "jsonl" | "ndjson" => Ok(TableFormat::Jsonl),
        _ => Err(Failure::new(
            Exit::Usage,
            "format_unknown",
            format!("could not tell the format of {}", path.display()),
            "its name ends with none of .csv, .jsonl and .ndjson; pass --format",
        )),
    }
}

/// The rows of a table.
pub(super) enum Rows {
    Csv(CsvRows),
    JsonLines(JsonRows),
}

impl Iterator for Rows {
    type Item = Result<Row, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Csv(rows) => rows.next(),
            Self::JsonLines(rows) => rows.next(),
        }
    }
}

/// A row of the table that is refused.
pub(super) fn refused(number: u64, code: &str, reason: impl Into<String>) -> Failure {
    Failure::new(
        Exit::Refused,
        code,
        format!("could not use row {number}"),
        reason,
    )
}
