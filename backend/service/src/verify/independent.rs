//! Reads a symbol with `rxing`, in the steps of its `decode_bitmatrix` but for one: where that one
//! mends codewords, this one refuses. A phone is to have all of the error correction for dirt and
//! glare, and none of it used up by us.

use qrgen_engine::Symbol;
use rxing::common::{BitArray, BitMatrix, DecoderRXingResult};
use rxing::qrcode::decoder::{BitMatrixParser, DataBlock, decoded_bit_stream_parser};
use rxing::{DecodeHints, Exceptions};

use super::layout::Layout;
use super::reed_solomon;

/// What `rxing` reads in these modules.
pub(super) fn read(modules: &BitMatrix) -> Result<DecoderRXingResult, Exceptions> {
    let mut parser = BitMatrixParser::new(modules.clone())?;
    let version = parser.readVersion()?;
    let format = parser.readFormatInformation()?;
    let level = format.getErrorCorrectionLevel();
    let codewords = Layout::of(version)?.codewords(modules, format.getDataMask())?;
    let mut data = Vec::with_capacity(codewords.len());
    for block in DataBlock::getDataBlocks(&codewords, version, level)? {
        let codewords = block.getCodewords();
        let (words, corrections) = codewords
            .split_at_checked(block.getNumDataCodewords() as usize)
            .ok_or(Exceptions::FORMAT)?;
        if !reed_solomon::is_intact(codewords, corrections.len()) {
            return Err(Exceptions::CHECKSUM);
        }
        data.extend_from_slice(words);
    }
    decoded_bit_stream_parser::decode(&data, version, level, &DecodeHints::default())
}

/// The symbol in the form of `rxing`, word by word: both have the leftmost module lowest.
#[expect(
    clippy::cast_possible_truncation,
    reason = "so many modules as a word of `rxing` holds are taken"
)]
pub(super) fn modules(symbol: &Symbol) -> Result<BitMatrix, Exceptions> {
    let side = symbol.size();
    let mut modules = BitMatrix::with_single_dimension(side as u32)?;
    let mut line = BitArray::with_size(side);
    for y in 0..side {
        let row = symbol.row(y);
        for x in (0..side).step_by(usize::BITS as usize) {
            line.setBulk(x, (row[x / 64] >> (x % 64)) as usize);
        }
        modules.setRow(y as u32, &line);
    }
    Ok(modules)
}

#[cfg(test)]
mod tests {
    use qrgen_engine::{EncodeOptions, encode};
    use rxing::qrcode::decoder::qrcode_decoder::decode_bitmatrix;

    use super::*;

    /// In few blocks and in many, of one size and of two.
    #[test]
    fn it_reads_what_the_whole_decoder_reads() {
        for length in [7, 200, 2_000] {
            for error_correction in qrgen_engine::ErrorCorrection::ALL {
                let text = "x".repeat(length / (1 + error_correction as usize));
                let options = EncodeOptions {
                    error_correction,
                    boost: false,
                };
                let symbol = encode(&text, &options).unwrap();
                let modules = modules(&symbol).unwrap();
                let whole = decode_bitmatrix(&modules).unwrap();
                assert_eq!(read(&modules).unwrap().getText(), whole.getText());
                assert_eq!(whole.getText(), &text);
            }
        }
    }

    /// A decoder mends it and says nothing, so an encoder with a wrong codeword would not be noticed.
    #[test]
    fn one_wrong_module_is_refused_although_a_phone_would_read_the_symbol() {
        let symbol = encode("menu", &EncodeOptions::default()).unwrap();
        let modules = modules(&symbol).unwrap();
        let last = modules.getWidth() - 1;
        // At the beginning of the first codeword, which is data, and near the end of the last one.
        for (x, y) in [(last, last), (0, last - 8)] {
            let mut modules = modules.clone();
            modules.flip_coords(x, y);
            assert_eq!(decode_bitmatrix(&modules).unwrap().getText(), "menu");
            assert!(read(&modules).is_err(), "({x}, {y})");
        }
    }
}
