//! The four error correction levels (ISO/IEC 18004:2015, 7.5.1).

use std::fmt;
use std::str::FromStr;

/// How much of a damaged symbol can be recovered. Ordered: `L < M < Q < H`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCorrection {
    /// Low: about 7 % of the codewords.
    L,
    /// Medium: about 15 %.
    M,
    /// Quartile: about 25 %.
    Q,
    /// High: about 30 %.
    H,
}

impl ErrorCorrection {
    /// All levels, lowest first.
    pub const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];
}

/// The letter.
impl fmt::Display for ErrorCorrection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::L => "L",
            Self::M => "M",
            Self::Q => "Q",
            Self::H => "H",
        })
    }
}

/// The text is not one of `L`, `M`, `Q`, `H`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an error correction level; use L, M, Q or H")]
pub struct ParseErrorCorrectionError;

/// From the upper-case letter.
impl FromStr for ErrorCorrection {
    type Err = ParseErrorCorrectionError;

    fn from_str(letter: &str) -> Result<Self, Self::Err> {
        match letter {
            "L" => Ok(Self::L),
            "M" => Ok(Self::M),
            "Q" => Ok(Self::Q),
            "H" => Ok(Self::H),
            _ => Err(ParseErrorCorrectionError),
        }
    }
}
