//! Data codewords into content (ISO/IEC 18004:2015, 7.4).

#![expect(
    clippy::cast_possible_truncation,
    reason = "digits, characters and indicators are bytes, and are taken by their number of bits"
)]

use super::ReadError;
use crate::standard::kanji;
use crate::standard::mode::{
    ALPHANUMERIC, ECI_DESIGNATOR_BITS, ECI_UTF_8, KANJI_BITS, MODE_INDICATOR_BITS, PAD_CODEWORDS,
    TERMINATOR,
};
use crate::{Mode, Version};

/// What a symbol says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The payload: text as UTF-8, or any bytes.
    pub bytes: Vec<u8>,
    /// How the payload is written in the symbol, in order.
    pub segments: Vec<Segment>,
}

impl Content {
    /// The payload as text: ASCII, with Kanji or without, or UTF-8 that the symbol declares to be so
    /// by ECI 26.
    ///
    /// Bytes without that declaration are no text, even if they happen to be UTF-8: to a reader by
    /// the book they are ISO/IEC 8859-1 (7.3.2).
    pub fn text(&self) -> Option<&str> {
        let is_utf_8 = self
            .segments
            .iter()
            .any(|segment| matches!(segment.mode, Mode::Eci | Mode::Kanji));
        if is_utf_8 || self.bytes.is_ascii() {
            str::from_utf8(&self.bytes).ok()
        } else {
            None
        }
    }
}

/// A part of the payload that is written in one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The mode.
    pub mode: Mode,
    /// Characters in numeric, alphanumeric and Kanji mode, bytes in byte mode, 0 for an ECI header. A
    /// Kanji is two or three bytes of [`Content::bytes`], any other character is one.
    pub characters: usize,
}

/// Reads all of the data codewords: segments, terminator and padding. What was in `content` is
/// gone.
pub(super) fn parse(data: &[u8], version: Version, content: &mut Content) -> Result<(), ReadError> {
    let mut bits = BitReader { data, position: 0 };
    content.bytes.clear();
    content.segments.clear();
    // Beside Kanji all must be ASCII: a reader by the book takes other bytes for ISO/IEC 8859-1, and after
    // an ECI header readers do not agree on what Kanji are.
    let (mut has_kanji, mut has_other_bytes) = (false, false);
    while let Some(mode) = next_mode(&mut bits)? {
        let before = content.bytes.len();
        let count = bits.take(mode.count_bits(version))?;
        match mode {
            Mode::Numeric => numeric(&mut bits, count, &mut content.bytes)?,
            Mode::Alphanumeric => alphanumeric(&mut bits, count, &mut content.bytes)?,
            Mode::Byte => bits.take_bytes(count as usize, &mut content.bytes)?,
            Mode::Kanji => kanji(&mut bits, count, &mut content.bytes)?,
            Mode::Eci => {
                let is_first = content.segments.is_empty();
                if bits.take(ECI_DESIGNATOR_BITS)? != u32::from(ECI_UTF_8) || !is_first {
                    return Err(ReadError::Segment(
                        "it has another ECI than UTF-8 at its start",
                    ));
                }
            }
        }
        match mode {
            Mode::Kanji => has_kanji = true,
            Mode::Byte => has_other_bytes |= !content.bytes[before..].is_ascii(),
            Mode::Eci => has_other_bytes = true,
            Mode::Numeric | Mode::Alphanumeric => {}
        }
        content.segments.push(Segment {
            mode,
            characters: match mode {
                Mode::Kanji => count as usize,
                _ => content.bytes.len() - before,
            },
        });
    }
    check_padding(&mut bits)?;
    if has_kanji && has_other_bytes {
        return Err(ReadError::Segment("it has Kanji beside bytes of UTF-8"));
    }
    Ok(())
}

/// The mode of the next segment; none at the terminator, which may be cut short by the end of the
/// symbol (7.4.9).
fn next_mode(bits: &mut BitReader<'_>) -> Result<Option<Mode>, ReadError> {
    const MODES: [Mode; 5] = [
        Mode::Numeric,
        Mode::Alphanumeric,
        Mode::Byte,
        Mode::Kanji,
        Mode::Eci,
    ];

    let indicator = bits.take(MODE_INDICATOR_BITS.min(bits.left()))? as u8;
    if indicator == TERMINATOR {
        return Ok(None);
    }
    MODES
        .into_iter()
        .find(|mode| mode.indicator() == indicator)
        .map(Some)
        .ok_or(ReadError::Mode { indicator })
}

