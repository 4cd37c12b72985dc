//! What a text costs in a symbol, and what would make the symbol smaller.

mod display;
mod hints;
mod room;

use crate::encode::{EncodeError, EncodeOptions, Encoder};
use crate::standard::capacity::capacity_bits;
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::mask::Mask;
use crate::standard::mode::Mode;
use crate::standard::version::Version;

/// The symbol of a text in numbers. [`Display`](std::fmt::Display) writes it for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The version.
    pub version: Version,
    /// The level that the symbol has, raised or not.
    pub error_correction: ErrorCorrection,
    /// The mask.
    pub mask: Mask,
    /// The segments, in the order of the text.
    pub segments: Vec<SegmentInfo>,
    /// Bits of all segments with their headers.
    pub used_bits: usize,
    /// Bits that this version holds at this level.
    pub capacity_bits: usize,
    /// What else fits.
    pub room: Room,
    /// What would make the symbol at least one version smaller, each by itself. Empty for version 1.
    pub hints: Vec<Hint>,
}

/// A part of the text that is written in one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentInfo {
    /// The mode.
    pub mode: Mode,
    /// Characters in numeric, alphanumeric and Kanji mode, bytes in byte mode, 0 for an ECI header.
    pub characters: usize,
    /// Bits of mode indicator and character count indicator, or ECI designator.
    pub header_bits: usize,
    /// Bits of the characters.
    pub data_bits: usize,
}

/// How many characters of one class may follow the text before the symbol needs another version or
/// a lower level. The numbers are alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Digits.
    pub numeric: usize,
    /// Upper-case letters.
    pub alphanumeric: usize,
    /// Other ASCII characters, such as lower-case letters.
    pub byte: usize,
}

/// A change and the version that it leads to, with the same options otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The change.
    pub change: Change,
    /// The version after it.
    pub version: Version,
}

/// What may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Scheme and host of the URL in upper case, which alphanumeric mode can write. It stays the
    /// same URL, as these two ignore case (RFC 3986, 6.2.2.1); the rest of it need not.
    UpperCaseHost {
        /// What the text starts with then, up to the end of the host and port.
        start: String,
    },
    /// A lower level asked for.
    LowerLevel {
        /// The highest level that does it.
        error_correction: ErrorCorrection,
    },
    /// A shorter text.
    DropCharacters {
        /// How many characters at the end have to go, counted as Unicode scalar values.
        count: usize,
    },
}

impl Description {
    /// Bits that nothing uses, up to 4 of which the terminator takes.
    pub fn free_bits(&self) -> usize {
        self.capacity_bits - self.used_bits
    }
}

/// Describes the symbol that [`encode`](crate::encode()) makes of the text.
///
/// # Examples
///
/// ```
/// use qrgen_engine::{EncodeOptions, describe};
///
/// let description = describe("0123456789", &EncodeOptions::default())?;
/// assert_eq!(description.used_bits, 4 + 10 + 34);
/// # Ok::<(), qrgen_engine::EncodeError>(())
/// ```
pub fn describe(text: &str, options: &EncodeOptions) -> Result<Description, EncodeError> {
    let mut encoder = Encoder::new();
    let symbol = encoder.encode(text, options)?;
    let (version, error_correction, mask) =
        (symbol.version(), symbol.error_correction(), symbol.mask());
    let segments: Vec<SegmentInfo> = encoder
        .segments()
        .iter()
        .map(|segment| SegmentInfo {
            mode: segment.mode,
            characters: segment.characters,
            header_bits: segment.header_bits(version),
            data_bits: segment.data_bits(),
        })
        .collect();
    Ok(Description {
        version,
        error_correction,
        mask,
        used_bits: segments
            .iter()
            .map(|segment| segment.header_bits + segment.data_bits)
            .sum(),
        segments,
        capacity_bits: capacity_bits(version, error_correction),
        room: room::of(&mut encoder, text, version, error_correction),
        hints: hints::of(&mut encoder, text, *options, version),
    })
}

/// The least number from 1 to `limit` from which on `holds`, if there is one. What holds for a
/// number must hold for all that are larger.
fn least(limit: usize, mut holds: impl FnMut(usize) -> bool) -> Option<usize> {
    let (mut low, mut high) = (1, limit + 1);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    (low <= limit).then_some(low)
}
