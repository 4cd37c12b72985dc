//! QR symbols: text to modules to PNG, SVG, terminal and rasters, and back.
//!
//! The crate follows ISO/IEC 18004:2015 (QR Code Model 2, versions 1 to 40); clause numbers in
//! the documentation are of that edition. No I/O, no async.
//!
//! ```
//! use qrgen_engine::{EncodeOptions, encode};
//!
//! let symbol = encode("https://example.com/menu", &EncodeOptions::default())?;
//! assert_eq!(symbol.version().number(), 2);
//! assert!(symbol.is_dark(0, 0));
//! # Ok::<(), qrgen_engine::EncodeError>(())
//! ```
//!
//! | module | job |
//! |---|---|
//! | `standard` | what the standard fixes: tables, function patterns, masks, GF(256), the zig-zag |
//! | `encode` | text to [`Symbol`], one file a step |
//! | `simd` | the instructions that its inner loops run on; the only `unsafe` code |
//! | `describe` | what a text costs, and what would make its symbol smaller |
//! | `style`, `color` | how an image looks, and which looks readers can't take |
//! | `png`, `zlib` | [`Symbol`] to PNG, with a compressor that knows the image |
//! | `svg`, `terminal`, `raster` | [`Symbol`] to the other outputs |
//! | `micro` | Micro QR symbols (feature `micro`, off by default) |
//! | `read` | PNG or [`Symbol`] back to the text |

mod color;
mod describe;
mod encode;
#[cfg(feature = "micro")]
mod micro;
mod png;
mod raster;
mod read;
mod runs;
mod simd;
mod standard;
mod style;
mod svg;
mod symbol;
mod terminal;
mod utf8;
mod zlib;

pub use color::{Color, ParseColorError};
pub use describe::{Change, Description, Hint, Room, SegmentInfo, describe};
pub use encode::{EncodeError, EncodeOptions, Encoder, encode};
#[cfg(feature = "micro")]
pub use micro::{MicroError, MicroSymbol};
pub use png::{PngWriter, to_png};
pub use raster::{MAX_RASTER_PX, RasterError, to_argb, to_luma, write_argb, write_luma};
pub use read::{Content, ReadError, ReadImage, Reader, Segment, read_matrix, read_png};
pub use standard::error_correction::{ErrorCorrection, ParseErrorCorrectionError};
pub use standard::mask::Mask;
pub use standard::mode::Mode;
pub use standard::version::Version;
pub use style::{Style, StyleError};
pub use svg::{to_svg, write_svg};
pub use symbol::Symbol;
pub use terminal::{TerminalBackground, to_terminal, write_terminal};
