//! Writing: one DEFLATE block (RFC 1951) with Huffman codes of its own.
//!
//! A [`Histogram`] counts the tokens of a block, or of blocks like it. That gives the [`BlockCode`],
//! which says the bits of the block's header and of each token.

use super::bit_writer::{BitString, Bits};
use super::block_header::{fixed_header, header};
use super::huffman::{Code, MAX_BITS};
use super::{
    DISTANCE_SPANS, DISTANCES, END_OF_BLOCK, LENGTH_SPANS, LITERALS, Span, distance_index,
    length_index,
};

/// The shortest copy that a token can stand for.
pub(crate) const MIN_COPY: usize = 3;
/// The longest.
pub(crate) const MAX_COPY: usize = 258;

/// Where the tokens of a block go.
pub(crate) trait Tokens {
    /// A byte as it is.
    fn literal(&mut self, byte: u8);

    /// `length` (3 to 258) bytes again that were there `distance` (1 to 32 768) bytes before.
    fn copy(&mut self, length: usize, distance: usize);

    /// The end of the block.
    fn end_of_block(&mut self);

    /// A copy of any length from 3 on.
    fn long_copy(&mut self, length: usize, distance: usize) {
        let (mut times, mut rest) = (length / MAX_COPY, length % MAX_COPY);
        // Too short for a copy, so that the one before leaves something over.
        let is_short = (1..MIN_COPY).contains(&rest) && times > 0;
        if is_short {
            times -= 1;
            rest += MAX_COPY - MIN_COPY;
        }
        for _ in 0..times {
            self.copy(MAX_COPY, distance);
        }
        if rest > 0 {
            self.copy(rest, distance);
        }
        if is_short {
            self.copy(MIN_COPY, distance);
        }
    }

    /// `count` bytes of zero.
    fn zeros(&mut self, count: usize) {
        if count > MIN_COPY {
            self.literal(0);
            self.long_copy(count - 1, 1);
        } else {
            (0..count).for_each(|_| self.literal(0));
        }
    }
}

/// How often each symbol occurs in a block.
#[derive(Debug)]
pub(crate) struct Histogram {
    literals: [u32; LITERALS],
    distances: [u32; DISTANCES],
}

impl Histogram {
    /// Nothing counted yet.
    pub(crate) fn new() -> Self {
        Self {
            literals: [0; LITERALS],
            distances: [0; DISTANCES],
        }
    }

    /// Counts a byte, if it was not yet, so that it gets a code.
    pub(crate) fn at_least_once(&mut self, byte: u8) {
        let count = &mut self.literals[usize::from(byte)];
        *count = (*count).max(1);
    }

    /// How many bits the block takes behind its header.
    pub(crate) fn cost(&self, code: &BlockCode) -> u32 {
        let literals = self.literals.iter().enumerate().map(|(symbol, &count)| {
            let extra = match symbol.checked_sub(END_OF_BLOCK + 1) {
                Some(index) => LENGTH_SPANS[index].extra_bits,
                None => 0,
            };
            count * (code.literals.bits(symbol).count() + u32::from(extra))
        });
        let distances = self.distances.iter().enumerate().map(|(symbol, &count)| {
            let extra = DISTANCE_SPANS[symbol].extra_bits;
            count * (code.distances.bits(symbol).count() + u32::from(extra))
        });
        literals.chain(distances).sum()
    }
}

impl Tokens for Histogram {
    fn literal(&mut self, byte: u8) {
        self.literals[usize::from(byte)] += 1;
    }

    fn copy(&mut self, length: usize, distance: usize) {
        self.literals[END_OF_BLOCK + 1 + length_index(length)] += 1;
        self.distances[distance_index(distance)] += 1;
    }

    fn end_of_block(&mut self) {
        self.literals[END_OF_BLOCK] += 1;
    }
}

/// The two codes of a block.
#[derive(Debug)]
pub(crate) struct BlockCode {
    literals: Code<LITERALS>,
    distances: Code<DISTANCES>,
    is_fixed: bool,
}

impl BlockCode {
    /// The best codes for what was counted. What was not has none.
    pub(crate) fn new(histogram: &Histogram) -> Self {
        Self {
            literals: Code::new(&histogram.literals, MAX_BITS),
            distances: Code::new(&histogram.distances, MAX_BITS),
            is_fixed: false,
        }
    }

    /// The codes that a header need not say (3.2.6).
    pub(crate) fn fixed() -> Self {
        // The last two mean nothing.
        let mut literals = [8; LITERALS + 2];
        literals[144..256].fill(9);
        literals[256..280].fill(7);
        Self {
            literals: Code::of_lengths(literals),
            distances: Code::of_lengths([5; DISTANCES]),
            is_fixed: true,
        }
    }

    /// What the one and last block of a stream starts with (3.2.3, 3.2.7).
    pub(crate) fn header(&self) -> BitString {
        if self.is_fixed {
            fixed_header()
        } else {
            header(&self.literals, &self.distances)
        }
    }

    /// The bits of the header.
    pub(crate) fn cost_of_header(&self) -> u32 {
        self.header().pieces().iter().map(|bits| bits.count()).sum()
    }

    /// A literal. No bits if it has no code, and likewise below.
    pub(crate) fn literal(&self, byte: u8) -> Bits {
        self.literals.bits(byte.into())
    }

    /// The length of a copy.
    pub(crate) fn length(&self, length: usize) -> Bits {
        let index = length_index(length);
        let symbol = self.literals.bits(END_OF_BLOCK + 1 + index);
        SpanCode::new(symbol, LENGTH_SPANS[index]).bits(length)
    }

    /// The distance of a copy.
    pub(crate) fn distance(&self, distance: usize) -> Bits {
        self.distance_span(distance_index(distance)).bits(distance)
    }

    /// The distances of one symbol.
    pub(crate) fn distance_span(&self, symbol: usize) -> SpanCode {
        SpanCode::new(self.distances.bits(symbol), DISTANCE_SPANS[symbol])
    }
}

/// The code of a span of values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpanCode {
    symbol: Bits,
    first: usize,
    extra_bits: u32,
}

impl SpanCode {
    const fn new(symbol: Bits, span: Span) -> Self {
        Self {
            symbol,
            first: span.first as usize,
            // What has no code takes no bits.
            extra_bits: if symbol.count() == 0 {
                0
            } else {
                span.extra_bits as u32
            },
        }
    }

    /// A value of the span.
    pub(crate) const fn bits(&self, value: usize) -> Bits {
        self.symbol
            .then(Bits::new(value - self.first, self.extra_bits))
    }
}

/// Tokens as bits.
pub(crate) struct Coded<'a> {
    pub(crate) code: &'a BlockCode,
    pub(crate) bits: BitString,
}

impl Tokens for Coded<'_> {
    fn literal(&mut self, byte: u8) {
        self.bits.push(self.code.literal(byte));
    }

    fn copy(&mut self, length: usize, distance: usize) {
        let length = self.code.length(length);
        self.bits.push(length.then(self.code.distance(distance)));
    }

    fn end_of_block(&mut self) {
        self.bits.push(self.code.literals.bits(END_OF_BLOCK));
    }
}
