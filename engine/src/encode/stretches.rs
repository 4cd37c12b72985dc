//! Data analysis: which characters a payload has, and where (ISO/IEC 18004:2015, 7.4.1).
//!
//! A payload is cut where a change of mode may be worth its bits. Most need no cut at all, and those
//! that do have few, which keeps the search for segments short.

use std::ops::Range;

use crate::standard::mode::{ALPHANUMERIC_VALUE, Mode, NOT_ALPHANUMERIC};

/// Bytes that are best in one mode, or in one that follows it in the order of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The tightest mode that takes them, but byte mode for what is not worth another.
    pub(crate) mode: Mode,
    pub(crate) length: usize,
}

/// The stretches of a payload, in order.
#[derive(Clone, Debug)]
pub(crate) struct Stretches<'a> {
    payload: &'a [u8],
    /// Where the next stretch starts.
    start: usize,
    /// The next characters that byte mode is too wide for.
    tight: Range<usize>,
}

impl<'a> Stretches<'a> {
    pub(crate) fn of(payload: &'a [u8]) -> Self {
        let tight = if payload.len() < SHORTEST && payload.iter().all(|byte| is_alphanumeric(*byte))
        {
            0..payload.len()
        } else {
            next_tight(payload, 0)
        };
        Self {
            payload,
            start: 0,
            tight,
        }
    }
}

impl Iterator for Stretches<'_> {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        if self.start == self.payload.len() {
            return None;
        }
        if self.start == self.tight.end {
            self.tight = next_tight(self.payload, self.start);
        }
        let stretch = if self.start < self.tight.start {
            Stretch {
                mode: Mode::Byte,
                length: self.tight.start - self.start,
            }
        } else {
            let rest = &self.payload[self.tight.clone()][self.start - self.tight.start..];
            let is_digit = rest[0].is_ascii_digit();
            Stretch {
                mode: if is_digit {
                    Mode::Numeric
                } else {
                    Mode::Alphanumeric
                },
                length: count_while(rest, |byte| byte.is_ascii_digit() == is_digit),
            }
        };
        self.start += stretch.length;
        Some(stretch)
    }
}

/// Fewer characters are never worth a segment beside one in byte mode: three digits at the end save
/// 14 bits and need 14 for their header.
const SHORTEST: usize = 4;

/// The next characters, from `start` on, that may be worth segments in tighter modes than byte mode;
/// none, at the end of the payload, if there are no more. `start` is the start of the payload or not
/// alphanumeric.
fn next_tight(payload: &[u8], mut start: usize) -> Range<usize> {
    while let Some(window) = payload.get(start..start + SHORTEST) {
        if let Some(last) = window.iter().rposition(|byte| !is_alphanumeric(*byte)) {
            start += last + 1;
            continue;
        }
        let end = start + count_while(&payload[start..], is_alphanumeric);
        if is_worth_headers(payload, start..end) {
            return start..end;
        }
        start = end;
    }
    payload.len()..payload.len()
}

/// Whether other modes than byte mode may save more bits here than the headers take, which are
/// shortest in versions 1 to 9. In sixths of a bit.
fn is_worth_headers(payload: &[u8], place: Range<usize>) -> bool {
    // One in alphanumeric mode, and the one of the segment in byte mode that goes on after it.
    const HEADER: usize = 6 * (4 + 9);
    const HEADERS: usize = HEADER + 6 * (4 + 8);

    let headers = match (place.start == 0, place.end == payload.len()) {
        (true, true) => return true,
        (false, false) => HEADERS,
        _ => HEADER,
    };
    // 8 bits less 10 / 3, and 8 bits less 11 / 2.
    let saved = |byte: &u8| if byte.is_ascii_digit() { 28 } else { 15 };
    payload[place].iter().map(saved).sum::<usize>() > headers
}

fn is_alphanumeric(byte: u8) -> bool {
    ALPHANUMERIC_VALUE[usize::from(byte)] != NOT_ALPHANUMERIC
}

fn count_while(bytes: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| holds(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_cut_only_where_it_may_be_worth_it() {
        use Mode::{Alphanumeric as A, Byte as B, Numeric as N};
        let table: [(&str, &[(Mode, usize)]); 13] = [
            ("", &[]),
            ("7", &[(N, 1)]),
            ("A7", &[(A, 1), (N, 1)]),
            ("a", &[(B, 1)]),
            ("https://example.com/menu", &[(B, 24)]),
            ("0123456789", &[(N, 10)]),
            ("a12345b", &[(B, 7)]),
            ("a123456b", &[(B, 1), (N, 6), (B, 1)]),
            ("a123", &[(B, 4)]),
            ("a1234", &[(B, 1), (N, 4)]),
            ("1234a", &[(N, 4), (B, 1)]),
            ("aABCDEFGHIJb", &[(B, 12)]),
            (
                "aABCDEFGHIJ1b123456",
                &[(B, 1), (A, 10), (N, 1), (B, 1), (N, 6)],
            ),
        ];
        for (text, expected) in table {
            let stretches: Vec<_> = Stretches::of(text.as_bytes())
                .map(|stretch| (stretch.mode, stretch.length))
                .collect();
            assert_eq!(stretches, expected, "{text}");
        }
    }
}
