//! Writing: one DEFLATE block (RFC 1951) with a Huffman code made for what is in it.
//!
//! The tokens are walked twice. The first time a [`Histogram`] counts them, which gives the
//! [`BlockCode`]; the second time a [`BlockWriter`] writes them in that code.

#![expect(
    clippy::cast_possible_truncation,
    reason = "symbols, their extra bits and their counts are far below the limits of their types"
)]

use super::huffman::{Code, MAX_BITS};
use super::{
    CODE_LENGTH_ORDER, DISTANCE_SPANS, DISTANCES, END_OF_BLOCK, LENGTH_SPANS, LITERALS, Span,
    distance_index, length_index,
};

/// The longest copy that one token can stand for.
const MAX_COPY: usize = 258;
/// The shortest.
const MIN_COPY: usize = 3;
/// The longest code of a code length (3.2.7).
const MAX_CODE_LENGTH_BITS: usize = 7;

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
        // No image of ours has 2^32 bytes.
        self.literals[END_OF_BLOCK + 1 + length_index(length)] += times as u32;
        self.distances[distance_index(distance)] += times as u32;
    }
}

/// The two codes of a block.
#[derive(Debug)]
pub(crate) struct BlockCode {
    literals: Code<LITERALS>,
    distances: Code<DISTANCES>,
}

impl BlockCode {
    /// The best codes for what was counted.
    pub(crate) fn new(histogram: &Histogram) -> Self {
        let mut counts = histogram.literals;
        for (count, odd) in counts.iter_mut().zip(&histogram.odd_literals) {
            *count += odd;
        }
        Self {
            literals: Code::new(&counts, MAX_BITS),
            distances: Code::new(&histogram.distances, MAX_BITS),
        }
    }

    /// Starts the one and last block of a stream (3.2.3, 3.2.7) at the end of `out`.
    pub(crate) fn start<'a>(&'a self, out: &'a mut Vec<u8>) -> BlockWriter<'a> {
        let literals = used(&self.literals.lengths, END_OF_BLOCK + 1);
        let distances = used(&self.distances.lengths, 1);
        let runs = Runs::of(literals, distances);
        let code = Code::new(&runs.counts, MAX_CODE_LENGTH_BITS);
        let order = CODE_LENGTH_ORDER.map(|symbol| code.lengths[symbol]);
        let order = used(&order, 4);

        let mut bits = BitWriter {
            out,
            pending: 0,
            count: 0,
        };
        bits.put(Bits::new(1, 1)); // the last block
        bits.put(Bits::new(2, 2)); // with codes of its own
        bits.put(Bits::new(literals.len() - 257, 5));
        bits.put(Bits::new(distances.len() - 1, 5));
        bits.put(Bits::new(order.len() - 4, 4));
        for &length in order {
            bits.put(Bits::new(length.into(), 3));
        }
        for &(symbol, extra) in &runs.symbols[..runs.len] {
            bits.put(code.bits(symbol.into()));
            bits.put(Bits::new(extra.into(), Runs::extra_bits(symbol)));
        }
        BlockWriter { code: self, bits }
    }
}

/// The lengths up to the last that is not 0, and no fewer than `at_least`.
fn used(lengths: &[u8], at_least: usize) -> &[u8] {
    let used = lengths
        .iter()
        .rposition(|&length| length > 0)
        .map_or(0, |last| last + 1);
    &lengths[..used.max(at_least)]
}

/// The code lengths of a block as its header says them: runs of one length are cut short (3.2.7).
struct Runs {
    /// Symbol of the code-length alphabet, and the value of its extra bits.
    symbols: [(u8, u8); LITERALS + DISTANCES],
    len: usize,
    counts: [u32; 19],
}

impl Runs {
    const REPEAT_LENGTH: u8 = 16;
    const FEW_ZEROS: u8 = 17;
    const MANY_ZEROS: u8 = 18;

    fn of(literals: &[u8], distances: &[u8]) -> Self {
        // One sequence: a run may reach over the border.
        let mut lengths = [0; LITERALS + DISTANCES];
        let all = &mut lengths[..literals.len() + distances.len()];
        all[..literals.len()].copy_from_slice(literals);
        all[literals.len()..].copy_from_slice(distances);

        let mut runs = Self {
            symbols: [(0, 0); LITERALS + DISTANCES],
            len: 0,
            counts: [0; 19],
        };
        for run in all.chunk_by(|before, after| before == after) {
            match run[0] {
                0 => runs.push_zeros(run.len()),
                length => runs.push_lengths(length, run.len()),
            }
        }
        runs
    }

    fn extra_bits(symbol: u8) -> u32 {
        match symbol {
            Self::REPEAT_LENGTH => 2,
            Self::FEW_ZEROS => 3,
            Self::MANY_ZEROS => 7,
            _ => 0,
        }
    }

    fn push(&mut self, symbol: u8, extra: usize) {
        self.symbols[self.len] = (symbol, extra as u8);
        self.len += 1;
        self.counts[usize::from(symbol)] += 1;
    }

    fn push_lengths(&mut self, length: u8, times: usize) {
        self.push(length, 0);
        let mut again = times - 1;
        while again >= 3 {
            let now = again.min(6);
            self.push(Self::REPEAT_LENGTH, now - 3);
            again -= now;
        }
        for _ in 0..again {
            self.push(length, 0);
        }
    }

    fn push_zeros(&mut self, mut zeros: usize) {
        while zeros >= 11 {
            let now = zeros.min(138);
            self.push(Self::MANY_ZEROS, now - 11);
            zeros -= now;
        }
        if zeros >= 3 {
            self.push(Self::FEW_ZEROS, zeros - 3);
            zeros = 0;
        }
        for _ in 0..zeros {
            self.push(0, 0);
        }
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

impl<const N: usize> Code<N> {
    /// The code of a symbol.
    fn bits(&self, symbol: usize) -> Bits {
        Bits {
            value: u32::from(self.codes[symbol]),
            count: u32::from(self.lengths[symbol]),
        }
    }
}

/// Up to 32 bits, the first lowest; none above `count`.
#[derive(Clone, Copy)]
struct Bits {
    value: u32,
    count: u32,
}

impl Bits {
    fn new(value: usize, count: u32) -> Self {
        Self {
            value: value as u32,
            count,
        }
    }

    /// These bits and then the others. The first must be below 32.
    fn then(self, other: Self) -> Self {
        Self {
            value: self.value | other.value << self.count,
            count: self.count + other.count,
        }
    }
}

/// Bits into bytes, lowest first (3.1.1).
struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    /// Bits not written yet, the oldest lowest.
    pending: u64,
    /// How many; below 32 between calls.
    count: u32,
}

impl BitWriter<'_> {
    fn put(&mut self, bits: Bits) {
        self.pending |= u64::from(bits.value) << self.count;
        self.count += bits.count;
        if self.count >= 32 {
            self.out
                .extend_from_slice(&(self.pending as u32).to_le_bytes());
            self.pending >>= 32;
            self.count -= 32;
        }
    }

    fn finish(self) {
        let bytes = self.pending.to_le_bytes();
        self.out
            .extend_from_slice(&bytes[..self.count.div_ceil(8) as usize]);
    }
}
