//! Text in the characters of Kanji mode and ASCII, for what no ECI header is needed.
//!
//! Without a header a reader takes Kanji for Shift JIS, whatever else it guesses (ISO/IEC 18004:2015, 7.3.6),
//! and bytes for one of several supersets of ASCII. Two characters of ASCII are others in Shift JIS as
//! JIS X 0201 has it, so they are not among those that are written this way.

use crate::standard::kanji;

/// Marks the first byte of a pair, as it is none of ASCII.
const PAIR: u16 = 0x8000;

/// Replaces `transcript` by the text with 13 bits in a pair of bytes for each Kanji, ASCII as it is, and
/// gives the number of Kanji. None if the text has other characters, too.
pub(super) fn write(text: &str, transcript: &mut Vec<u8>) -> Option<usize> {
    transcript.clear();
    let mut count = 0;
    for character in text.chars() {
        if character.is_ascii() && !matches!(character, '\\' | '~') {
            transcript.push(character as u8);
        } else {
            transcript.extend((PAIR | kanji::value_of(character)?).to_be_bytes());
            count += 1;
        }
    }
    Some(count)
}

/// The 13 bits in a pair.
pub(super) fn value(pair: [u8; 2]) -> u16 {
    u16::from_be_bytes(pair) & !PAIR
}

/// The parts of a transcript that are all Kanji or all ASCII, and whether it is Kanji.
pub(super) fn parts(transcript: &[u8]) -> impl Iterator<Item = (bool, &[u8])> {
    let mut rest = transcript;
    std::iter::from_fn(move || {
        let is_kanji = !rest.first()?.is_ascii();
        let mut end = 0;
        while rest
            .get(end)
            .is_some_and(|byte| byte.is_ascii() != is_kanji)
        {
            end += if is_kanji { 2 } else { 1 };
        }
        let (part, after) = rest.split_at(end);
        rest = after;
        Some((is_kanji, part))
    })
}
