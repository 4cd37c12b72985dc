//! A ZIP file (PKWARE APPNOTE 6.3.10) written from front to back, with every entry stored: PNG is
//! compressed already.
//!
//! No library writes one in memory that does not grow with the number of entries. Here the central
//! directory lies in a temporary file until the end.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek as _, Write};

/// "Version needed to extract" 4.5: ZIP64 (4.4.3).
const VERSION_NEEDED: u16 = 45;
/// "Version made by": the same, with the file attributes of MS-DOS, which are none (4.4.2).
const VERSION_MADE_BY: u16 = 45;
/// General purpose bit 11: names are UTF-8 (4.4.4).
const UTF8_NAMES: u16 = 1 << 11;
/// 1 January 1980, the first date there is (4.4.6): the same table gives the same bytes.
const DATE: u16 = 1 << 5 | 1;
/// Header ID of the ZIP64 extended information (4.5.3).
const ZIP64: u16 = 1;
/// A 32-bit field whose value is in the ZIP64 extended information.
const ELSEWHERE: u32 = u32::MAX;

/// Writes entries one after the other.
#[derive(Debug)]
pub(super) struct ZipWriter<W: Write> {
    file: BufWriter<W>,
    /// Bytes written to `file`.
    offset: u64,
    directory: BufWriter<File>,
    entries: u64,
}

/// What both headers of an entry say of its content.
struct Content {
    size: u64,
    crc: u32,
}

impl<W: Write> ZipWriter<W> {
    pub(super) fn new(file: W) -> io::Result<Self> {
        Ok(Self {
            file: BufWriter::with_capacity(256 * 1024, file),
            offset: 0,
            directory: BufWriter::new(tempfile::tempfile()?),
            entries: 0,
        })
    }

    /// Adds an entry with these bytes.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let content = Content {
            size: bytes.len() as u64,
            crc: crc32fast::hash(bytes),
        };
        self.begin(name, &content)?;
        self.write(bytes)
    }

    /// Adds an entry with the bytes of a file, from its beginning.
    pub(super) fn add_file(&mut self, name: &str, file: &mut File) -> io::Result<()> {
        let mut hasher = crc32fast::Hasher::new();
        file.rewind()?;
        let size = in_pieces(file, |piece| {
            hasher.update(piece);
            Ok(())
        })?;
        let content = Content {
            size,
            crc: hasher.finalize(),
        };
        self.begin(name, &content)?;
        file.rewind()?;
        in_pieces(file, |piece| self.write(piece))?;
        Ok(())
    }

    /// Writes the central directory, and gives the file back.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let start = self.offset;
        let mut directory = self
            .directory
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        directory.rewind()?;
        let size = in_pieces(&mut directory, |piece| self.file.write_all(piece))?;
        self.file
            .write_all(&end_of_directory(self.entries, start, size))?;
        self.file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
    }

    fn begin(&mut self, name: &str, content: &Content) -> io::Result<()> {
        let in_directory = directory_header(name, content, self.offset);
        self.directory.write_all(&in_directory)?;
        self.entries += 1;
        self.write(&local_header(name, content))
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.offset += bytes.len() as u64;
        Ok(())
    }
}

/// Little-endian fields, one after the other.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn two(mut self, value: u16) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn four(mut self, value: u32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn eight(mut self, value: u64) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    /// The length of a field of variable length; names and extra fields are far shorter than the
    /// most that it can say.
    fn length(self, bytes: &[u8]) -> Self {
        self.two(u16::try_from(bytes.len()).unwrap_or(u16::MAX))
    }

    /// Version needed to uncompressed size, which both headers have in common (4.3.7).
    fn content(self, content: &Content) -> Self {
        let size = narrow(content.size);
        self.two(VERSION_NEEDED)
            .two(UTF8_NAMES)
            .two(0) // stored
            .two(0) // time
            .two(DATE)
            .four(content.crc)
            .four(size)
            .four(size)
    }
}

/// A value for a 32-bit field, or the mark that it is in the ZIP64 extended information.
fn narrow(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(ELSEWHERE)
}

/// The ZIP64 extended information (4.5.3): the values that are too wide, in this order.
fn zip64(values: &[u64]) -> Vec<u8> {
    let wide = || values.iter().filter(|value| narrow(**value) == ELSEWHERE);
    let size = 8 * u16::try_from(wide().count()).unwrap_or_default();
    if size == 0 {
        return Vec::new();
    }
    wide()
        .fold(Fields::default().two(ZIP64).two(size), |fields, value| {
            fields.eight(*value)
        })
        .0
}

