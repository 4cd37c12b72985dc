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

/// Writes the header of the one and last block of a stream, whose codes have these lengths.
pub(super) fn write(
    bits: &mut BitWriter<'_>,
    literals: &[u8; LITERALS],
    distances: &[u8; DISTANCES],
) {
    let literals = used(literals, END_OF_BLOCK + 1);
    let distances = used(distances, 1);
    let runs = Runs::of(literals, distances);
    let code = Code::new(&runs.counts, MAX_CODE_LENGTH_BITS);
    let order = CODE_LENGTH_ORDER.map(|symbol| code.lengths[symbol]);
    let order = used(&order, 4);

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
