//! Modules into data codewords.

use super::ReadError;
use crate::simd::{Path, Simd, Work};
use crate::standard::blueprint::Blueprint;
use crate::standard::capacity::{Blocks, data_modules, total_codewords};
use crate::standard::format::{
    FORMAT_BITS, dark_module, format_information, format_positions, parse_format_information,
};
use crate::standard::reed_solomon::Divider;
use crate::standard::transpose::transpose;
use crate::standard::zigzag;
use crate::standard::{Line, is_set, set};
use crate::{Symbol, Version};

/// Becomes the symbol of these modules, its level and mask by the format information beside the
/// upper left finder pattern. [`Scratch`] sees to the rest.
pub(super) fn identify(
    version: Version,
    rows: &[Line],
    symbol: &mut Symbol,
) -> Result<(), ReadError> {
    let mut information = 0;
    for bit in 0..FORMAT_BITS {
        let [(x, y), _] = format_positions(bit, version.size());
        information |= u16::from(is_set(&rows[y], x)) << bit;
    }
    let (level, mask) = parse_format_information(information)
        .ok_or(ReadError::Pattern("its format information is no valid one"))?;
    symbol.redraw(version, level, mask, |y| rows[y]);
    Ok(())
}

/// What reading a symbol needs in memory, kept from one to the next.
#[derive(Debug)]
pub(super) struct Scratch {
    path: Path,
    /// Rows, and what some of them should be.
    rows: Vec<Line>,
    columns: Vec<Line>,
    /// The bits of all codewords and the remainder bits, in the order in which they are placed.
    stream: Vec<u64>,
    /// The codewords, data and error correction, in that order.
    message: Vec<u8>,
    data: Vec<u8>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            path: Path::fastest(),
            rows: Vec::new(),
            columns: Vec::new(),
            stream: Vec::new(),
            message: Vec::new(),
            data: Vec::new(),
        }
    }
}

/// Modules to data codewords.
struct ReadData<'a> {
    symbol: &'a Symbol,
    scratch: &'a mut Scratch,
}

impl Work for ReadData<'_> {
    type Output = Result<(), ReadError>;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> Self::Output {
        let Self { symbol, scratch } = self;
        scratch.read_message(simd, symbol);
        scratch.separate_blocks(simd, symbol)
    }
}

impl Scratch {
    /// The data codewords in the order of the message, of a symbol all of whose modules were found
    /// to be as they must be.
    pub(super) fn data_codewords(&mut self, symbol: &Symbol) -> Result<&[u8], ReadError> {
        self.check_function_patterns(symbol)?;
        let path = self.path;
        path.run(ReadData {
            symbol,
            scratch: self,
        })?;
        Ok(&self.data)
    }

    /// Whether all modules but those of the data are as version, level and mask want them: function
    /// patterns, both copies of the format information, and of the version information.
    fn check_function_patterns(&mut self, symbol: &Symbol) -> Result<(), ReadError> {
        let size = symbol.size();
        let blueprint = Blueprint::of(symbol.version());
        let expected = &mut self.rows;
        expected.clone_from(&blueprint.dark);
        let information = format_information(symbol.error_correction(), symbol.mask());
        let dark_bits = (0..FORMAT_BITS).filter(|bit| information >> bit & 1 == 1);
        let format = dark_bits.flat_map(|bit| format_positions(bit, size));
        for (x, y) in format.chain([dark_module(size)]) {
            set(&mut expected[y], x);
        }
        let mut wrong = 0;
        for (y, (expected, free)) in expected.iter().zip(&blueprint.free).enumerate() {
            let row = symbol.row(y);
            for word in 0..expected.len() {
                wrong |= (row[word] ^ expected[word]) & !free[word];
            }
        }
        if wrong != 0 {
            return Err(ReadError::Pattern(
                "a function pattern, its format or its version information is not exact",
            ));
        }
        Ok(())
    }

