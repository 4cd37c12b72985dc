//! The characters of Kanji mode (ISO/IEC 18004:2015, 7.4.6): those of JIS X 0208 that have one meaning.
//!
//! The standard takes the two bytes that a character has in Shift JIS and makes 13 bits of them. Which
//! character that is, readers know by the character sets of their systems, and those do not agree on eight
//! of the 6,879, such as the wave dash. These are written in UTF-8, as everything else is that is not here.
//!
//! `jis_x_0208.txt` has a line for each row of the set, a character for each cell, and a full stop for what
//! is not there or not taken.

use std::sync::OnceLock;

/// Characters a row.
const CELLS: usize = 94;
/// Rows, the last of which has four characters.
const ROWS: usize = 84;
/// Values of a pair of rows, which share a first byte in Shift JIS: 188 second bytes and four gaps.
const PAIR: usize = 0xC0;
const VALUES: usize = ROWS / 2 * PAIR;

/// The character of each value of 13 bits, or zero. None is beyond the Basic Multilingual Plane.
static CHARACTERS: [u16; VALUES] = {
    let text = include_bytes!("jis_x_0208.txt");
    let mut characters = [0; VALUES];
    let (mut at, mut row) = (0, 0);
    while row < ROWS {
        let mut cell = 0;
        while cell < CELLS {
            if text[at] == b'.' {
                at += 1;
            } else {
                let (character, length) = decode_utf_8(text, at);
                characters[value(row, cell)] = character;
                at += length;
            }
            cell += 1;
        }
        assert!(text[at] == b'\n');
        at += 1;
        row += 1;
    }
    assert!(at == text.len());
    characters
};

/// The 13 bits for a place in JIS X 0208, row and cell from 0.
const fn value(row: usize, cell: usize) -> usize {
    // Second bytes of the first row of a pair start at 0x40 and leave out 0x7F, and those of the second
    // row follow.
    let second = match row % 2 {
        0 => cell + (cell >= 0x3F) as usize,
        _ => CELLS + 1 + cell,
    };
    row / 2 * PAIR + second
}

/// The character of two or three bytes at that place, and how many they are.
const fn decode_utf_8(text: &[u8], at: usize) -> (u16, usize) {
    let [first, second] = [text[at] as u16, text[at + 1] as u16 & 0x3F];
    match first {
        0xC0..0xE0 => ((first & 0x1F) << 6 | second, 2),
        0xE0..0xF0 => {
            let third = text[at + 2] as u16 & 0x3F;
            ((first & 0x0F) << 12 | second << 6 | third, 3)
        }
        _ => panic!("no character of two or three bytes"),
    }
}

/// The character of 13 bits, if there is one that is taken.
pub(crate) fn character(value: usize) -> Option<char> {
    let character = *CHARACTERS.get(value)?;
    (character != 0).then(|| char::from_u32(character.into()))?
}

/// The 13 bits of a character, if Kanji mode has it.
///
/// The table for it is made of the other one when it is asked for the first time, as most programs never
/// write Kanji.
pub(crate) fn value_of(character: char) -> Option<u16> {
    static VALUES: OnceLock<Vec<u16>> = OnceLock::new();
    let values = VALUES.get_or_init(|| {
        let mut values = vec![NO_VALUE; 1 << 16];
        for (value, character) in (0..).zip(CHARACTERS) {
            if character != 0 {
                values[usize::from(character)] = !value;
            }
        }
        values
    });
    let value = *values.get(character as usize)?;
    (value != NO_VALUE).then_some(!value)
}

/// What the table has where there is no value; values are kept as their complements, so that it is zero
/// and memory that holds nothing is never touched.
const NO_VALUE: u16 = 0;

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, SHIFT_JIS};

    /// 7.4.6: 0x8140 is taken from 0x8140 to 0x9FFC, 0xC140 from 0xE040 to 0xEBBF; then the first byte
    /// times 0xC0 and the second are added.
    fn by_the_book(first: u8, second: u8) -> usize {
        let word = usize::from(u16::from_be_bytes([first, second]));
        let rest = word - if word < 0xE040 { 0x8140 } else { 0xC140 };
        (rest >> 8) * 0xC0 + (rest & 0xFF)
    }

    #[test]
    fn every_value_is_that_of_the_bytes_in_shift_jis() {
        let mut taken = 0;
        for value in 0..1 << 13 {
            let Some(character) = character(value) else {
                continue;
            };
            let text = character.to_string();
            let (bytes, _, is_wrong) = SHIFT_JIS.encode(&text);
            assert!(!is_wrong, "{character}");
            let &[first, second] = &*bytes else {
                panic!("{character} is {bytes:x?}");
            };
            assert_eq!(by_the_book(first, second), value, "{character}");
            assert_eq!(
                value_of(character).map(usize::from),
                Some(value),
                "{character}"
            );
            taken += 1;
        }
        assert_eq!(taken, 6_879 - 8);
    }

    /// The rows of JIS X 0208 that have characters, by EUC-JP; the eight are where character sets differ.
    #[test]
    fn all_of_the_set_is_taken_but_for_what_is_ambiguous() {
        let mut left_out = String::new();
        for row in (1..=8).chain(16..=84u8) {
            for cell in 1..=94u8 {
                let bytes = [0xA0 + row, 0xA0 + cell];
                let (text, is_wrong) = EUC_JP.decode_without_bom_handling(&bytes);
                let character = text.chars().next().filter(|_| !is_wrong);
                let value = value(usize::from(row) - 1, usize::from(cell) - 1);
                match character {
                    Some(one) if super::character(value).is_none() => left_out.push(one),
                    expected => assert_eq!(super::character(value), expected),
                }
            }
        }
        assert_eq!(left_out, "―＼～∥－￠￡￢");
    }

    #[test]
    fn what_is_not_in_the_set_has_no_value() {
        for character in ['a', 'é', '\0', 'ｱ', '〜', '～', '①', '한', '🌍', '\u{FFFF}'] {
            assert_eq!(value_of(character), None, "{character}");
        }
    }
}
