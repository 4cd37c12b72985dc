//! Micro QR symbols (ISO/IEC 18004:2015, 5.3.2 and clause 7 for versions M2 to M4), only for those who ask
//! for them: few phones read them.
//!
//! The segments are ours, the shortest there are; crate `qrcode` makes the symbol of them, and our outputs
//! draw it. M1 is left out, for it corrects no errors.

use std::fmt;

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode};

use crate::standard::kanji;
use crate::standard::mode::{ALPHANUMERIC_VALUE, Mode, NOT_ALPHANUMERIC};
use crate::{
    EncodeOptions, ErrorCorrection, Mask, PngWriter, Style, StyleError, Symbol, TerminalBackground,
    Version, to_svg, to_terminal,
};

/// A Micro QR symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MicroSymbol {
    version: u8,
    error_correction: ErrorCorrection,
    /// For the outputs, which want no more of it than its size and its rows.
    modules: Symbol,
}

/// Why there is no Micro QR symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MicroError {
    /// There is nothing to say.
    #[error("there is no data; give at least one character")]
    Empty,
    /// No Micro QR symbol has level H.
    #[error("no Micro QR symbol has error correction level H; Q is the highest")]
    NoSuchLevel,
    /// A character that is neither ASCII nor of Kanji mode: there is no header that would say what its
    /// bytes mean.
    #[error("Micro QR symbols hold ASCII and Kanji, and this text has {character:?}")]
    Character {
        /// The first of them.
        character: char,
    },
    /// The text does not fit M4 at that level.
    #[error(
        "the text needs {needed_bits} bits, but Micro QR version M4-{error_correction} holds \
         {available_bits}; shorten it or lower the error correction level"
    )]
    TooLong {
        /// Bits of headers and data, packed as tightly as can be.
        needed_bits: usize,
        /// Bits that M4 holds at that level.
        available_bits: usize,
        /// The level asked for.
        error_correction: ErrorCorrection,
    },
}

/// Bits for headers and data of M2, M3 and M4 at levels L, M and Q (table 7).
///
/// M3 ends with a codeword of four bits. No reader takes what crate `qrcode` 0.14 makes of M3-L, nor M3-M with data
/// in that codeword; so that version and level is left out, and those bits are.
const CAPACITY_BITS: [[Option<usize>; 3]; 3] = [
    [Some(40), Some(32), None],
    [None, Some(M3_BITS), None],
    [Some(128), Some(112), Some(80)],
];

/// 68 but for the last codeword.
const M3_BITS: usize = 64;

/// The mode of a segment, and its characters.
type Segment = (Mode, Vec<char>);

impl MicroSymbol {
    /// The quiet zone that the standard asks for around a Micro QR symbol, in modules (9.1).
    pub const QUIET_ZONE: u32 = 2;

    /// The smallest symbol that holds the text at the least level asked for, which is raised, if the
    /// options say so, as far as the symbol does not grow by it.
    ///
    /// ```
    /// use qrgen_engine::{EncodeOptions, MicroSymbol};
    ///
    /// let symbol = MicroSymbol::encode("0123456789", &EncodeOptions::default())?;
    /// assert_eq!((symbol.name(), symbol.size()), ("M3", 15));
    /// # Ok::<(), qrgen_engine::MicroError>(())
    /// ```
    pub fn encode(text: &str, options: &EncodeOptions) -> Result<Self, MicroError> {
        let least = options.error_correction;
        if least == ErrorCorrection::H {
            return Err(MicroError::NoSuchLevel);
        }
        if text.is_empty() {
            return Err(MicroError::Empty);
        }
        // Longer ones fit nowhere, and need not be searched through.
        let text: Vec<char> = text.chars().collect();
        let is_writable =
            |character: char| character.is_ascii() || kanji::value_of(character).is_some();
        if let Some(&character) = text.iter().find(|character| !is_writable(**character)) {
            return Err(MicroError::Character { character });
        }
        for (version, capacities) in (2..).zip(CAPACITY_BITS) {
            let Some((bits, segments)) = shortest(&text, version) else {
                continue;
            };
            let mut levels = ErrorCorrection::ALL.into_iter().zip(capacities);
            let fits = |&(level, capacity): &(ErrorCorrection, Option<usize>)| {
                level >= least && capacity.is_some_and(|capacity| bits <= capacity)
            };
            let fitting = if options.boost {
                levels.rfind(fits)
            } else {
                levels.find(fits).filter(|(level, _)| *level == least)
            };
            let Some((error_correction, _)) = fitting else {
                continue;
            };
            if let Some(symbol) = draw(version, error_correction, &segments) {
                return Ok(symbol);
            }
        }
        Err(MicroError::TooLong {
            needed_bits: shortest(&text, 4).map_or(0, |(bits, _)| bits),
            available_bits: CAPACITY_BITS[2][least as usize].unwrap_or(0),
            error_correction: least,
        })
    }

    /// `M2`, `M3` or `M4`.
    pub fn name(&self) -> &'static str {
        match self.version {
            2 => "M2",
            3 => "M3",
            _ => "M4",
        }
    }

    /// The error correction level that the symbol has.
    pub fn error_correction(&self) -> ErrorCorrection {
        self.error_correction
    }

    /// Modules per side: 13, 15 or 17.
    pub fn size(&self) -> usize {
        self.modules.size()
    }

    /// Whether the module in column `x` of row `y` is dark. Light everywhere outside the symbol.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        self.modules.is_dark(x, y)
    }

    /// The image as a PNG: see [`to_png`](crate::to_png).
    pub fn to_png(&self, style: &Style) -> Result<Vec<u8>, StyleError> {
        let mut out = Vec::new();
        PngWriter::new().write_into(&self.modules, style, &mut out)?;
        Ok(out)
    }

    /// The image as an SVG document: see [`to_svg`].
    pub fn to_svg(&self, style: &Style, title: &str) -> Result<String, StyleError> {
        to_svg(&self.modules, style, title)
    }

    /// The image for a terminal: see [`to_terminal`].
    pub fn to_terminal(&self, quiet_zone: u32, background: TerminalBackground) -> String {
        to_terminal(&self.modules, quiet_zone, background)
    }
}

