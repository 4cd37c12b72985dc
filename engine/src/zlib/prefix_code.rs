//! Decoding of Huffman codes, as DEFLATE gives them: by their lengths (RFC 1951, 3.2.2).

#![expect(
    clippy::cast_possible_truncation,
    reason = "lengths of codes are up to 15, and codes have no more bits"
)]

use super::bit_reader::BitReader;
use super::huffman::MAX_BITS;
use super::inflate::InflateError;

/// Bits that the table looks at, at most.
const MAX_TABLE_BITS: u32 = 9;
/// Symbols of the largest alphabet, the fixed one of literals, which has two that mean nothing.
const MAX_SYMBOLS: usize = 288;

/// A code as a table over the next bits and, for codes longer than that, by counting.
pub(super) struct PrefixCode {
    /// For each value of the next `table_bits` bits the symbol whose code they start with, times
    /// 16, and the length of that code; 0 where the code is longer or where there is none.
    table: [u16; 1 << MAX_TABLE_BITS],
    table_bits: u32,
    /// How many codes there are of each length.
    per_length: [u16; MAX_BITS + 1],
    /// The symbols in the order of their codes.
    symbols: [u16; MAX_SYMBOLS],
}

impl Default for PrefixCode {
    /// The code without symbols.
    fn default() -> Self {
        Self {
            table: [0; _],
            table_bits: 0,
            per_length: [0; _],
            symbols: [0; _],
        }
    }
}

impl PrefixCode {
    /// Becomes the code with these lengths, which are 0 to 15. It must fill the code space, or be
    /// one code of one bit, or none at all.
    pub(super) fn set(&mut self, lengths: &[u8]) -> Result<(), InflateError> {
        let longest = self.count(lengths)?;
        self.sort(lengths);
        self.table_bits = longest.min(MAX_TABLE_BITS);
        self.fill_table();
        Ok(())
    }

    /// Counts the lengths, and returns the longest.
    fn count(&mut self, lengths: &[u8]) -> Result<u32, InflateError> {
        self.per_length.fill(0);
        for &length in lengths.iter().filter(|&&length| length > 0) {
            self.per_length[usize::from(length)] += 1;
        }
        let codes = (1..).zip(&self.per_length[1..]);
        let (mut space_taken, mut longest) = (0, 0);
        for (length, &count) in codes.filter(|&(_, &count)| count > 0) {
            space_taken += u32::from(count) << (MAX_BITS as u32 - length);
            longest = length;
        }
        let space = 1 << MAX_BITS;
        if space_taken > space || (space_taken < space && longest > 1) {
            return Err(InflateError::Code);
        }
        Ok(longest)
    }

    /// Sorts the symbols by the lengths of their codes, and those of one length as they are.
    fn sort(&mut self, lengths: &[u8]) {
        let mut next_place = [0; MAX_BITS + 1];
        for length in 1..MAX_BITS {
            next_place[length + 1] = next_place[length] + self.per_length[length];
        }
        for (symbol, &length) in (0..).zip(lengths) {
            if length > 0 {
                let place = &mut next_place[usize::from(length)];
                self.symbols[usize::from(*place)] = symbol;
                *place += 1;
            }
        }
    }

    fn fill_table(&mut self) {
        let table = &mut self.table[..1 << self.table_bits];
        table.fill(0);
        let mut sorted = self.symbols.iter();
        let mut code = 0_u32;
        for length in 1..=self.table_bits {
            let count = usize::from(self.per_length[length as usize]);
            for &symbol in sorted.by_ref().take(count) {
                // Codes come first bit first, the table is over the bits as they lie.
                let first = code.reverse_bits() >> (32 - length);
                for entry in table[first as usize..].iter_mut().step_by(1 << length) {
                    *entry = symbol << 4 | length as u16;
                }
                code += 1;
            }
            code <<= 1;
        }
    }

    /// Takes the next symbol.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "the innermost loop: a call is a third of its time"
    )]
    pub(super) fn next(&self, bits: &mut BitReader<'_>) -> Result<u16, InflateError> {
        bits.refill();
        let entry = self.table[bits.peek(self.table_bits) as usize];
        let (symbol, length) = match entry {
            0 => self.find(bits.peek(MAX_BITS as u32))?,
            _ => (entry >> 4, u32::from(entry & 0xf)),
        };
        bits.skip(length)?;
        Ok(symbol)
    }

    /// The symbol whose code the bits start with, and its length.
    ///
    /// Goes bit by bit: the codes of a length are numbers on end, and start at twice the number
    /// after the last one of the length before.
    #[cold]
    fn find(&self, bits: u32) -> Result<(u16, u32), InflateError> {
        let (mut code, mut first, mut place) = (0, 0, 0);
        for length in 1..=MAX_BITS {
            code |= bits >> (length - 1) & 1;
            let count = u32::from(self.per_length[length]);
            if code < first + count {
                return Ok((self.symbols[(place + code - first) as usize], length as u32));
            }
            place += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(InflateError::Symbol)
    }
}
