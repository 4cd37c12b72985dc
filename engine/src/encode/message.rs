//! Error correction and the final order of the codewords (ISO/IEC 18004:2015, 7.5.2 and 7.6).

use crate::simd::Simd;
use crate::standard::capacity::{Blocks, MAX_CODEWORDS};
use crate::standard::reed_solomon::Divider;
use crate::standard::zigzag::BitStream;

/// The codewords of a symbol in their final order, with room to be read in words of 8.
pub(crate) type Message = [u8; MAX_CODEWORDS.next_multiple_of(8)];

/// Divides the data codewords into blocks, computes their error correction codewords, and
/// interleaves both: the first of every block, the second of every block, and so on.
#[inline(always)]
pub(crate) fn interleave<S: Simd>(simd: S, data: &[u8], blocks: &Blocks, message: &mut Message) {
    let divider = Divider::of_degree(blocks.correction);
    let (data_part, correction_part) = message.split_at_mut(blocks.data());
    let (columns, last_column) = data_part.split_at_mut(blocks.count * blocks.short_data);
    let mut rest = data;
    for index in 0..blocks.count {
        let (block, after) = rest.split_at(blocks.data_of(index));
        rest = after;
        let (short, longer) = block.split_at(blocks.short_data);
        scatter(short, index, blocks.count, columns);
        if let [extra] = longer {
            last_column[index - blocks.short_blocks] = *extra;
        }
        let remainder = divider.remainder_by(simd, block);
        scatter(
            &remainder[..blocks.correction],
            index,
            blocks.count,
            correction_part,
        );
    }
}

/// Puts the codewords of one block at every `count`th place from `index` on.
#[inline(always)]
fn scatter(block: &[u8], index: usize, count: usize, places: &mut [u8]) {
    for (places, &codeword) in places.chunks_exact_mut(count).zip(block) {
        places[index] = codeword;
    }
}

/// The first `length` codewords of the message as a stream of bits, then a word of zeros at least.
#[inline(always)]
pub(crate) fn to_bits(message: &mut Message, length: usize, stream: &mut BitStream) {
    // What a longer message left in the last word.
    let end = length.next_multiple_of(8);
    message[length..end].fill(0);
    let (words, _) = message[..end].as_chunks::<8>();
    for (bits, &word) in stream.iter_mut().zip(words) {
        *bits = u64::from_be_bytes(word).reverse_bits();
    }
    stream[end / 8] = 0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::codewords;
    use crate::encode::segmentation::Segment;
    use crate::simd::Portable;
    use crate::standard::error_correction::ErrorCorrection;
    use crate::standard::mode::Mode;
    use crate::standard::version::Version;

    /// Annex I.2: the digits 01234567 in version 1-M.
    #[test]
    fn the_worked_example_of_the_standard_holds() {
        let blocks = Blocks::of(Version::MIN, ErrorCorrection::M);
        let segments = [Segment {
            mode: Mode::Numeric,
            characters: 8,
        }];
        let mut data = [0; 16];
        codewords::write(&segments, b"01234567", Version::MIN, &mut data);
        let mut message = [0; _];
        interleave(Portable, &data, &blocks, &mut message);

        let data = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80];
        let padding = [0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11];
        let correction = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55];
        let expected = [data.as_slice(), &padding, &correction].concat();
        assert_eq!(message[..26], expected);

        // The first bit of a codeword is its most significant.
        let mut stream = [u64::MAX; _];
        to_bits(&mut message, 26, &mut stream);
        assert_eq!(stream[0].reverse_bits(), 0x1020_0C56_6180_EC11);
        assert_eq!(stream[3].reverse_bits(), 0x2C55_0000_0000_0000);
        assert_eq!(stream[4], 0);
    }
}
