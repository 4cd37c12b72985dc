//! What a block with codes of its own starts with (RFC 1951, 3.2.3 and 3.2.7).

#![expect(
    clippy::cast_possible_truncation,
    reason = "symbols have up to 7 extra bits"
)]

use super::bit_writer::{BitWriter, Bits};
use super::huffman::Code;
use super::{CODE_LENGTH_ORDER, DISTANCES, END_OF_BLOCK, LITERALS};

/// The longest code of a code length.
const MAX_CODE_LENGTH_BITS: usize = 7;

/// Symbols of the alphabet of code lengths.
const ALPHABET: usize = CODE_LENGTH_ORDER.len();

/// Writes the header. Keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(super) struct Header {
    runs: Runs,
    /// The code of the code lengths.
    code: Code<ALPHABET>,
}

impl Header {
    /// Puts the header of the last block, with these codes.
    pub(super) fn write(
        &mut self,
        bits: &mut BitWriter<'_>,
        literals: &Code<LITERALS>,
        distances: &Code<DISTANCES>,
    ) {
        let literal_count = literals.end().max(END_OF_BLOCK + 1);
        let distance_count = distances.end().max(1);
        let behind = distances
            .used()
            .map(|(symbol, length)| (literal_count + symbol, length));
        // One sequence: a run may reach over the border.
        let lengths = literals.used().chain(behind);
        self.runs.set(lengths, literal_count + distance_count);
        self.code.set(&self.runs.counts, MAX_CODE_LENGTH_BITS);
        let order = CODE_LENGTH_ORDER.map(|symbol| self.code.lengths[symbol]);
        let last = order.iter().rposition(|&length| length > 0);
        let order = &order[..last.map_or(0, |last| last + 1).max(4)];

        bits.put(Bits::new(1, 1)); // the last block
        bits.put(Bits::new(2, 2)); // with codes of its own
        bits.put(Bits::new(literal_count - 257, 5));
        bits.put(Bits::new(distance_count - 1, 5));
        bits.put(Bits::new(order.len() - 4, 4));
        for &length in order {
            bits.put(Bits::new(length.into(), 3));
        }
        for &(symbol, extra) in &self.runs.symbols {
            let extra = Bits::new(extra.into(), Runs::extra_bits(symbol));
            bits.put(self.code.bits(symbol.into()).then(extra));
        }
    }
}

/// The code lengths of a block as its header says them: runs of one length are cut short (3.2.7).
#[derive(Debug, Default)]
struct Runs {
    /// Symbol of the code-length alphabet, and the value of its extra bits.
    symbols: Vec<(u8, u8)>,
    counts: [u32; ALPHABET],
}

impl Runs {
    const REPEAT_LENGTH: u8 = 16;
    const FEW_ZEROS: u8 = 17;
    const MANY_ZEROS: u8 = 18;

    /// Becomes the runs of `count` lengths, of which those in `used` are not zero: their places,
    /// rising, and they.
    fn set(&mut self, used: impl Iterator<Item = (usize, u8)>, count: usize) {
        self.symbols.clear();
        self.counts.fill(0);
        // The run before `next`, if it is not one of zeros.
        let (mut next, mut run_length, mut times) = (0, 0, 0);
        for (place, length) in used {
            if place > next || length != run_length {
                self.push_lengths(run_length, times);
                self.push_zeros(place - next);
                (run_length, times) = (length, 0);
            }
            times += 1;
            next = place + 1;
        }
        self.push_lengths(run_length, times);
        self.push_zeros(count - next);
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
        self.symbols.push((symbol, extra as u8));
        self.counts[usize::from(symbol)] += 1;
    }

    fn push_lengths(&mut self, length: u8, times: usize) {
        let Some(mut again) = times.checked_sub(1) else {
            return;
        };
        self.push(length, 0);
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
