//! A block: some files, one after the other in one piece of memory.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Files in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Each file with a head and its name before it.
    bytes: Vec<u8>,
    /// Where each file begins, so that one is found by a look at six names of fifty. Each look is into
    /// memory that another core may have written last.
    starts: Vec<u32>,
}

/// A file, where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct File<'a> {
    pub(super) name: &'a [u8],
    /// Kept in whole microseconds since 1970.
    pub(super) stored_at: SystemTime,
    pub(super) bytes: &'a [u8],
}

/// Before each file: the lengths of its name and of its bytes, and its time.
const HEAD_BYTES: usize = 2 * size_of::<u32>() + size_of::<u64>();

/// What a file takes, in bytes, if it is the image of a short URL.
const FILE_BYTES: usize = 280;

impl File<'_> {
    /// What it takes in a block, in bytes.
    pub(super) fn packed_len(&self) -> usize {
        HEAD_BYTES + self.name.len() + self.bytes.len()
    }
}

impl Block {
    /// What its files take, in bytes.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The number of the file of that name; if there is none, the number that it would get.
    pub(super) fn find(&self, name: &[u8]) -> Result<usize, usize> {
        let name_at = |start: &u32| self.unpack(*start).map(|file| file.name);
        self.starts
            .binary_search_by(|start| name_at(start).cmp(&Some(name)))
    }

    pub(super) fn get(&self, number: usize) -> Option<File<'_>> {
        self.unpack(*self.starts.get(number)?)
    }

    /// The files from that number on.
    pub(super) fn files_from(&self, number: usize) -> impl Iterator<Item = File<'_>> {
        let starts = self.starts.get(number..).unwrap_or_default();
        starts.iter().filter_map(|start| self.unpack(*start))
    }

    /// How many of the first files take no more than so many bytes.
    pub(super) fn fitting(&self, bytes: usize) -> usize {
        // Where a file begins, those before it end; the last one does not count.
        let starts = self.starts.get(1..).unwrap_or_default();
        starts.partition_point(|start| *start as usize <= bytes)
    }

    /// Puts a file before that of this number. It is far below the 4 GiB that a length can tell.
    pub(super) fn insert(&mut self, number: usize, file: &File<'_>) {
        let since_epoch = file.stored_at.duration_since(UNIX_EPOCH);
        let micros = since_epoch.unwrap_or_default().as_micros();
        let start = self.start(number);
        let end = self.bytes.len();
        for len in [file.name.len(), file.bytes.len()] {
            self.bytes.extend_from_slice(&offset(len).to_le_bytes());
        }
        let micros = u64::try_from(micros).unwrap_or(u64::MAX);
        self.bytes.extend_from_slice(&micros.to_le_bytes());
        self.bytes.extend_from_slice(file.name);
        self.bytes.extend_from_slice(file.bytes);
        let len = self.bytes.len() - end;
        // Nearly always it stays at the end.
        self.bytes[start..].rotate_right(len);
        self.starts.insert(number, offset(start));
        for start in &mut self.starts[number + 1..] {
            *start += offset(len);
        }
    }

    pub(super) fn remove(&mut self, number: usize) {
        let range = self.start(number)..self.start(number + 1);
        let len = range.len();
        self.bytes.drain(range);
        self.starts.remove(number);
        for start in &mut self.starts[number..] {
            *start -= offset(len);
        }
    }

    /// Takes the files from that number on into a block of their own.
    pub(super) fn split_off(&mut self, number: usize) -> Self {
        let start = self.start(number);
        let mut starts = self.starts.split_off(number);
        for later in &mut starts {
            *later -= offset(start);
        }
        Self {
            bytes: self.bytes.split_off(start),
            starts,
        }
    }

    /// Puts the files of a later block behind its own.
    pub(super) fn append(&mut self, later: &Self) {
        let end = offset(self.bytes.len());
        self.bytes.extend_from_slice(&later.bytes);
        self.starts
            .extend(later.starts.iter().map(|start| end + start));
    }

    /// Makes room for so many bytes in all. It takes no page before it is written to, and a block that
    /// grew by moving would leave holes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.bytes
            .reserve_exact(bytes.saturating_sub(self.bytes.len()));
        let files = bytes / FILE_BYTES;
        self.starts
            .reserve_exact(files.saturating_sub(self.starts.len()));
    }

    /// Where the file of that number begins, or would begin.
    fn start(&self, number: usize) -> usize {
        let start = self.starts.get(number);
        start.map_or(self.bytes.len(), |start| *start as usize)
    }

    /// The file that begins there.
    fn unpack(&self, start: u32) -> Option<File<'_>> {
        let (name_len, rest) = self.bytes.get(start as usize..)?.split_first_chunk()?;
        let (bytes_len, rest) = rest.split_first_chunk()?;
        let (micros, rest) = rest.split_first_chunk()?;
        let [name_len, bytes_len] =
            [name_len, bytes_len].map(|len| u32::from_le_bytes(*len) as usize);
        let (name, rest) = rest.split_at_checked(name_len)?;
        Some(File {
            name,
            stored_at: UNIX_EPOCH + Duration::from_micros(u64::from_le_bytes(*micros)),
            bytes: rest.get(..bytes_len)?,
        })
    }
}

/// A length or a place as it is kept.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
