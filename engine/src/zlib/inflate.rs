//! Reading: a zlib stream (RFC 1950) of a length known beforehand, into lines ([`super::lines`]).
//!
//! Any valid DEFLATE stream is taken: stored, fixed and dynamic blocks. Its checksum is returned,
//! not checked: who knows what the bytes mean can add them up faster ([`super::adler`]).

#![expect(
    clippy::cast_possible_truncation,
    reason = "bits are taken by the number that the type of the value has"
)]

use super::bit_reader::BitReader;
use super::lines::Lines;
use super::prefix_code::{MAX_SYMBOLS, PrefixCode, Used};
use super::{CODE_LENGTH_ORDER, DISTANCE_SPANS, DISTANCES, END_OF_BLOCK, LENGTH_SPANS, LITERALS};

/// Why a stream can't be decompressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InflateError {
    /// The header is not that of a zlib stream of DEFLATE.
    Header,
    /// The stream ends before its last block.
    Truncated,
    /// The stream goes on after its last block.
    TooLong,
    /// A block, or the length of a stored one, is not valid.
    Block,
    /// The lengths of a Huffman code are not valid.
    Code,
    /// A symbol is not valid.
    Symbol,
    /// A copy is from before the first byte.
    Distance,
    /// The data are shorter or longer than they should be.
    Length,
}

impl InflateError {
    /// What is wrong, in words.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Header => "its compressed data are no zlib stream",
            Self::Truncated => "its compressed data end early",
            Self::TooLong => "its compressed data go on after their end",
            Self::Block => "its compressed data have an invalid block",
            Self::Code => "its compressed data have an invalid Huffman code",
            Self::Symbol => "its compressed data have an invalid symbol",
            Self::Distance => "its compressed data repeat what was not there",
            Self::Length => "its compressed data are not as long as its pixels",
        }
    }
}

/// Takes streams apart. Keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Inflater {
    literals: PrefixCode<512>,
    distances: PrefixCode<256>,
    /// The code in which a block says the lengths of the other two, which has up to 7 bits.
    lengths: PrefixCode<128>,
    known: Known,
}

/// The longest header of a block: 17 bits, 19 lengths of 3, and then 7 bits and 7 more a symbol.
const MOST_HEADER_BYTES: usize = (17 + 19 * 3 + (LITERALS + DISTANCES) * 14_usize).div_ceil(8);

/// The header whose codes are set, if a stream began with it: images of one layout all have the same.
#[derive(Debug, Default)]
struct Known {
    bytes: Vec<u8>,
    /// Its bits; 0 if there is none.
    bits: usize,
}

impl Inflater {
    /// Decompresses `stream` to exactly those `lines`, which must be empty. Returns the Adler-32
    /// that the stream ends with.
    ///
    /// Refuses a length that no stream of this size can reach before it takes memory.
    pub(crate) fn inflate(
        &mut self,
        stream: &[u8],
        lines: &mut Lines,
    ) -> Result<u32, InflateError> {
        /// No DEFLATE code gets further than 258 bytes out of two bits.
        const MOST_BYTES_PER_BYTE: usize = 258 * 8 / 2;

        let (header, rest) = stream
            .split_first_chunk::<2>()
            .ok_or(InflateError::Truncated)?;
        let (blocks, checksum) = rest
            .split_last_chunk::<4>()
            .ok_or(InflateError::Truncated)?;
        // RFC 1950, 2.2: DEFLATE, a window of up to 32 KiB, no preset dictionary.
        let [method, flags] = *header;
        let is_deflate = method & 0x0f == 8 && method >> 4 <= 7;
        if !is_deflate || u16::from_be_bytes(*header) % 31 != 0 || flags & 0x20 != 0 {
            return Err(InflateError::Header);
        }
        if lines.length() > blocks.len().saturating_mul(MOST_BYTES_PER_BYTE) {
            return Err(InflateError::Length);
        }
        let mut bits = BitReader::new(blocks);
        let end = self.blocks(&mut bits, lines);
        // Whatever came out of the zeros behind the end.
        if bits.is_overrun() {
            return Err(InflateError::Truncated);
        }
        end?;
        if bits.whole_bytes_left() > 0 {
            return Err(InflateError::TooLong);
        }
        if !lines.finish() {
            return Err(InflateError::Length);
        }
        Ok(u32::from_be_bytes(*checksum))
    }

    fn blocks(&mut self, bits: &mut BitReader<'_>, lines: &mut Lines) -> Result<(), InflateError> {
        loop {
            let is_first = bits.position() == 0;
            let is_last = bits.take(1) == 1;
            match bits.take(2) {
                0 => stored_block(bits, lines)?,
                1 => {
                    self.fixed_codes()?;
                    self.compressed_block(bits, lines)?;
                }
                2 => {
                    if !(is_first && self.knows_header(bits)) {
                        self.known.bits = 0;
                        self.codes_of_block(bits)?;
                        if is_first {
                            self.remember_header(bits);
                        }
                    }
                    self.compressed_block(bits, lines)?;
                }
                _ => return Err(InflateError::Block),
            }
            if is_last || bits.is_overrun() {
                return Ok(());
            }
        }
    }

