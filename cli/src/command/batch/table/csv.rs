//! CSV (RFC 4180) with a header that names the columns.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, ErrorKind, Reader, StringRecord};
use qrgen_contract::Preset;
use qrgen_sdk::Detail;
use serde::Deserialize as _;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;

use super::{COLUMNS, ROW_BYTES, Row, refused};
use crate::exit::{Exit, Failure};

/// The rows below the header.
pub(in super::super) struct CsvRows {
    reader: Reader<Metered>,
    /// Since the last row that was read whole.
    bytes: Arc<AtomicUsize>,
    columns: Columns,
    number: u64,
    record: ByteRecord,
    is_over: bool,
}

/// Where in a record the columns are.
struct Columns {
    name: usize,
    text: usize,
    detail: Option<usize>,
}

impl CsvRows {
    pub(super) fn begin(file: File) -> Result<Self, Failure> {
        let bytes = Arc::new(AtomicUsize::new(0));
        let metered = Metered {
            file,
            bytes: Arc::clone(&bytes),
        };
        let mut reader = Reader::from_reader(metered);
        let header = reader.headers().map_err(|error| unreadable(&error))?;
        let columns = Columns::of(header)?;
        Ok(Self {
            reader,
            bytes,
            columns,
            number: 0,
            record: ByteRecord::new(),
            is_over: false,
        })
    }

    pub(super) fn next(&mut self) -> Option<Result<Row, Failure>> {
        if self.is_over {
            return None;
        }
        self.bytes.store(0, Ordering::Relaxed);
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                self.number += 1;
                Some(self.row())
            }
            Err(error) => {
                self.number += 1;
                let failure = if let ErrorKind::UnequalLengths {
                    expected_len, len, ..
                } = error.kind()
                {
                    let reason = format!("it has {len} fields, and the header {expected_len}");
                    refused(self.number, "row_invalid", reason)
                } else {
                    self.is_over = true;
                    unreadable(&error)
                };
                Some(Err(failure))
            }
        }
    }

    fn row(&self) -> Result<Row, Failure> {
        let field = |index: usize| {
            let bytes = self.record.get(index).unwrap_or_default();
            std::str::from_utf8(bytes).map_err(|_not_utf8| {
                refused(
                    self.number,
                    "row_invalid",
                    "it is not UTF-8; save the table as UTF-8",
                )
            })
        };
        let detail = match self.columns.detail.map(field).transpose()? {
            None | Some("") => None,
            Some(name) => Some(preset(name).ok_or_else(|| {
                refused(
                    self.number,
                    "detail_invalid",
                    "its detail is none of low, medium, high and max; JSON lines can hold more",
                )
            })?),
        };
        Ok(Row {
            number: self.number,
            name: field(self.columns.name)?.to_owned(),
            text: field(self.columns.text)?.to_owned(),
            detail,
        })
    }
}

fn preset(name: &str) -> Option<Detail> {
    let preset =
        Preset::deserialize(IntoDeserializer::<ValueError>::into_deserializer(name)).ok()?;
    Some(qrgen_contract::Detail::Preset(preset).into())
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, Failure> {
        let invalid = |reason: String| {
            Failure::new(
                Exit::Refused,
                "header_invalid",
                "could not use the table",
                format!(
                    "{reason}; its first line must name the columns: name,text or name,text,detail"
                ),
            )
        };
        if let Some(other) = header.iter().find(|column| !COLUMNS.contains(column)) {
            return Err(invalid(format!("there is a column {other:?}")));
        }
        let place = |name: &str| {
            let mut places = (0..).zip(header).filter(|(_, column)| *column == name);
            match (places.next(), places.next()) {
                (Some(_), Some(_)) => Err(invalid(format!("there are two columns {name}"))),
                (first, _) => Ok(first.map(|(place, _)| place)),
            }
        };
        let needed =
            |name: &str| place(name)?.ok_or_else(|| invalid(format!("there is no column {name}")));
        Ok(Self {
            name: needed("name")?,
            text: needed("text")?,
            detail: place("detail")?,
        })
    }
}

fn unreadable(error: &csv::Error) -> Failure {
    let tried = "could not read the table";
    match error.kind() {
        ErrorKind::Io(error) if error.kind() != io::ErrorKind::InvalidData => {
            Failure::of_file(tried, error)
        }
        ErrorKind::Utf8 { .. } => Failure::new(
            Exit::Refused,
            "header_invalid",
            tried,
            "its first line is not UTF-8; save it as UTF-8",
        ),
        _ => Failure::new(Exit::Refused, "row_too_long", tried, error.to_string()),
    }
}

/// A file that ends in an error when one row takes too many bytes of it.
struct Metered {
    file: File,
    bytes: Arc<AtomicUsize>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        if self.bytes.fetch_add(count, Ordering::Relaxed) > ROW_BYTES {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("a row is longer than {ROW_BYTES} bytes: a quote may not be closed"),
            ));
        }
        Ok(count)
    }
}
