//! A description for people.

use std::fmt;

use super::{Change, Description, Hint, Room, SegmentInfo};
use crate::standard::mode::Mode;

/// Several lines, the last with a line break. They name the version and what follows from it, then
/// the segments, the room and the hints.
impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.version.size();
        writeln!(
            f,
            "version {}-{}, {size} x {size} modules, mask {}",
            self.version, self.error_correction, self.mask
        )?;
        writeln!(
            f,
            "{} of {} bits used, {} free",
            self.used_bits,
            self.capacity_bits,
            self.free_bits()
        )?;
        for segment in &self.segments {
            writeln!(f, "  {segment}")?;
        }
        writeln!(f, "room for another {}", self.room)?;
        for hint in &self.hints {
            writeln!(f, "smaller: {hint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for SegmentInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            mode,
            characters,
            header_bits,
            data_bits,
        } = self;
        if *mode == Mode::Eci {
            return write!(f, "{mode:<12} {:>4} UTF-8, {header_bits} bits", "");
        }
        let unit = if *mode == Mode::Byte {
            "bytes"
        } else {
            "characters"
        };
        write!(
            f,
            "{mode:<12} {characters:>4} {unit}, {header_bits} + {data_bits} bits"
        )
    }
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} numeric, {} alphanumeric or {} byte characters",
            self.numeric, self.alphanumeric, self.byte
        )
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "version {} {}", self.version, self.change)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UpperCaseHost { start } => write!(
                f,
                "with scheme and host in upper case, {start} (they ignore case, RFC 3986 6.2.2.1; the \
                 rest need not)"
            ),
            Self::LowerLevel { error_correction } => {
                write!(f, "at error correction {error_correction}")
            }
            Self::DropCharacters { count: 1 } => f.write_str("without the last character"),
            Self::DropCharacters { count } => write!(f, "without the last {count} characters"),
        }
    }
}
