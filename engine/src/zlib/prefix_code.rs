//! Decoding of Huffman codes, as DEFLATE gives them: by their lengths (RFC 1951, 3.2.2).

#![expect(
    clippy::cast_possible_truncation,
    reason = "lengths of codes are up to 15, codes have no more bits, and entries hold 64"
)]

use super::END_OF_BLOCK;
use super::bit_reader::BitReader;
use super::huffman::MAX_BITS;
use super::inflate::InflateError;

/// Symbols of the largest alphabet, the fixed one of literals, which has two that mean nothing.
pub(super) const MAX_SYMBOLS: usize = 288;

/// As many as there is room for in an entry.
const MOST_LITERALS: usize = 6;

/// A symbol that occurs, and the length of its code.
pub(super) type Used = (u16, u8);

/// What the next bits say: a symbol, or up to [`MOST_LITERALS`] on end.
///
/// Bits 0 to 7: how many bits say so, none if there is no such code, or one too long for the table.
/// Bits 8 to 15: how many literals. From bit 16 on: the literals, the first lowest, or the symbol.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry(u64);

impl Entry {
    fn symbol(symbol: u16, bits: u32) -> Self {
        Self(u64::from(symbol) << 16 | u64::from(bits))
    }

    fn literal_or_symbol(symbol: u16, bits: u32) -> Self {
        let is_literal = usize::from(symbol) < END_OF_BLOCK;
        Self(Self::symbol(symbol, bits).0 | u64::from(is_literal) << 8)
    }

    /// These literals, and then those of the other, if there is room for them.
    fn then(self, other: Self) -> Option<Self> {
        let count = self.literals() + other.literals();
        let are_literals = self.literals() > 0 && other.literals() > 0;
        let literals = other.0 >> 16 << 16 << (8 * self.literals());
        (are_literals && count <= MOST_LITERALS)
            .then_some(Self(self.0 + (other.0 & 0xffff) + literals))
    }

    pub(super) fn bits(self) -> u32 {
        self.0 as u32 & 0xff
    }

    /// How many literals there are: none for any other symbol.
    pub(super) fn literals(self) -> usize {
        (self.0 >> 8) as usize & 0xff
    }

    /// The symbol, or the literals.
    pub(super) fn value(self) -> u64 {
        self.0 >> 16
    }
}

/// A code as a table over the next bits (`SIZE` is a power of two) and, for codes longer than that,
/// by counting.
#[derive(Debug)]
pub(super) struct PrefixCode<const SIZE: usize> {
    table: [Entry; SIZE],
    /// How many codes there are of each length.
    per_length: [u16; MAX_BITS + 1],
    /// The symbols in the order of their codes.
    symbols: [u16; MAX_SYMBOLS],
}

impl<const SIZE: usize> Default for PrefixCode<SIZE> {
    /// The code without symbols.
    fn default() -> Self {
        Self {
            table: [Entry::default(); SIZE],
            per_length: [0; _],
            symbols: [0; _],
        }
    }
}

impl<const SIZE: usize> PrefixCode<SIZE> {
    /// Becomes the code of these symbols, in their order; lengths are 1 to 15. It must fill the
    /// code space, or be one code of one bit, or none at all.
    pub(super) fn set(&mut self, used: &[Used]) -> Result<(), InflateError> {
        self.sort(used)?;
        self.fill_table(Entry::symbol, 0);
        Ok(())
    }

    /// Becomes the code of literals and lengths, short literals packed together.
    pub(super) fn set_literals(&mut self, used: &[Used]) -> Result<(), InflateError> {
        /// More would pack more together, and take longer to make than a small image to read.
        const PACKED_BITS: usize = 7;

        self.sort(used)?;
        self.fill_table(Entry::literal_or_symbol, PACKED_BITS);
        Ok(())
    }

    /// Sorts the symbols by the lengths of their codes, and those of one length as they are.
    fn sort(&mut self, used: &[Used]) -> Result<(), InflateError> {
        self.per_length.fill(0);
        for &(_, length) in used {
            self.per_length[usize::from(length)] += 1;
        }
        let mut next_place = [0; MAX_BITS + 1];
        let mut space_taken = 0;
        for length in 1..=MAX_BITS {
            let count = self.per_length[length];
            space_taken += u32::from(count) << (MAX_BITS - length);
            if length < MAX_BITS {
                next_place[length + 1] = next_place[length] + count;
            }
        }
        let is_lone_bit = matches!(used, [] | [(_, 1)]);
        if space_taken != 1 << MAX_BITS && !is_lone_bit {
            return Err(InflateError::Code);
        }
        for &(symbol, length) in used {
            let place = &mut next_place[usize::from(length)];
            self.symbols[usize::from(*place)] = symbol;
            *place += 1;
        }
        Ok(())
    }

    /// Codes of up to `packed_bits` bits are packed together where they are literals.
    fn fill_table(&mut self, entry: impl Fn(u16, u32) -> Entry, packed_bits: usize) {
        self.table[0] = Entry::default();
        let mut sorted = self.symbols.iter();
        let mut code = 0_u32;
        for length in 1..=SIZE.trailing_zeros() as usize {
            // One bit more: all that shorter codes say holds whatever it is.
            let (shorter, more) = self.table[..1 << length].split_at_mut(1 << (length - 1));
            more.copy_from_slice(shorter);
            let count = usize::from(self.per_length[length]);
            for &symbol in sorted.by_ref().take(count) {
                // Codes come first bit first, the table is over the bits as they lie.
                let place = code.reverse_bits() >> (32 - length);
                self.table[place as usize] = entry(symbol, length as u32);
                code += 1;
            }
            code <<= 1;
            if length == packed_bits {
                pack(&mut self.table[..1 << length], length as u32);
            }
        }
    }

    /// Takes what the next bits say. Leaves at least 41 bits available.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "the innermost loop: a call is a third of its time"
    )]
    pub(super) fn next(&self, bits: &mut BitReader<'_>) -> Result<Entry, InflateError> {
        bits.refill();
        self.next_available(bits)
    }

    /// Takes what the next bits say, of which 15 must be available.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "the innermost loop: a call is a third of its time"
    )]
    pub(super) fn next_available(&self, bits: &mut BitReader<'_>) -> Result<Entry, InflateError> {
        let mut entry = self.table[bits.peek() as usize % SIZE];
        if entry.bits() == 0 {
            entry = self.find(bits.peek() as u32)?;
        }
        bits.skip(entry.bits());
        Ok(entry)
    }

    /// The symbol whose code the bits start with.
    ///
    /// Goes bit by bit: the codes of a length are numbers on end, and start at twice the number
    /// after the last one of the length before.
    #[cold]
    fn find(&self, bits: u32) -> Result<Entry, InflateError> {
        let (mut code, mut first, mut place) = (0, 0, 0);
        for length in 1..=MAX_BITS {
            code |= bits >> (length - 1) & 1;
            let count = u32::from(self.per_length[length]);
            if code < first + count {
                let symbol = self.symbols[(place + code - first) as usize];
                return Ok(Entry::symbol(symbol, length as u32));
            }
            place += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(InflateError::Symbol)
    }
}

/// Packs literals on end into one entry, of a table over so many bits.
fn pack(table: &mut [Entry], bits: u32) {
    // From the end: what follows is looked up further ahead, where nothing is packed yet.
    for index in (0..table.len()).rev() {
        let mut entry = table[index];
        while let Some(longer) = entry.then(table[index >> entry.bits()])
            && longer.bits() <= bits
        {
            entry = longer;
        }
        table[index] = entry;
    }
}