    /// The message without its mask, and what would be one codeword more.
    #[inline(always)]
    fn read_message<S: Simd>(&mut self, simd: S, symbol: &Symbol) {
        let size = symbol.size();
        self.rows.clear();
        let patterns = symbol.mask().rows().iter().cycle();
        self.rows.extend((0..size).zip(patterns).map(|(y, mask)| {
            let modules = symbol.row(y);
            std::array::from_fn::<_, 3, _>(|word| modules[word] ^ mask[word])
        }));
        self.columns.resize(size, [0; 3]);
        transpose(&self.rows, &mut self.columns);
        let words = data_modules(symbol.version()) / 64 + 2;
        self.stream.resize(words, 0);
        let strips = &Blueprint::of(symbol.version()).strips;
        zigzag::read(simd, &self.columns, strips, &mut self.stream);
        // Codewords come most significant bit first.
        self.message.resize(8 * words, 0);
        for (bytes, word) in self.message.as_chunks_mut().0.iter_mut().zip(&self.stream) {
            *bytes = word.reverse_bits().to_be_bytes();
        }
    }

    /// The data codewords in the order of the message (ISO/IEC 18004:2015, 7.6 backwards), after
    /// the error correction of every block was found without error.
    #[inline(always)]
    fn separate_blocks<S: Simd>(&mut self, simd: S, symbol: &Symbol) -> Result<(), ReadError> {
        let blocks = Blocks::of(symbol.version(), symbol.error_correction());
        let Self { message, data, .. } = self;
        let (message, rest) = message.split_at(total_codewords(symbol.version()));
        // The remainder bits, up to 7, are in what would be one codeword more (7.7.3).
        if rest[0] != 0 {
            return Err(ReadError::Segment("its remainder bits are not zero"));
        }
        let (data_part, correction_part) = message.split_at(blocks.data());
        let (columns, last_column) = data_part.split_at(blocks.count * blocks.short_data);

        let divider = Divider::of_degree(blocks.correction);
        data.clear();
        for block in 0..blocks.count {
            let start = data.len();
            // Codeword by codeword of all blocks in turn; the last one of a longer block comes
            // when the shorter blocks have no more.
            data.extend(
                columns
                    .chunks_exact(blocks.count)
                    .map(|column| column[block]),
            );
            if let Some(longer) = block.checked_sub(blocks.short_blocks) {
                data.push(last_column[longer]);
            }
            // A block is divisible by the generator polynomial, which is to say all its syndromes
            // are zero, if its end is the remainder of its data.
            let remainder = divider.remainder_by(simd, &data[start..]);
            let correction = correction_part.chunks_exact(blocks.count);
            let wrong = correction
                .zip(remainder)
                .fold(0, |wrong, (column, expected)| {
                    wrong | (column[block] ^ expected)
                });
            if wrong != 0 {
                return Err(ReadError::Codeword { block });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::galois::{EXP, multiply};
    use crate::{EncodeOptions, ErrorCorrection, encode};

    /// Annex B: a sound block is zero at every power of α that the generator polynomial is zero at.
    /// Computed from the definition, without the generator polynomial.
    #[test]
    fn a_block_that_ends_with_its_remainder_has_no_syndromes() {
        for number in 1..=40 {
            for level in ErrorCorrection::ALL {
                let blocks = Blocks::of(Version::new(number).unwrap(), level);
                let options = EncodeOptions {
                    error_correction: level,
                    boost: false,
                };
                let text = "1".repeat(blocks.data() * 12 / 5 - 8);
                let symbol = encode(&text, &options).unwrap();
                assert_eq!(symbol.version().number(), number);
                let mut scratch = Scratch::default();
                let data = scratch.data_codewords(&symbol).unwrap();

                let mut start = 0;
                for block in 0..blocks.count {
                    let end = start + blocks.data_of(block);
                    let remainder =
                        Divider::of_degree(blocks.correction).remainder(&data[start..end]);
                    let codewords = data[start..end]
                        .iter()
                        .chain(&remainder[..blocks.correction]);
                    for power in &EXP[..blocks.correction] {
                        let value = codewords
                            .clone()
                            .fold(0, |value, codeword| multiply(value, *power) ^ codeword);
                        assert_eq!(value, 0, "version {number}-{level}, block {block}");
                    }
                    start = end;
                }
            }
        }
    }
}
