//! The first reading of a table: how many rows, and which names come twice.
//!
//! Digests of the names go into buckets, each a temporary file, and a bucket at a time into memory:
//! equal names have equal digests and lie in one bucket.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, BufWriter, Read as _, Seek as _, Write as _};

use super::stop::Stop;
use super::table::{Row, refused};
use crate::exit::Failure;

const BUCKETS: usize = 64;

/// Two digests of the name, each with a key of its own, and the number of the row.
type Entry = (u64, u64, u64);

/// What is known of a table before the first code is made.
#[derive(Debug)]
pub(super) struct Survey {
    /// How many rows there are, bad ones too.
    pub(super) rows: u64,
    /// The row that has its name from an earlier one, and that one.
    repeated: HashMap<u64, u64>,
}

impl Survey {
    pub(super) fn of(
        rows: impl Iterator<Item = Result<Row, Failure>>,
        stop: &Stop,
    ) -> Result<Self, Failure> {
        let failed =
            |error: io::Error| Failure::of_file("could not keep the names of the table", &error);
        let mut buckets = Buckets::new().map_err(failed)?;
        let mut count = 0;
        for row in rows {
            stop.check()?;
            count += 1;
            if let Ok(row) = row {
                buckets.add(&row).map_err(failed)?;
            }
        }
        Ok(Self {
            rows: count,
            repeated: buckets.repeated().map_err(failed)?,
        })
    }

    /// The row, unless an earlier one has its name.
    pub(super) fn refuse_repeated(&self, row: Result<Row, Failure>) -> Result<Row, Failure> {
        let row = row?;
        match self.repeated.get(&row.number) {
            None => Ok(row),
            Some(first) => Err(refused(
                row.number,
                "name_repeated",
                format!("row {first} has the same name; choose another"),
            )),
        }
    }
}

struct Buckets {
    files: Vec<BufWriter<File>>,
    digests: [RandomState; 2],
}

impl Buckets {
    fn new() -> io::Result<Self> {
        let bucket = |_| tempfile::tempfile().map(BufWriter::new);
        Ok(Self {
            files: (0..BUCKETS).map(bucket).collect::<io::Result<_>>()?,
            digests: [RandomState::new(), RandomState::new()],
        })
    }

    fn add(&mut self, row: &Row) -> io::Result<()> {
        let [first, second] = self
            .digests
            .each_ref()
            .map(|keyed| keyed.hash_one(&row.name));
        let [byte, ..] = first.to_le_bytes();
        let bucket = &mut self.files[usize::from(byte) % BUCKETS];
        for number in [first, second, row.number] {
            bucket.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    fn repeated(self) -> io::Result<HashMap<u64, u64>> {
        let mut repeated = HashMap::new();
        for file in self.files {
            let mut entries = entries(file)?;
            entries.sort_unstable();
            let mut first: Option<Entry> = None;
            for entry in entries {
                match first {
                    Some(first) if (first.0, first.1) == (entry.0, entry.1) => {
                        repeated.insert(entry.2, first.2);
                    }
                    _ => first = Some(entry),
                }
            }
        }
        Ok(repeated)
    }
}

fn entries(file: BufWriter<File>) -> io::Result<Vec<Entry>> {
    let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let (numbers, _) = bytes.as_chunks::<8>();
    let (entries, _) = numbers.as_chunks::<3>();
    let number = |bytes| u64::from_le_bytes(bytes);
    Ok(entries
        .iter()
        .map(|&[first, second, row]| (number(first), number(second), number(row)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_but_the_first_of_its_name_is_found() {
        let row = |(number, name): (u64, &str)| {
            Ok(Row {
                number,
                name: name.to_owned(),
                text: String::new(),
                detail: None,
            })
        };
        let names = ["a", "b", "a", "c", "b", "a"];
        let rows = (1..).zip(names).map(row);
        let survey = Survey::of(rows, &Stop::never()).unwrap();
        assert_eq!(survey.rows, 6);
        assert_eq!(survey.repeated, HashMap::from([(3, 1), (5, 2), (6, 1)]));
    }
}