/// Local file header (4.3.7).
fn local_header(name: &str, content: &Content) -> Vec<u8> {
    let extra = zip64(&[content.size, content.size]);
    Fields::default()
        .bytes(b"PK\x03\x04")
        .content(content)
        .length(name.as_bytes())
        .length(&extra)
        .bytes(name.as_bytes())
        .bytes(&extra)
        .0
}

/// Central directory header (4.3.12).
fn directory_header(name: &str, content: &Content, offset: u64) -> Vec<u8> {
    let extra = zip64(&[content.size, content.size, offset]);
    Fields::default()
        .bytes(b"PK\x01\x02")
        .two(VERSION_MADE_BY)
        .content(content)
        .length(name.as_bytes())
        .length(&extra)
        .two(0) // comment
        .two(0) // disk
        .two(0) // internal attributes
        .four(0) // external attributes
        .four(narrow(offset))
        .bytes(name.as_bytes())
        .bytes(&extra)
        .0
}

/// ZIP64 end of central directory record and locator, and end of central directory record (4.3.14
/// to 4.3.16). Always all three: readers take the first two when they are there.
fn end_of_directory(entries: u64, start: u64, size: u64) -> Vec<u8> {
    let short_count = u16::try_from(entries).unwrap_or(u16::MAX);
    Fields::default()
        .bytes(b"PK\x06\x06")
        .eight(44) // what follows of this record
        .two(VERSION_MADE_BY)
        .two(VERSION_NEEDED)
        .four(0) // this disk
        .four(0) // disk of the directory
        .eight(entries)
        .eight(entries)
        .eight(size)
        .eight(start)
        .bytes(b"PK\x06\x07")
        .four(0) // disk of the record above
        .eight(start + size)
        .four(1) // disks
        .bytes(b"PK\x05\x06")
        .two(0) // this disk
        .two(0) // disk of the directory
        .two(short_count)
        .two(short_count)
        .four(narrow(size))
        .four(narrow(start))
        .two(0) // comment
        .0
}

/// Reads to the end, piece by piece, and tells how many bytes there were.
fn in_pieces(file: &mut File, mut see: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<u64> {
    let mut piece = [0; 16 * 1024];
    let mut size = 0;
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            return Ok(size);
        }
        see(&piece[..count])?;
        size += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Seek as _};

    use zip::ZipArchive;

    use super::*;

    /// More entries than the fields of the first ZIP can count.
    #[test]
    fn another_program_reads_every_entry() {
        const ENTRIES: usize = 70_000;
        let mut zip = ZipWriter::new(Vec::new()).unwrap();
        for number in 0..ENTRIES {
            zip.add(&format!("käse {number}.png"), &number.to_be_bytes())
                .unwrap();
        }
        let mut last = tempfile::tempfile().unwrap();
        last.write_all(&vec![b'x'; 40_000]).unwrap();
        zip.add_file("last", &mut last).unwrap();
        let bytes = zip.finish().unwrap();

        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), ENTRIES + 1);
        for number in (0..ENTRIES).step_by(9_999) {
            let mut entry = archive.by_index(number).unwrap();
            assert_eq!(entry.name().unwrap(), format!("käse {number}.png"));
            let mut content = Vec::new();
            // Which compares the CRC, too.
            entry.read_to_end(&mut content).unwrap();
            assert_eq!(content, number.to_be_bytes());
        }
        assert_eq!(archive.by_name("last").unwrap().size(), 40_000);
    }

    /// The file need not hold what it says before this entry: readers begin at the end.
    #[test]
    fn an_entry_beyond_four_gibibytes_is_found() {
        const FAR: u64 = 5 << 30;
        let mut file = tempfile::tempfile().unwrap();
        file.set_len(FAR).unwrap();
        file.seek(io::SeekFrom::End(0)).unwrap();
        let mut zip = ZipWriter::new(file).unwrap();
        zip.offset = FAR;
        zip.add("far.png", b"content").unwrap();
        let file = zip.finish().unwrap();

        let mut archive = ZipArchive::new(file).unwrap();
        let mut content = String::new();
        let mut entry = archive.by_name("far.png").unwrap();
        entry.read_to_string(&mut content).unwrap();
        assert_eq!(content, "content");
    }

    #[test]
    fn values_that_are_too_wide_are_said_in_the_order_of_the_fields() {
        let wide = u64::from(u32::MAX);
        assert_eq!(zip64(&[1, wide - 1]), b"");
        let extra = zip64(&[wide, 7, wide + 1]);
        assert_eq!(extra[..4], [1, 0, 16, 0]);
        assert_eq!(extra[4..12], wide.to_le_bytes());
        assert_eq!(extra[12..], (wide + 1).to_le_bytes());
    }
}
