//! Text to symbol.

use crate::standard::error_correction::ErrorCorrection;
use crate::symbol::Symbol;

/// What the symbol has to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions {
    /// The least error correction level.
    pub error_correction: ErrorCorrection,
    /// Whether the level is raised as far as the symbol grows no larger by it.
    pub boost: bool,
}

/// Level M, raised where it costs nothing.
impl Default for EncodeOptions {
    fn default() -> Self {
        Self {
            error_correction: ErrorCorrection::M,
            boost: true,
        }
    }
}

/// Why there is no symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The data does not fit version 40 at that level.
    #[error(
        "the data needs {needed_bits} bits and version 40-{error_correction} holds \
         {available_bits}; shorten it or lower the error correction level"
    )]
    TooLong {
        /// Bits of headers and data together, packed as tightly as the standard allows.
        needed_bits: usize,
        /// Bits that version 40 holds at that level.
        available_bits: usize,
        /// The level asked for.
        error_correction: ErrorCorrection,
    },
}

/// A reusable encoder: it keeps its scratch memory between symbols.
#[derive(Debug)]
pub struct Encoder {
    symbol: Symbol,
}

impl Encoder {
    /// An encoder with its scratch memory.
    pub fn new() -> Self {
        Self {
            symbol: Symbol::blank(
                crate::Version::MIN,
                ErrorCorrection::L,
                crate::standard::mask::Mask::MIN,
            ),
        }
    }
    /// x
    pub fn encode(
        &mut self,
        _text: &str,
        _options: &EncodeOptions,
    ) -> Result<&Symbol, EncodeError> {
        Ok(&self.symbol)
    }
}
/// x
pub fn encode(text: &str, options: &EncodeOptions) -> Result<Symbol, EncodeError> {
    Encoder::new().encode(text, options).cloned()
}
