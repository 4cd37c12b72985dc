//! Segments to data codewords (ISO/IEC 18004:2015, 7.4).

use super::bit_writer::BitWriter;
use super::segmentation::Segment;
use super::transcript;
use crate::standard::mode::{
    ALPHANUMERIC_VALUE, ECI_DESIGNATOR_BITS, ECI_UTF_8, KANJI_BITS, MODE_INDICATOR_BITS, Mode,
    PAD_CODEWORDS, TERMINATOR,
};
use crate::standard::version::Version;

/// Writes the segments of the payload (a [`transcript`] where one of them is Kanji), the terminator and the padding into `codewords`, which is
/// as long as the data codewords of the symbol and must have room for them.
pub(crate) fn write(segments: &[Segment], payload: &[u8], version: Version, codewords: &mut [u8]) {
    let capacity_bits = 8 * codewords.len();
    let mut bits = BitWriter::new(codewords);
    let mut rest = payload;
    for segment in segments {
        bits.push(segment.mode.indicator().into(), MODE_INDICATOR_BITS);
        if segment.mode == Mode::Eci {
            bits.push(ECI_UTF_8.into(), ECI_DESIGNATOR_BITS);
            continue;
        }
        let (characters, after) = rest.split_at(segment.bytes());
        rest = after;
        bits.push(segment.characters as u64, segment.mode.count_bits(version));
        match segment.mode {
            Mode::Numeric => push_numeric(&mut bits, characters),
            Mode::Alphanumeric => push_alphanumeric(&mut bits, characters),
            Mode::Byte | Mode::Eci => push_bytes(&mut bits, characters),
            Mode::Kanji => push_kanji(&mut bits, characters),
        }
    }
    // The terminator is cut short where no room is left for it (7.4.9).
    let terminator_bits = (capacity_bits - bits.len()).min(MODE_INDICATOR_BITS);
    bits.push(TERMINATOR.into(), terminator_bits);
    for (codeword, pad) in bits
        .finish()
        .iter_mut()
        .zip(PAD_CODEWORDS.into_iter().cycle())
    {
        *codeword = pad;
    }
}

/// Three digits in 10 bits, two in 7, one in 4 (7.4.3).
fn push_numeric(bits: &mut BitWriter<'_>, digits: &[u8]) {
    for group in digits.chunks(3) {
        let value = group
            .iter()
            .fold(0, |value, digit| 10 * value + u64::from(digit - b'0'));
        bits.push(value, Mode::Numeric.data_bits(group.len()));
    }
}

/// Two characters in 11 bits, one in 6 (7.4.4).
fn push_alphanumeric(bits: &mut BitWriter<'_>, characters: &[u8]) {
    for group in characters.chunks(2) {
        let value = group.iter().fold(0, |value, &character| {
            45 * value + u64::from(ALPHANUMERIC_VALUE[usize::from(character)])
        });
        bits.push(value, Mode::Alphanumeric.data_bits(group.len()));
    }
}

/// Eight bits each (7.4.5).
fn push_bytes(bits: &mut BitWriter<'_>, bytes: &[u8]) {
    let (words, rest) = bytes.as_chunks::<4>();
    for &word in words {
        bits.push(u32::from_be_bytes(word).into(), 32);
    }
    for &byte in rest {
        bits.push(byte.into(), 8);
    }
}

/// 13 bits each (7.4.6).
fn push_kanji(bits: &mut BitWriter<'_>, characters: &[u8]) {
    for &pair in characters.as_chunks().0 {
        bits.push(transcript::value(pair).into(), KANJI_BITS);
    }
}
