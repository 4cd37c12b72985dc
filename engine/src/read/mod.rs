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
//! | `matrix` | modules to data: function patterns, mask, error correction blocks |
//! | `segments` | data to content: segments, terminator, padding |

mod error;
mod grid;
mod matrix;
mod png;
mod segments;

pub use error::ReadError;
pub use segments::{Content, Segment};

use crate::{Style, Symbol};

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
    let file = png::open(png)?;
    let grid = grid::measure(&file)?;
    let symbol = matrix::identify(&grid)?;
    let content = read_matrix(&symbol)?;
    Ok(ReadImage {
        symbol,
        content,
        style: grid.style,
        width_px: file.width,
    })
}

/// Reads a symbol encoded by this engine.
///
/// Function patterns and both copies of format and version information must be exact, every error
/// correction block free of errors, and all segments of a mode that [`encode`](crate::encode())
/// writes: numeric, alphanumeric, byte, and ECI 26 (UTF-8) before the others.
pub fn read_matrix(symbol: &Symbol) -> Result<Content, ReadError> {
    matrix::check_function_patterns(symbol)?;
    let data = matrix::data_codewords(symbol)?;
    segments::parse(&data, symbol.version())
}
