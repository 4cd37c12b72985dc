//! Reading back what this engine wrote, and nothing else.
//!
//! This is not a scanner. An image of ours has no noise: every byte of it follows from the symbol,
//! the scale, the quiet zone and the two colours. So the reader takes the file apart and holds all
//! of it against what it should be; whatever differs is an error, never a guess. What comes out is
//! the proof that the image shows the content, and the only record of it that there is.
//!
//! | file | step |
//! |---|---|
//! | `png` | file to pixels and palette: chunks, checksums, decompression |
//! | `grid` | pixels to modules: scale and quiet zone from a finder pattern, then every pixel |
//! | `row` | a line of pixels to a row of modules |
//! | `matrix` | modules to data: function patterns, mask, error correction blocks |
//! | `segments` | data to content: segments, terminator, padding |

mod error;
mod grid;
mod matrix;
mod png;
mod row;
mod segments;

pub use error::ReadError;
pub use segments::{Content, Segment};

use crate::zlib::inflate::Inflater;
use crate::zlib::lines::Lines;
use crate::{ErrorCorrection, Mask, Style, Symbol, Version};

/// All that a PNG of this engine says.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadImage {
    /// The symbol that the image shows.
    pub symbol: Symbol,
    /// What the symbol says.
    pub content: Content,
    /// The style of the image. [`Style::allow_low_contrast`] is set if the colours need it, so that
    /// symbol and style written again give the same image.
    pub style: Style,
    /// Width and height of the image in pixels.
    pub width_px: u32,
}

/// Reads a PNG written by [`PngWriter`](crate::PngWriter), and no other.
///
/// Any input is either read to the last bit or refused. It takes no more memory than the pixels of
/// the largest image of ours, which are 22 MB at one bit each.
///
/// ```
/// use qrgen_engine::{EncodeOptions, Style, encode, read_png, to_png};
///
/// let symbol = encode("https://example.com/menu", &EncodeOptions::default())?;
/// let image = read_png(&to_png(&symbol, &Style::default())?)?;
/// assert_eq!(image.content.text(), Some("https://example.com/menu"));
/// assert_eq!((image.symbol, image.style), (symbol, Style::default()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_png(png: &[u8]) -> Result<ReadImage, ReadError> {
    let mut reader = Reader::new();
    reader.read(png)?;
    Ok(reader.image)
}

/// Reads a symbol encoded by this engine.
///
/// Function patterns and both copies of format and version information must be exact, every error
/// correction block free of errors, and all segments of a mode that [`encode`](crate::encode())
/// writes: numeric, alphanumeric, byte, and either Kanji or ECI 26 (UTF-8) before the others.
pub fn read_matrix(symbol: &Symbol) -> Result<Content, ReadError> {
    let mut content = Content::default();
    let mut scratch = matrix::Scratch::default();
    let data = scratch.data_codewords(symbol)?;
    segments::parse(data, symbol.version(), &mut content)?;
    Ok(content)
}

/// Reads images one after the other in the same memory: once it has read one, it allocates nothing
/// for the next of that size. See [`read_png`] for what it takes and what it refuses.
#[derive(Debug)]
pub struct Reader {
    inflater: Inflater,
    lines: Lines,
    grid: grid::Grid,
    scratch: matrix::Scratch,
    /// The last image, or what of it was read before an error.
    image: ReadImage,
}

impl Reader {
    /// A reader with its scratch memory.
    pub fn new() -> Self {
        Self {
            inflater: Inflater::default(),
            lines: Lines::default(),
            grid: grid::Grid::default(),
            scratch: matrix::Scratch::default(),
            image: ReadImage {
                symbol: Symbol::blank(Version::MIN, ErrorCorrection::L, Mask::MIN),
                content: Content::default(),
                style: Style::default(),
                width_px: 0,
            },
        }
    }

    /// Reads a PNG written by [`PngWriter`](crate::PngWriter), and no other: see [`read_png`].
    pub fn read(&mut self, png: &[u8]) -> Result<&ReadImage, ReadError> {
        let Self {
            inflater,
            lines,
            grid,
            scratch,
            image,
        } = self;
        let file = png::open(png)?;
        let width = file.width as usize;
        lines.reset(1 + width.div_ceil(8), width);
        let checksum = inflater.inflate(file.data, lines)?;
        let (version, style) = grid.measure(&file, lines, checksum)?;
        matrix::identify(version, &grid.rows, &mut image.symbol)?;
        let data = scratch.data_codewords(&image.symbol)?;
        segments::parse(data, version, &mut image.content)?;
        image.style = style;
        image.width_px = file.width;
        Ok(image)
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}
