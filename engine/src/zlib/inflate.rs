//! Reading: a zlib stream (RFC 1950) of a length known beforehand, into memory of that length.
//!
//! Any valid DEFLATE stream is taken: stored, fixed and dynamic blocks. Its checksum is returned,
//! not checked: who knows what the bytes mean can add them up faster ([`super::adler`]).

#![expect(
    clippy::cast_possible_truncation,
    reason = "bits are taken by the number that the type of the value has"
)]

use super::bit_reader::BitReader;
use super::prefix_code::PrefixCode;
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

/// Decompresses `stream` to exactly `length` bytes. Also returns the Adler-32 it ends with.
///
/// Takes no more memory than `length` bytes, and none for a length that no stream of this size
/// can reach.
pub(crate) fn inflate(stream: &[u8], length: usize) -> Result<(Vec<u8>, u32), InflateError> {
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
    if length > blocks.len().saturating_mul(MOST_BYTES_PER_BYTE) {
        return Err(InflateError::Length);
    }
    let mut output = Output {
        bytes: vec![0; length],
        filled: 0,
    };
    let mut bits = BitReader::new(blocks);
    let mut codes = Codes::default();
    loop {
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored_block(&mut bits, &mut output)?,
            1 => {
                codes.fix()?;
                compressed_block(&mut bits, &mut output, &codes)?;
            }
            2 => {
                codes.read(&mut bits)?;
                compressed_block(&mut bits, &mut output, &codes)?;
            }
            _ => return Err(InflateError::Block),
        }
        if is_last {
            break;
        }
    }
    if bits.whole_bytes_left() > 0 {
        return Err(InflateError::TooLong);
    }
    if output.filled < length {
        return Err(InflateError::Length);
    }
    Ok((output.bytes, u32::from_be_bytes(*checksum)))
}

/// RFC 1951, 3.2.4.
fn stored_block(bits: &mut BitReader<'_>, output: &mut Output) -> Result<(), InflateError> {
    bits.skip_to_byte();
    let length = bits.take(16)?;
    if bits.take(16)? != !length & 0xffff {
        return Err(InflateError::Block);
    }
    for _ in 0..length {
        let byte = bits.take(8)?;
        output.literal(byte as u8)?;
    }
    Ok(())
}

/// The codes of a block.
#[derive(Default)]
struct Codes {
    literals: PrefixCode,
    distances: PrefixCode,
}

impl Codes {
    /// The codes of the standard (RFC 1951, 3.2.6).
    fn fix(&mut self) -> Result<(), InflateError> {
        let mut lengths = [8; 288];
        lengths[144..256].fill(9);
        lengths[256..280].fill(7);
        self.literals.set(&lengths)?;
        self.distances.set(&[5; 32])
    }

    /// The codes that the block brings itself (RFC 1951, 3.2.7).
    fn read(&mut self, bits: &mut BitReader<'_>) -> Result<(), InflateError> {
        let literal_count = bits.take(5)? as usize + 257;
        let distance_count = bits.take(5)? as usize + 1;
        let ordered = bits.take(4)? as usize + 4;
        if literal_count > LITERALS || distance_count > DISTANCES {
            return Err(InflateError::Block);
        }
        let mut code_lengths = [0; CODE_LENGTH_ORDER.len()];
        for &symbol in &CODE_LENGTH_ORDER[..ordered] {
            code_lengths[symbol] = bits.take(3)? as u8;
        }
        // The code of the lengths is needed no longer than the lengths are read.
        let code = &mut self.distances;
        code.set(&code_lengths)?;

        // Literals and distances are one sequence: a run may reach over the border.
        let mut lengths = [0; LITERALS + DISTANCES];
        let lengths = &mut lengths[..literal_count + distance_count];
        let mut filled = 0;
        while filled < lengths.len() {
            let symbol = code.next(bits)?;
            let (value, times) = match symbol {
                0..=15 => (symbol as u8, 1),
                16 => {
                    let before = filled.checked_sub(1).ok_or(InflateError::Code)?;
                    (lengths[before], 3 + bits.take(2)?)
                }
                17 => (0, 3 + bits.take(3)?),
                _ => (0, 11 + bits.take(7)?),
            };
            let end = filled + times as usize;
            lengths
                .get_mut(filled..end)
                .ok_or(InflateError::Code)?
                .fill(value);
            filled = end;
        }
        let (literals, distances) = lengths.split_at(literal_count);
        if literals[END_OF_BLOCK] == 0 {
            return Err(InflateError::Code);
        }
        self.literals.set(literals)?;
        self.distances.set(distances)
    }
}

/// RFC 1951, 3.2.3.
fn compressed_block(
    bits: &mut BitReader<'_>,
    output: &mut Output,
    codes: &Codes,
) -> Result<(), InflateError> {
    loop {
        let symbol = codes.literals.next(bits)?;
        if let Ok(byte) = u8::try_from(symbol) {
            output.literal(byte)?;
            continue;
        }
        let Some(index) = usize::from(symbol).checked_sub(END_OF_BLOCK + 1) else {
            return Ok(());
        };
        let length = bits.within(LENGTH_SPANS.get(index))?;
        let index = usize::from(codes.distances.next(bits)?);
        let distance = bits.within(DISTANCE_SPANS.get(index))?;
        output.copy(length, distance)?;
    }
}

/// What is decompressed so far, and zeros for what is to come.
struct Output {
    bytes: Vec<u8>,
    filled: usize,
}

impl Output {
    fn literal(&mut self, byte: u8) -> Result<(), InflateError> {
        *self
            .bytes
            .get_mut(self.filled)
            .ok_or(InflateError::Length)? = byte;
        self.filled += 1;
        Ok(())
    }

    fn copy(&mut self, length: usize, distance: usize) -> Result<(), InflateError> {
        let start = self
            .filled
            .checked_sub(distance)
            .ok_or(InflateError::Distance)?;
        let end = self.filled + length;
        if end > self.bytes.len() {
            return Err(InflateError::Length);
        }
        // A copy may overlap what it writes: it repeats the last `distance` bytes. What is
        // written lengthens what can be copied in one go.
        while self.filled < end {
            let now = (self.filled - start).min(end - self.filled);
            self.bytes.copy_within(start..start + now, self.filled);
            self.filled += now;
        }
        Ok(())
    }
}
