//! QR symbols: text to modules to PNG, SVG, terminal and rasters, and back.
//!
//! The crate follows ISO/IEC 18004:2015 (QR Code Model 2, versions 1 to 40); clause numbers in
//! the documentation are of that edition. No I/O, no async, no `unsafe`.
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
//! | `describe` | what a text costs and what would make its symbol smaller |

mod encode;
mod standard;
mod symbol;

pub use encode::{EncodeError, EncodeOptions, Encoder, encode};
pub use standard::error_correction::{ErrorCorrection, ParseErrorCorrectionError};
pub use standard::mask::Mask;
pub use standard::mode::Mode;
pub use standard::version::Version;
pub use symbol::Symbol;
