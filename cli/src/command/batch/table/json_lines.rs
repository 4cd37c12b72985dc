//! JSON lines: an object a line, with the members of a row.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _};

use serde::Deserialize;

use super::{ROW_BYTES, Row, refused};
use crate::exit::Failure;

/// The lines that are not blank.
pub(in super::super) struct JsonRows {
    lines: BufReader<File>,
    line: Vec<u8>,
    number: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    name: String,
    text: String,
    detail: Option<qrgen_contract::Detail>,
}

impl JsonRows {
    pub(super) fn begin(file: File) -> Self {
        Self {
            lines: BufReader::new(file),
            line: Vec::new(),
            number: 0,
        }
    }

    pub(super) fn next(&mut self) -> Option<Result<Row, Failure>> {
        loop {
            match self.read_line() {
                Err(error) => {
                    return Some(Err(Failure::of_file("could not read the table", &error)));
                }
                Ok(0) => return None,
                Ok(_) => {}
            }
            let is_whole = self.line.len() <= ROW_BYTES;
            if is_whole && self.line.trim_ascii().is_empty() {
                continue;
            }
            self.number += 1;
            return Some(if is_whole {
                self.row()
            } else {
                let reason = format!("it is longer than {ROW_BYTES} bytes");
                Err(refused(self.number, "row_too_long", reason))
            });
        }
    }

    /// Reads a line of any length, and keeps little more of it than a row may have.
    fn read_line(&mut self) -> io::Result<usize> {
        self.line.clear();
        let most = ROW_BYTES as u64 + 1;
        let mut count = self
            .lines
            .by_ref()
            .take(most)
            .read_until(b'\n', &mut self.line)?;
        if self.line.len() > ROW_BYTES && !self.line.ends_with(b"\n") {
            count += self.lines.skip_until(b'\n')?;
        }
        Ok(count)
    }

    fn row(&self) -> Result<Row, Failure> {
        let object: Object = serde_json::from_slice(&self.line).map_err(|error| {
            // Its message may quote the row, which may be a secret.
            let reason = format!(
                "it is not an object with the members name, text and perhaps detail (column {})",
                error.column()
            );
            refused(self.number, "row_invalid", reason)
        })?;
        Ok(Row {
            number: self.number,
            name: object.name,
            text: object.text,
            detail: object.detail.map(Into::into),
        })
    }
}
