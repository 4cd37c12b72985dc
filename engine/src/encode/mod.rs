//! Text to symbol (ISO/IEC 18004:2015, 7.1): one file a step.
//!
//! | step | clause | file |
//! |---|---|---|
//! | data analysis | 7.2, 7.4.7 | `segmentation`, `plan` |
//! | data encoding | 7.4 | `codewords`, `bit_writer` |
//! | error correction and the final message | 7.5, 7.6 | `message` |
//! | placement | 7.7 | [`zigzag`] |
//! | masking, format information | 7.8, 7.9 | `candidates`, `lanes`, `penalty`, `finder`, `masking` |

mod bit_writer;
mod candidates;
mod codewords;
mod finder;
mod lanes;
mod masking;
mod message;
mod penalty;
mod plan;
mod segmentation;

use std::fmt;

use candidates::Candidates;
use message::Message;
use plan::{Plan, plan_bytes, plan_text};
use segmentation::{Segment, Segmenter};

use crate::standard::Line;
use crate::standard::blueprint::Blueprint;
use crate::standard::capacity::{Blocks, MAX_CODEWORDS, total_codewords};
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::mask::Mask;
use crate::standard::transpose::transpose;
use crate::standard::version::Version;
use crate::standard::zigzag::{self, BitStream};
use crate::symbol::Symbol;

/// What a symbol has to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions {
    /// The least error correction level.
    pub error_correction: ErrorCorrection,
    /// Whether to raise the level as far as the symbol does not grow by it.
    pub boost: bool,
}

/// Level M, raised where that costs nothing.
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
        "the data needs {needed_bits} bits, but version 40-{error_correction} holds \
         {available_bits}; shorten it or lower the error correction level"
    )]
    TooLong {
        /// Bits of headers and data, packed as tightly as can be.
        needed_bits: usize,
        /// Bits that version 40 holds at that level.
        available_bits: usize,
        /// The level asked for.
        error_correction: ErrorCorrection,
    },
}

/// Makes a symbol of a text, with scratch memory of its own: see [`Encoder`] for many of them.
///
/// # Examples
///
/// ```
/// use qrgen_engine::{EncodeOptions, encode};
///
/// let symbol = encode("0123456789", &EncodeOptions::default())?;
/// assert_eq!(symbol.size(), 21);
/// # Ok::<(), qrgen_engine::EncodeError>(())
/// ```
pub fn encode(text: &str, options: &EncodeOptions) -> Result<Symbol, EncodeError> {
    let mut encoder = Encoder::new();
    encoder.encode(text, options)?;
    Ok(encoder.symbol)
}

/// Makes symbols one after the other in the same scratch memory: once it has made one of a
/// version, it allocates nothing for the next.
pub struct Encoder {
    segmenter: Segmenter,
    data: Box<[u8; MAX_CODEWORDS]>,
    message: Box<Message>,
    stream: Box<BitStream>,
    columns: Vec<Line>,
    rows: Vec<Line>,
    candidates: Candidates,
    symbol: Symbol,
}

impl Encoder {
    /// An encoder with its scratch memory.
    pub fn new() -> Self {
        Self {
            segmenter: Segmenter::new(),
            data: Box::new([0; _]),
            message: Box::new([0; _]),
            stream: Box::new([0; _]),
            columns: Vec::new(),
            rows: Vec::new(),
            candidates: Candidates::new(),
            symbol: Symbol::blank(Version::MIN, ErrorCorrection::L, Mask::MIN),
        }
    }

    /// Makes a symbol of a text: the smallest that holds it, by the shortest segmentation into
    /// numeric, alphanumeric and byte mode. A text that is not all ASCII is UTF-8 with the ECI
    /// header that says so.
    pub fn encode(&mut self, text: &str, options: &EncodeOptions) -> Result<&Symbol, EncodeError> {
        let plan = plan_text(&mut self.segmenter, text, *options)?;
        Ok(self.draw(text.as_bytes(), plan))
    }

    /// Makes a symbol of bytes that are no text: one segment in byte mode, without ECI header.
    pub fn encode_bytes(
        &mut self,
        payload: &[u8],
        options: &EncodeOptions,
    ) -> Result<&Symbol, EncodeError> {
        let plan = plan_bytes(&mut self.segmenter, payload, *options)?;
        Ok(self.draw(payload, plan))
    }

    /// The version of the symbol that [`encode`](Self::encode) would make.
    pub(crate) fn version_of(&mut self, text: &str, options: EncodeOptions) -> Option<Version> {
        plan_text(&mut self.segmenter, text, options)
            .ok()
            .map(|plan| plan.version)
    }

    /// The segments that were planned last.
    pub(crate) fn segments(&self) -> &[Segment] {
        self.segmenter.segments()
    }

    /// The steps from the segments on.
    fn draw(&mut self, payload: &[u8], plan: Plan) -> &Symbol {
        let Plan {
            version,
            error_correction,
        } = plan;
        let blueprint = Blueprint::of(version);
        let blocks = Blocks::of(version, error_correction);

        let data = &mut self.data[..blocks.data()];
        codewords::write(self.segmenter.segments(), payload, version, data);
        message::interleave(data, &blocks, &mut self.message);
        message::to_bits(&self.message, total_codewords(version), &mut self.stream);

        self.columns.clone_from(&blueprint.dark);
        zigzag::write(&self.stream, &blueprint.strips, &mut self.columns);
        self.rows.resize(version.size(), [0; 3]);
        transpose(&self.columns, &mut self.rows);

        self.candidates
            .mask(&self.rows, &self.columns, blueprint, error_correction);
        let mask = masking::choose(&self.candidates);
        self.symbol = Symbol::blank(version, error_correction, mask);
        for y in 0..version.size() {
            *self.symbol.row_mut(y) = self.candidates.row(mask, y);
        }
        &self.symbol
    }
}

impl Default for Encoder {
    fn default() -> Self {
        Self::new()
    }
}

/// The last symbol; the scratch memory says nothing.
impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder")
            .field("symbol", &self.symbol)
            .finish_non_exhaustive()
    }
}