/// The version and the level: `M3-L`.
impl fmt::Display for MicroSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.name(), self.error_correction)
    }
}

/// Whether a mode has a character.
fn has(mode: Mode, character: char) -> bool {
    let alphanumeric = |byte: u8| ALPHANUMERIC_VALUE[usize::from(byte)] != NOT_ALPHANUMERIC;
    match mode {
        Mode::Numeric => character.is_ascii_digit(),
        Mode::Alphanumeric => u8::try_from(character).is_ok_and(alphanumeric),
        Mode::Byte => character.is_ascii(),
        Mode::Kanji => kanji::value_of(character).is_some(),
        Mode::Eci => false,
    }
}

/// Bits of the header of a segment in M2 to M4 (tables 2 and 3), if the version has the mode.
fn header_bits(mode: Mode, version: u8) -> Option<usize> {
    let (indicator, version) = (usize::from(version) - 1, usize::from(version));
    let count = match mode {
        Mode::Numeric => version + 2,
        Mode::Alphanumeric => version + 1,
        Mode::Byte if version > 2 => version + 1,
        Mode::Kanji if version > 2 => version,
        _ => return None,
    };
    Some(indicator + count)
}

/// The shortest segmentation for M2, M3 or M4 and its bits, if the version has the modes for it. There are
/// few characters, so every last segment of every part of the text is tried.
fn shortest(text: &[char], version: u8) -> Option<(usize, Vec<Segment>)> {
    const MODES: [Mode; 4] = [Mode::Numeric, Mode::Alphanumeric, Mode::Byte, Mode::Kanji];
    // The bits of the best way to each place, and the last segment on it.
    let mut best: Vec<Option<(usize, usize, Mode)>> = vec![Some((0, 0, Mode::Byte))];
    for end in 1..=text.len() {
        let mut found: Option<(usize, usize, Mode)> = None;
        for mode in MODES {
            let Some(header) = header_bits(mode, version) else {
                continue;
            };
            // No count indicator counts further.
            for start in (end.saturating_sub(LONGEST)..end).rev() {
                if !has(mode, text[start]) {
                    break;
                }
                let Some((before, ..)) = best[start] else {
                    continue;
                };
                let bits = before + header + mode.data_bits(end - start);
                if found.is_none_or(|(least, ..)| bits < least) {
                    found = Some((bits, start, mode));
                }
            }
        }
        best.push(found);
    }
    let (bits, ..) = best[text.len()]?;
    let (mut segments, mut end) = (Vec::new(), text.len());
    while let Some((_, start, mode)) = best[end].filter(|_| end > 0) {
        segments.push((mode, text[start..end].to_vec()));
        end = start;
    }
    segments.reverse();
    Some((bits, segments))
}

/// The most characters that any symbol holds: the digits of M4-L.
const LONGEST: usize = 35;

/// The symbol by crate `qrcode`; none where it fails.
fn draw(version: u8, level: ErrorCorrection, segments: &[Segment]) -> Option<MicroSymbol> {
    let ec_level = match level {
        ErrorCorrection::L => EcLevel::L,
        ErrorCorrection::M => EcLevel::M,
        ErrorCorrection::Q => EcLevel::Q,
        ErrorCorrection::H => return None,
    };
    let mut bits = Bits::new(qrcode::Version::Micro(version.into()));
    for (mode, characters) in segments {
        let bytes: String = characters.iter().collect();
        let pushed = match mode {
            Mode::Numeric => bits.push_numeric_data(bytes.as_bytes()),
            Mode::Alphanumeric => bits.push_alphanumeric_data(bytes.as_bytes()),
            Mode::Byte => bits.push_byte_data(bytes.as_bytes()),
            Mode::Kanji => bits.push_kanji_data(&shift_jis(characters)),
            Mode::Eci => return None,
        };
        pushed.ok()?;
    }
    // Where the terminator, of seven bits, ends inside the last codeword of M3, the crate's padding knows
    // no end. Those texts take M4.
    if version == 3 && (M3_BITS + 1..M3_BITS + 4).contains(&(bits.len() + 7)) {
        return None;
    }
    bits.push_terminator(ec_level).ok()?;
    let code = QrCode::with_bits(bits, ec_level).ok()?;
    let size = code.width();
    let mut modules = Symbol::blank(Version::MIN, level, Mask::MIN);
    let colors = code.to_colors();
    modules.redraw_smaller(size, |y| {
        let row = colors[y * size..][..size].iter().enumerate();
        let dark = row.filter(|(_, color)| **color == Color::Dark);
        [dark.fold(0, |bits, (x, _)| bits | 1 << x), 0, 0]
    });
    Some(MicroSymbol {
        version,
        error_correction: level,
        modules,
    })
}

/// The bytes of Kanji in Shift JIS: undoes 7.4.6.
fn shift_jis(characters: &[char]) -> Vec<u8> {
    let values = characters.iter().filter_map(|one| kanji::value_of(*one));
    let words = values.map(|value| {
        let word = ((value / 0xC0) << 8) + value % 0xC0;
        // 0x8140 to 0x9FFC come first, then 0xE040 and what follows.
        word + if word < 0x1F00 { 0x8140 } else { 0xC140 }
    });
    words.flat_map(u16::to_be_bytes).collect()
}
