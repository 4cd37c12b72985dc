//! What a stream decompresses to: lines of one length, of which many repeat the one before.
//!
//! A line that is equal to the one before is not stored again. So an image takes the memory and
//! the time of its different lines, however many pixels a module is high.

#![expect(
    clippy::cast_possible_truncation,
    reason = "who sets a length keeps it below 2^32 bytes"
)]

use std::ops::Range;

use super::inflate::InflateError;

/// Bytes that are written in one go for some literals. So many more than the lines have are in memory,
/// whatever they say.
const ROOM: usize = size_of::<u64>();

/// Lines of `stride` bytes each.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    stride: usize,
    /// How many lines there are to be.
    height: usize,
    /// The lines of all runs, one after the other, then whatever was there before.
    bytes: Vec<u8>,
    runs: Vec<Run>,
    /// How many lines have been begun.
    begun: usize,
    /// How much of `bytes` is filled. It is the last line begun that is being filled …
    filled: usize,
    /// … and ends here.
    end: usize,
}

/// Lines on end that are equal, stored as one.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// The first of the lines.
    first: u32,
    /// Where the line starts in `bytes`.
    start: u32,
}

impl Lines {
    /// Forgets all lines. There will be `height` of `stride` bytes (at least one), together less
    /// than 2^32.
    pub(crate) fn reset(&mut self, stride: usize, height: usize) {
        self.stride = stride;
        self.height = height;
        self.runs.clear();
        self.begun = 0;
        self.filled = 0;
        self.end = 0;
    }

    /// Bytes of all lines.
    pub(super) fn length(&self) -> usize {
        self.stride.saturating_mul(self.height)
    }

    /// Whether all lines are there, after the last of them.
    pub(super) fn finish(&mut self) -> bool {
        let is_full = self.begun == self.height && self.filled == self.end;
        if is_full {
            self.forget_repetition();
        }
        is_full
    }

    /// The runs, each as the indices of its lines, and that line. All lines must be there.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (Range<usize>, &[u8])> {
        self.runs.iter().enumerate().map(|(index, run)| {
            let next = self.runs.get(index + 1);
            let end = next.map_or(self.height, |next| next.first as usize);
            let line = &self.bytes[run.start as usize..][..self.stride];
            (run.first as usize..end, line)
        })
    }

    fn begin_line(&mut self) -> Result<(), InflateError> {
        if self.begun == self.height {
            return Err(InflateError::Length);
        }
        self.forget_repetition();
        self.runs.push(Run {
            first: self.begun as u32,
            start: self.filled as u32,
        });
        self.begun += 1;
        self.end += self.stride;
        let needed = self.end + ROOM;
        if self.bytes.len() < needed {
            self.bytes.resize(needed.max(2 * self.bytes.len()), 0);
        }
        Ok(())
    }

    /// Drops the last line, which is full, if the one before is equal to it.
    fn forget_repetition(&mut self) {
        let last = self.filled.saturating_sub(self.stride);
        let (before, last) = self.bytes[..self.filled].split_at(last);
        if !before.is_empty() && before.ends_with(last) {
            self.filled -= self.stride;
            self.end -= self.stride;
            self.runs.pop();
        }
    }

    /// Appends up to eight literals, the first lowest.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a step of the innermost loop")]
    pub(super) fn literals(&mut self, literals: u64, count: usize) -> Result<(), InflateError> {
        if self.filled + count > self.end {
            return self.literals_of_two_lines(literals, count);
        }
        // All eight in one go, whatever follows overwrites what is too much.
        self.bytes[self.filled..self.filled + ROOM].copy_from_slice(&literals.to_le_bytes());
        self.filled += count;
        Ok(())
    }

    fn literals_of_two_lines(&mut self, literals: u64, count: usize) -> Result<(), InflateError> {
        for &literal in &literals.to_le_bytes()[..count] {
            if self.filled == self.end {
                self.begin_line()?;
            }
            self.bytes[self.filled] = literal;
            self.filled += 1;
        }
        Ok(())
    }

    /// Appends `length` bytes that were there `distance` (at least one) bytes before.
    pub(super) fn copy(&mut self, length: usize, distance: usize) -> Result<(), InflateError> {
        let place = self.begun * self.stride - (self.end - self.filled);
        let source = place.checked_sub(distance).ok_or(InflateError::Distance)?;
        if distance == self.stride {
            self.copy_of_line_before(length)
        } else if distance == 1 {
            self.run(length)
        } else {
            self.copy_of(source, length)
        }
    }

    fn copy_of_line_before(&mut self, mut length: usize) -> Result<(), InflateError> {
        loop {
            let left = self.end - self.filled;
            if left > 0 {
                // There is one, stored right before this: the distance reaches no further back
                // than there are bytes.
                let now = left.min(length);
                let from = self.filled - self.stride;
                self.bytes.copy_within(from..from + now, self.filled);
                self.filled += now;
                length -= now;
            }
            length -= self.repeat_line(length)?;
            if length == 0 {
                return Ok(());
            }
            self.begin_line()?;
        }
    }

    fn run(&mut self, mut length: usize) -> Result<(), InflateError> {
        let byte = self.bytes[self.filled - 1];
        loop {
            let now = (self.end - self.filled).min(length);
            self.bytes[self.filled..self.filled + now].fill(byte);
            self.filled += now;
            length -= now;
            if now == self.stride {
                length -= self.repeat_line(length)?;
            }
            if length == 0 {
                return Ok(());
            }
            self.begin_line()?;
        }
    }

    /// The last line, which is full, again and again while there are `length` bytes to fill. Returns
    /// how many bytes that has filled.
    fn repeat_line(&mut self, length: usize) -> Result<usize, InflateError> {
        if length < self.stride {
            return Ok(0);
        }
        let times = length / self.stride;
        if times > self.height - self.begun {
            return Err(InflateError::Length);
        }
        self.begun += times;
        Ok(times * self.stride)
    }

    /// Bytes from place `source` on, counted over all lines. They may be among those that are
    /// appended.
    fn copy_of(&mut self, source: usize, mut length: usize) -> Result<(), InflateError> {
        let (mut line, mut at) = (source / self.stride, source % self.stride);
        while length > 0 {
            if self.filled == self.end {
                self.begin_line()?;
            }
            let now = (self.end - self.filled).min(self.stride - at).min(length);
            let run = self.runs.partition_point(|run| run.first as usize <= line) - 1;
            let from = self.runs[run].start as usize + at;
            if from + now > self.filled {
                for place in from..from + now {
                    self.bytes[self.filled] = self.bytes[place];
                    self.filled += 1;
                }
            } else {
                self.bytes.copy_within(from..from + now, self.filled);
                self.filled += now;
            }
            length -= now;
            at += now;
            if at == self.stride {
                (line, at) = (line + 1, 0);
            }
        }
        Ok(())
    }
}
