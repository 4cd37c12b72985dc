//! Writing: one DEFLATE block (RFC 1951) with a Huffman code made for what is in it.
//!
//! The tokens are walked twice. The first time a [`Histogram`] counts them, which gives the
//! [`BlockCode`]; the second time a [`BlockWriter`] writes them in that code.

#![expect(
    clippy::cast_possible_truncation,
    reason = "no image of ours has 2^32 bytes"
)]

use super::bit_writer::{BitWriter, Bits};
use super::block_header::Header;
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
    /// Bytes as they are.
    fn literals(&mut self, bytes: &[u8]);

    /// `length` (3 to 258) bytes again that were there `distance` (1 to 32 768) bytes before; and
    /// that `times` over.
    fn copies(&mut self, length: usize, distance: usize, times: usize);

    /// A copy of any length from 3 on.
    fn long_copy(&mut self, length: usize, distance: usize) {
        let (times, rest) = (length / MAX_COPY, length % MAX_COPY);
        match rest {
            0 => self.copies(MAX_COPY, distance, times),
            // Too short for a copy, so that the one before leaves something over.
            1..MIN_COPY if times > 0 => {
                self.copies(MAX_COPY, distance, times - 1);
                self.copies(MAX_COPY + rest - MIN_COPY, distance, 1);
                self.copies(MIN_COPY, distance, 1);
            }
            _ => {
                self.copies(MAX_COPY, distance, times);
                self.copies(rest, distance, 1);
            }
        }
    }
}

/// How often each symbol occurs in a block.
#[derive(Debug)]
pub(crate) struct Histogram {
    literals: [u32; LITERALS],
    /// Every second literal is counted here: two counters of one value don't wait for each other.
    odd_literals: [u32; 256],
    distances: [u32; DISTANCES],
}

impl Histogram {
    /// Nothing counted yet but the end of the block.
    pub(crate) fn new() -> Self {
        let mut literals = [0; LITERALS];
        literals[END_OF_BLOCK] = 1;
        Self {
            literals,
            odd_literals: [0; 256],
            distances: [0; DISTANCES],
        }
    }
}

impl Tokens for Histogram {
    fn literals(&mut self, bytes: &[u8]) {
        let (pairs, rest) = bytes.as_chunks();
        for &[even, odd] in pairs {
            self.literals[usize::from(even)] += 1;
            self.odd_literals[usize::from(odd)] += 1;
        }
        for &byte in rest {
            self.literals[usize::from(byte)] += 1;
        }
    }

    fn copies(&mut self, length: usize, distance: usize, times: usize) {
        self.literals[END_OF_BLOCK + 1 + length_index(length)] += times as u32;
        self.distances[distance_index(distance)] += times as u32;
    }
}

/// The two codes of a block. Keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(crate) struct BlockCode {
    literals: Code<LITERALS>,
    distances: Code<DISTANCES>,
    header: Header,
}

impl BlockCode {
    /// Becomes the best codes for what was counted.
    pub(crate) fn set(&mut self, histogram: &Histogram) {
        let mut counts = histogram.literals;
        for (count, odd) in counts.iter_mut().zip(&histogram.odd_literals) {
            *count += odd;
        }
        self.literals.set(&counts, MAX_BITS);
        self.distances.set(&histogram.distances, MAX_BITS);
    }

    /// Starts the one and last block of a stream (3.2.3, 3.2.7) at the end of `out`.
    pub(crate) fn start<'a>(&'a mut self, out: &'a mut Vec<u8>) -> BlockWriter<'a> {
        let mut bits = BitWriter::new(out);
        self.header
            .write(&mut bits, &self.literals, &self.distances);
        BlockWriter { code: self, bits }
    }
}

/// Writes the tokens of a block.
pub(crate) struct BlockWriter<'a> {
    code: &'a BlockCode,
    bits: BitWriter<'a>,
}

impl BlockWriter<'_> {
    /// Ends block and stream, and fills up the last byte.
    pub(crate) fn finish(mut self) {
        self.bits.put(self.code.literals.bits(END_OF_BLOCK));
        self.bits.finish();
    }
}

impl Tokens for BlockWriter<'_> {
    fn literals(&mut self, bytes: &[u8]) {
        let code = &self.code.literals;
        // Two at a time: no more than 30 bits, and half the work of putting them.
        let (pairs, rest) = bytes.as_chunks();
        for &[first, second] in pairs {
            let first = code.bits(usize::from(first));
            self.bits.put(first.then(code.bits(usize::from(second))));
        }
        for &byte in rest {
            self.bits.put(code.bits(usize::from(byte)));
        }
    }

    fn copies(&mut self, length: usize, distance: usize, times: usize) {
        let index = length_index(length);
        let symbol = self.code.literals.bits(END_OF_BLOCK + 1 + index);
        let length = symbol.then(offset(length, LENGTH_SPANS[index]));
        let index = distance_index(distance);
        let symbol = self.code.distances.bits(index);
        let distance = symbol.then(offset(distance, DISTANCE_SPANS[index]));
        for _ in 0..times {
            self.bits.put(length);
            self.bits.put(distance);
        }
    }
}

/// The extra bits of `value` behind the symbol of its span.
fn offset(value: usize, span: Span) -> Bits {
    Bits::new(value - usize::from(span.first), span.extra_bits.into())
}
