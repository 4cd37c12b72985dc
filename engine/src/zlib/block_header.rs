//! What a block with codes of its own starts with (RFC 1951, 3.2.3 and 3.2.7).

#![expect(
    clippy::cast_possible_truncation,
    reason = "symbols have up to 7 extra bits"
)]

use super::bit_writer::{BitString, Bits};
use super::huffman::Code;
use super::{CODE_LENGTH_ORDER, DISTANCES, END_OF_BLOCK, LITERALS};

/// The longest code of a code length.
const MAX_CODE_LENGTH_BITS: usize = 7;

/// Symbols of the alphabet of code lengths.
const ALPHABET: usize = CODE_LENGTH_ORDER.len();

/// The header of the last block, with these codes.
pub(super) fn header(literals: &Code<LITERALS>, distances: &Code<DISTANCES>) -> BitString {
    let literals = up_to_last(&literals.lengths, END_OF_BLOCK + 1);
    let distances = up_to_last(&distances.lengths, 1);
    // One sequence: a run may reach over the border.
    let runs = Runs::new(literals.iter().chain(distances).copied());
    let code = Code::new(&runs.counts, MAX_CODE_LENGTH_BITS);
    let order = CODE_LENGTH_ORDER.map(|symbol| code.lengths[symbol]);
    let order = up_to_last(&order, 4);

    let mut bits = start(2);
    bits.push(Bits::new(literals.len() - 257, 5));
    bits.push(Bits::new(distances.len() - 1, 5));
    bits.push(Bits::new(order.len() - 4, 4));
    for &length in order {
        bits.push(Bits::new(length.into(), 3));
    }
    for &(symbol, extra) in &runs.symbols {
        let extra = Bits::new(extra.into(), Runs::extra_bits(symbol));
        bits.push(code.bits(symbol.into()).then(extra));
    }
    bits
}

/// The header of the last block, with the codes that everybody knows.
pub(super) fn fixed_header() -> BitString {
    start(1)
}

/// The last block, of that type (3.2.3).
fn start(block_type: usize) -> BitString {
    let mut bits = BitString::default();
    bits.push(Bits::new(1, 1));
    bits.push(Bits::new(block_type, 2));
    bits
}

/// The lengths up to the last that is not zero, but no fewer than `least`.
fn up_to_last(lengths: &[u8], least: usize) -> &[u8] {
    let last_used = lengths.iter().rposition(|&length| length > 0);
    &lengths[..last_used.map_or(0, |last| last + 1).max(least)]
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

    fn new(lengths: impl Iterator<Item = u8>) -> Self {
        let mut runs = Self::default();
        let (mut before, mut times) = (0, 0);
        for length in lengths {
            if length != before {
                runs.push_run(before, times);
                (before, times) = (length, 0);
            }
            times += 1;
        }
        runs.push_run(before, times);
        runs
    }

    fn push_run(&mut self, length: u8, times: usize) {
        if length == 0 {
            self.push_zeros(times);
        } else {
            self.push_lengths(length, times);
        }
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