    /// RFC 1951, 3.2.6.
    fn fixed_codes(&mut self) -> Result<(), InflateError> {
        self.known.bits = 0;
        let length = |symbol| match symbol {
            144..256 => 9,
            256..280 => 7,
            _ => 8,
        };
        let literals: [Used; MAX_SYMBOLS] =
            std::array::from_fn(|symbol| (symbol as u16, length(symbol)));
        let distances: [Used; 32] = std::array::from_fn(|symbol| (symbol as u16, 5));
        self.literals.set_literals(&literals)?;
        self.distances.set(&distances)
    }

    /// Skips the header of the stream's first block if it is that of the last stream's.
    fn knows_header(&self, bits: &mut BitReader<'_>) -> bool {
        let is_known = self.known.bits > 0 && bits.starts_with(&self.known.bytes, self.known.bits);
        if is_known {
            bits.go_to(self.known.bits);
        }
        is_known
    }

    fn remember_header(&mut self, bits: &BitReader<'_>) {
        if bits.is_overrun() {
            return;
        }
        let count = bits.position();
        self.known.bytes.clear();
        self.known.bytes.reserve(MOST_HEADER_BYTES);
        self.known.bytes.extend_from_slice(bits.first(count));
        self.known.bits = count;
    }

    /// The codes that a block brings itself (RFC 1951, 3.2.7).
    fn codes_of_block(&mut self, bits: &mut BitReader<'_>) -> Result<(), InflateError> {
        let literal_count = bits.take(5) as usize + 257;
        let distance_count = bits.take(5) as usize + 1;
        let ordered = bits.take(4) as usize + 4;
        if literal_count > LITERALS || distance_count > DISTANCES {
            return Err(InflateError::Block);
        }
        self.read_lengths_code(bits, &CODE_LENGTH_ORDER[..ordered])?;

        // Literals and distances are one sequence: a run may reach over the border.
        let count = literal_count + distance_count;
        let mut used = [(0, 0); LITERALS + DISTANCES];
        let (mut used_count, mut used_literals) = (0, 0);
        let (mut place, mut before) = (0, None);
        while place < count {
            // 7 bits for a symbol, and up to 7 more behind it.
            let symbol = self.lengths.next(bits)?.value();
            let (length, times) = match symbol {
                0..=15 => (symbol as u8, 1),
                16 => (
                    before.ok_or(InflateError::Code)?,
                    3 + bits.take_available(2),
                ),
                17 => (0, 3 + bits.take_available(3)),
                _ => (0, 11 + bits.take_available(7)),
            };
            before = Some(length);
            let end = place + times as usize;
            if end > count {
                return Err(InflateError::Code);
            }
            if length > 0 {
                for symbol in place..end {
                    used[used_count] = (symbol as u16, length);
                    used_count += 1;
                    used_literals += usize::from(symbol < literal_count);
                }
            }
            place = end;
        }
        let (literals, distances) = used[..used_count].split_at_mut(used_literals);
        for (symbol, _) in &mut *distances {
            *symbol -= literal_count as u16;
        }
        let ends = |&(symbol, _): &Used| usize::from(symbol) == END_OF_BLOCK;
        if !literals.iter().any(ends) {
            return Err(InflateError::Code);
        }
        self.literals.set_literals(literals)?;
        self.distances.set(distances)
    }

    fn read_lengths_code(
        &mut self,
        bits: &mut BitReader<'_>,
        order: &[usize],
    ) -> Result<(), InflateError> {
        let mut lengths = [0; CODE_LENGTH_ORDER.len()];
        for &symbol in order {
            lengths[symbol] = bits.take(3) as u8;
        }
        let mut used = [(0, 0); CODE_LENGTH_ORDER.len()];
        let mut count = 0;
        for (symbol, length) in (0..).zip(lengths).filter(|&(_, length)| length > 0) {
            used[count] = (symbol, length);
            count += 1;
        }
        self.lengths.set(&used[..count])
    }

    /// RFC 1951, 3.2.3.
    fn compressed_block(
        &self,
        bits: &mut BitReader<'_>,
        lines: &mut Lines,
    ) -> Result<(), InflateError> {
        loop {
            // 56 bits are three look-ups, as most are of literals.
            let mut entry = self.literals.next(bits)?;
            for _ in 0..2 {
                if entry.literals() == 0 {
                    break;
                }
                lines.literals(entry.value(), entry.literals())?;
                entry = self.literals.next_available(bits)?;
            }
            if entry.literals() > 0 {
                lines.literals(entry.value(), entry.literals())?;
                continue;
            }
            let symbol = entry.value() as usize;
            if symbol < END_OF_BLOCK {
                lines.literals(symbol as u64, 1)?;
                continue;
            }
            if symbol == END_OF_BLOCK {
                return Ok(());
            }
            // At most 5 extra bits, 15 for the code of the distance, and 13 extra bits.
            bits.refill();
            let length = bits.within(LENGTH_SPANS.get(symbol - END_OF_BLOCK - 1))?;
            let symbol = self.distances.next_available(bits)?.value() as usize;
            let distance = bits.within(DISTANCE_SPANS.get(symbol))?;
            lines.copy(length, distance)?;
        }
    }
}

/// RFC 1951, 3.2.4.
fn stored_block(bits: &mut BitReader<'_>, lines: &mut Lines) -> Result<(), InflateError> {
    bits.skip_to_byte();
    let length = bits.take(16);
    if bits.take(16) != !length & 0xffff {
        return Err(InflateError::Block);
    }
    for _ in 0..length {
        lines.literals(bits.take(8).into(), 1)?;
    }
    Ok(())
}
