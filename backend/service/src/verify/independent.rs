//! Reads a symbol with `rxing`, in the steps of its `decode_bitmatrix`, two of which are our own: the
//! [layout](super::layout) is kept from symbol to symbol, and a block with a wrong codeword is
//! [refused](super::reed_solomon), where that one mends it. A phone is to have all of the error
//! correction for dirt and glare, and none of it used up by us.

use rxing::common::{BitArray, BitMatrix, DecoderRXingResult};
use rxing::qrcode::decoder::{BitMatrixParser, DataBlock, decoded_bit_stream_parser};
use rxing::{DecodeHints, Exceptions};

use super::layout::{Layout, Row};
use super::reed_solomon;

/// What `rxing` reads in a symbol of these rows of modules.
pub(super) fn read(rows: &[Row]) -> Result<DecoderRXingResult, Exceptions> {
    let mut parser = BitMatrixParser::new(modules(rows)?)?;
    let version = parser.readVersion()?;
    let format = parser.readFormatInformation()?;
    let level = format.getErrorCorrectionLevel();
    let codewords = Layout::of(version)?.codewords(rows, format.getDataMask())?;
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

/// The modules in the form of `rxing`, word by word: both have the leftmost lowest.
#[expect(
    clippy::cast_possible_truncation,
    reason = "so many modules as a word of `rxing` holds are taken"
)]
pub(super) fn modules(rows: &[Row]) -> Result<BitMatrix, Exceptions> {
    let side = rows.len();
    let mut modules = BitMatrix::with_single_dimension(side as u32)?;
    let mut line = BitArray::with_size(side);
    for (y, row) in (0..).zip(rows) {
        for x in (0..side).step_by(usize::BITS as usize) {
            line.setBulk(x, (row[x / 64] >> (x % 64)) as usize);
        }
        modules.setRow(y, &line);
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
                let whole = decode_bitmatrix(&modules(symbol.rows()).unwrap()).unwrap();
                let read = read(symbol.rows()).unwrap();
                assert_eq!(read.getText(), whole.getText());
                assert_eq!(whole.getText(), &text);
            }
        }
    }

    /// A decoder mends it and says nothing, so an encoder with a wrong codeword would not be noticed.
    #[test]
    fn one_wrong_module_is_refused_although_a_phone_would_read_the_symbol() {
        let symbol = encode("menu", &EncodeOptions::default()).unwrap();
        let last = symbol.size() - 1;
        // At the beginning of the first codeword, which is data, and near the end of the last one.
        for (x, y) in [(last, last), (0, last - 8)] {
            let mut rows = symbol.rows().to_vec();
            rows[y][0] ^= 1 << x;
            let whole = decode_bitmatrix(&modules(&rows).unwrap()).unwrap();
            assert_eq!(whole.getText(), "menu");
            assert!(read(&rows).is_err(), "({x}, {y})");
        }
    }
}
