//! What of zlib (RFC 1950) and DEFLATE (RFC 1951) an image of a symbol needs.
//!
//! Writing is one block; who writes says what is a literal and what is a copy, so there is no search for
//! matches, and a code can serve many blocks that are alike ([`deflate`]). Reading takes any valid stream of
//! known length ([`inflate`]), and keeps lines that repeat the one before only once ([`lines`]).

pub(crate) mod adler;
mod bit_reader;
pub(crate) mod bit_writer;
mod block_header;
pub(crate) mod deflate;
mod huffman;
pub(crate) mod inflate;
pub(crate) mod lines;
mod prefix_code;
#[cfg(test)]
mod tests;

/// Symbols of the alphabet of literals (0 to 255), end of block and lengths (257 to 285).
const LITERALS: usize = 286;
/// Symbols of the alphabet of distances.
pub(crate) const DISTANCES: usize = 30;
/// The literal symbol that ends a block.
const END_OF_BLOCK: usize = 256;
/// The order in which a block's header gives the lengths of the code-length code (3.2.7).
const CODE_LENGTH_ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// The values that a length or distance symbol stands for: `first` and up, told apart by
/// `extra_bits` bits after the symbol (3.2.5).
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) first: u16,
    pub(crate) extra_bits: u8,
}

/// Spans that start at `first` and double in width every `2^steps` symbols.
#[expect(
    clippy::cast_possible_truncation,
    reason = "there are 30 spans at most"
)]
const fn spans<const N: usize>(first: u16, steps: u8) -> [Span; N] {
    let mut spans = [Span {
        first,
        extra_bits: 0,
    }; N];
    let mut index = 1;
    while index < N {
        let before = spans[index - 1];
        let doublings = (index >> steps) as u8;
        let extra_bits = if doublings == 0 { 0 } else { doublings - 1 };
        spans[index] = Span {
            first: before.first + (1 << before.extra_bits),
            extra_bits,
        };
        index += 1;
    }
    spans
}

/// The spans of the symbols 257 to 285. The last stands for 258 alone.
const LENGTH_SPANS: [Span; LITERALS - END_OF_BLOCK - 1] = {
    let mut spans = spans(3, 2);
    spans[28] = Span {
        first: 258,
        extra_bits: 0,
    };
    spans
};

/// The spans of the distance symbols.
pub(crate) const DISTANCE_SPANS: [Span; DISTANCES] = spans(1, 1);

/// The index of the span that holds `value`, in spans made with these `first` and `steps`.
const fn span_index(value: usize, first: usize, steps: u32) -> usize {
    let offset = value - first;
    if offset < 1 << steps {
        return offset;
    }
    let extra_bits = offset.ilog2() - steps;
    ((extra_bits as usize + 1) << steps) + ((offset >> extra_bits) & ((1 << steps) - 1))
}

/// The index of the span that holds a length from 3 to 258.
const fn length_index(length: usize) -> usize {
    if length == 258 {
        28
    } else {
        span_index(length, 3, 2)
    }
}

/// The index of the span that holds a distance from 1 to 32 768.
pub(crate) const fn distance_index(distance: usize) -> usize {
    span_index(distance, 1, 1)
}

#[cfg(test)]
mod span_tests {
    use super::*;

    /// Rows of the tables in RFC 1951, 3.2.5.
    #[test]
    fn spans_are_those_of_the_standard() {
        let lengths = [
            (257, 0, 3),
            (264, 0, 10),
            (265, 1, 11),
            (268, 1, 17),
            (269, 2, 19),
        ];
        let more_lengths = [
            (276, 3, 59),
            (277, 4, 67),
            (281, 5, 131),
            (284, 5, 227),
            (285, 0, 258),
        ];
        for (symbol, extra_bits, first) in lengths.into_iter().chain(more_lengths) {
            let span = LENGTH_SPANS[symbol - 257];
            assert_eq!(
                (span.extra_bits, span.first),
                (extra_bits, first),
                "length symbol {symbol}"
            );
        }
        let distances = [
            (0, 0, 1),
            (3, 0, 4),
            (4, 1, 5),
            (5, 1, 7),
            (10, 4, 33),
            (29, 13, 24_577),
        ];
        for (symbol, extra_bits, first) in distances {
            let span = DISTANCE_SPANS[symbol];
            assert_eq!(
                (span.extra_bits, span.first),
                (extra_bits, first),
                "distance symbol {symbol}"
            );
        }
    }

    #[test]
    fn every_length_and_distance_is_in_its_span() {
        let holds = |span: Span, value: usize| {
            let first = usize::from(span.first);
            (first..first + (1 << span.extra_bits)).contains(&value)
        };
        for length in 3..=258 {
            assert!(
                holds(LENGTH_SPANS[length_index(length)], length),
                "{length}"
            );
        }
        for distance in 1..=32_768 {
            assert!(
                holds(DISTANCE_SPANS[distance_index(distance)], distance),
                "{distance}"
            );
        }
    }
}
