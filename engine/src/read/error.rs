//! Why an image or a symbol can't be read.

use thiserror::Error;

use crate::zlib::inflate::InflateError;

/// Why an image or a symbol can't be read.
///
/// The reader knows only what this engine writes. That a file is refused does not mean that it is
/// no PNG, or no QR code: a scanner is what reads those.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is not a file of the form that this engine writes.
    #[error("not an image written by this engine, which are all that can be read: {0}")]
    Foreign(&'static str),
    /// A checksum does not agree with what it is of.
    #[error("damaged image: the checksum of its {0} is wrong")]
    Checksum(&'static str),
    /// The image data can't be decompressed.
    #[error("damaged image: {0}")]
    ImageData(&'static str),
    /// The pixels are not those of a symbol with its quiet zone.
    #[error("not a symbol: {0}")]
    Pixels(&'static str),
    /// A finder, timing or alignment pattern, the format or the version information is not exactly
    /// as ISO/IEC 18004 has it.
    #[error("not a symbol written by this engine: {0}")]
    Pattern(&'static str),
    /// The codewords of a block are not those of the Reed-Solomon code. Errors are not corrected:
    /// in an image of ours there are none.
    #[error("damaged symbol: error correction block {block} has a wrong codeword")]
    Codeword {
        /// The block, from 0.
        block: usize,
    },
    /// A segment has a mode that this engine does not write.
    #[error("symbol not written by this engine: it has a segment of mode {indicator:#06b}")]
    Mode {
        /// The mode indicator (ISO/IEC 18004:2015, table 2).
        indicator: u8,
    },
    /// The bits of a segment or of the padding are not as ISO/IEC 18004 has them.
    #[error("invalid symbol: {0}")]
    Segment(&'static str),
}

impl From<InflateError> for ReadError {
    fn from(error: InflateError) -> Self {
        Self::ImageData(error.reason())
    }
}