/// Three digits in 10 bits, two in 7, one in 4 (7.4.3).
fn numeric(bits: &mut BitReader<'_>, count: u32, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
    let mut left = count;
    while left > 0 {
        let digits = left.min(3);
        let (width, mut place) = [(4, 1), (7, 10), (10, 100)][digits as usize - 1];
        let value = bits.take(width)?;
        if value >= 10 * place {
            return Err(ReadError::Segment(
                "it has a number of more digits than there is room for",
            ));
        }
        while place > 0 {
            bytes.push(b'0' + (value / place % 10) as u8);
            place /= 10;
        }
        left -= digits;
    }
    Ok(())
}

/// Two characters in 11 bits, one in 6 (7.4.4).
fn alphanumeric(
    bits: &mut BitReader<'_>,
    count: u32,
    bytes: &mut Vec<u8>,
) -> Result<(), ReadError> {
    const INVALID: ReadError = ReadError::Segment("it has a character that no alphanumeric one is");
    let character = |value: u32| ALPHANUMERIC.get(value as usize).copied().ok_or(INVALID);
    for _ in 0..count / 2 {
        let pair = bits.take(11)?;
        bytes.extend([character(pair / 45)?, character(pair % 45)?]);
    }
    if count % 2 == 1 {
        bytes.push(character(bits.take(6)?)?);
    }
    Ok(())
}

/// 13 bits each (7.4.6), which become UTF-8.
fn kanji(bits: &mut BitReader<'_>, count: u32, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
    for _ in 0..count {
        let character = kanji::character(bits.take(KANJI_BITS)? as usize);
        let character = character.ok_or(ReadError::Segment(
            "it has a Kanji that readers take for different characters, or none",
        ))?;
        bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    Ok(())
}

/// Zeros up to the next codeword, then pad codewords in turn (7.4.10).
fn check_padding(bits: &mut BitReader<'_>) -> Result<(), ReadError> {
    let odd = bits.take(bits.left() % 8)?;
    let pads = &bits.data[bits.position / 8..];
    if odd != 0
        || !pads
            .iter()
            .eq(PAD_CODEWORDS.iter().cycle().take(pads.len()))
    {
        return Err(ReadError::Segment(
            "its padding is not that of the standard",
        ));
    }
    Ok(())
}

/// Bits of the codewords, most significant first.
struct BitReader<'a> {
    data: &'a [u8],
    /// In bits.
    position: usize,
}

impl BitReader<'_> {
    fn left(&self) -> usize {
        8 * self.data.len() - self.position
    }

    fn check(&self, count: usize) -> Result<(), ReadError> {
        if count > self.left() {
            return Err(ReadError::Segment("a segment is longer than the symbol"));
        }
        Ok(())
    }

    /// The next `count` bytes.
    fn take_bytes(&mut self, count: usize, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
        self.check(8 * count)?;
        let rest = &self.data[self.position / 8..];
        let shift = self.position % 8;
        self.position += 8 * count;
        if shift == 0 {
            bytes.extend_from_slice(&rest[..count]);
        } else {
            // Each byte is the end of one codeword and the start of the next.
            let both = |&[one, two]: &[u8; 2]| one << shift | two >> (8 - shift);
            bytes.extend(rest[..=count].array_windows().map(both));
        }
        Ok(())
    }

    /// The next `count` (up to 24) bits.
    fn take(&mut self, count: usize) -> Result<u32, ReadError> {
        self.check(count)?;
        let rest = &self.data[self.position / 8..];
        let mut next = [0; 4];
        let held = rest.len().min(next.len());
        next[..held].copy_from_slice(&rest[..held]);
        let bits = u32::from_be_bytes(next) << (self.position % 8);
        self.position += count;
        // In two steps, as a shift by 32 is none at all.
        Ok(bits >> 1 >> (31 - count))
    }
}
