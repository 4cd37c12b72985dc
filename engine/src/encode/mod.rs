//! Text to symbol (ISO/IEC 18004:2015, 7.1): one file a step.
//!
//! | step | clause | file |
//! |---|---|---|
//! | data analysis | 7.2, 7.4.7 | `transcript`, `stretches`, `segmentation`, `plan` |
//! | data encoding | 7.4 | `codewords`, `bit_writer` |
//! | error correction and the final message | 7.5, 7.6 | `message` |
//! | placement | 7.7 | [`zigzag`] |
//! | masking, format information | 7.8, 7.9 | `candidates`, `penalty`, `candidate`, `finder`, `masking` |

mod bit_writer;
mod candidate;
mod candidates;
mod codewords;
mod finder;
mod masking;
mod message;
mod penalty;
mod plan;
mod segmentation;
mod stretches;
mod transcript;

use std::fmt;

use masking::Masking;
use message::Message;
use plan::{Plan, plan_bytes, plan_text};
use segmentation::{Segment, Segmenter};

use crate::simd::{Path, Simd, Work};
use crate::standard::Line;
use crate::standard::blueprint::Blueprint;
use crate::standard::capacity::{Blocks, MAX_CODEWORDS, total_codewords};
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::mask::Mask;
use crate::standard::mode::Mode;
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
    /// There is nothing to say. A symbol without data can be drawn, but scanners don't report it.
    #[error("there is no data; give at least one character")]
    Empty,
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
    path: Path,
    segmenter: Segmenter,
    /// Of a text that may be written with Kanji mode: see [`transcript`].
    transcript: Vec<u8>,
    canvas: Canvas,
    symbol: Symbol,
}

/// Scratch memory of the steps after the segments.
struct Canvas {
    data: Box<[u8; MAX_CODEWORDS]>,
    message: Box<Message>,
    stream: Box<BitStream>,
    columns: Vec<Line>,
    rows: Vec<Line>,
    masking: Box<Masking>,
}

impl Encoder {
    /// An encoder with its scratch memory, on the fastest instructions that the processor has.
    pub fn new() -> Self {
        Self::on(Path::fastest())
    }

    /// One encoder for each set of instructions that the processor has, the fastest first: the last
    /// one uses none that another processor might lack. All make the same symbols; they are there to
    /// be compared.
    pub fn on_each_path() -> impl Iterator<Item = Self> {
        Path::all().map(Self::on)
    }

    fn on(path: Path) -> Self {
        Self {
            path,
            segmenter: Segmenter::new(),
            transcript: Vec::new(),
            canvas: Canvas {
                data: Box::new([0; _]),
                message: Box::new([0; _]),
                stream: Box::new([0; _]),
                columns: Vec::new(),
                rows: Vec::new(),
                masking: Box::new(Masking::new()),
            },
            symbol: Symbol::blank(Version::MIN, ErrorCorrection::L, Mask::MIN),
        }
    }

    /// Makes a symbol of a text: the smallest that holds it, by the shortest segmentation into
    /// numeric, alphanumeric, byte and Kanji mode. A text that is not all ASCII, or ASCII and
    /// characters of Kanji mode that every reader takes for the same, is UTF-8 with the ECI header
    /// that says so.
    pub fn encode(&mut self, text: &str, options: &EncodeOptions) -> Result<&Symbol, EncodeError> {
        let plan = plan_text(&mut self.segmenter, text, &mut self.transcript, *options)?;
        let has_kanji = self.segments().iter().any(|one| one.mode == Mode::Kanji);
        Ok(self.draw((!has_kanji).then_some(text.as_bytes()), plan))
    }

    /// Makes a symbol of bytes that are no text: one segment in byte mode, without ECI header.
    pub fn encode_bytes(
        &mut self,
        payload: &[u8],
        options: &EncodeOptions,
    ) -> Result<&Symbol, EncodeError> {
        let plan = plan_bytes(&mut self.segmenter, payload, *options)?;
        Ok(self.draw(Some(payload), plan))
    }

    /// The version of the symbol that [`encode`](Self::encode) would make.
    pub(crate) fn version_of(&mut self, text: &str, options: EncodeOptions) -> Option<Version> {
        plan_text(&mut self.segmenter, text, &mut self.transcript, options)
            .ok()
            .map(|plan| plan.version)
    }

    /// The segments that were planned last.
    pub(crate) fn segments(&self) -> &[Segment] {
        self.segmenter.segments()
    }

    /// The steps from the segments on, which are those of the payload, or of the transcript.
    fn draw(&mut self, payload: Option<&[u8]>, plan: Plan) -> &Symbol {
        self.path.run(Draw {
            plan,
            segments: self.segmenter.segments(),
            payload: payload.unwrap_or(&self.transcript),
            canvas: &mut self.canvas,
            symbol: &mut self.symbol,
        });
        &self.symbol
    }
}

/// Codewords to modules.
struct Draw<'a> {
    plan: Plan,
    segments: &'a [Segment],
    payload: &'a [u8],
    canvas: &'a mut Canvas,
    symbol: &'a mut Symbol,
}

impl Work for Draw<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Plan {
            version,
            error_correction,
        } = self.plan;
        let blueprint = Blueprint::of(version);
        let blocks = Blocks::of(version, error_correction);
        let canvas = self.canvas;

        let data = &mut canvas.data[..blocks.data()];
        codewords::write(self.segments, self.payload, version, data);
        message::interleave(simd, data, &blocks, &mut canvas.message);
        message::to_bits(
            &mut canvas.message,
            total_codewords(version),
            &mut canvas.stream,
        );

        let columns = &mut canvas.columns;
        columns.clone_from(&blueprint.dark);
        zigzag::write(simd, &canvas.stream, &blueprint.strips, columns);
        let rows = &mut canvas.rows;
        rows.resize(version.size(), [0; 3]);
        transpose(columns, rows);

        let masking = &mut canvas.masking;
        let (mask, rows) = masking.choose(simd, [rows, columns], &blueprint.free, error_correction);
        let row = |y: usize| rows.line(y);
        self.symbol.redraw(version, error_correction, mask, row);
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
