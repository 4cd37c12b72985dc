//! What a text costs as a symbol, in signed numbers and one text.

use crate::client::QrClient;
use crate::error::QrError;
use crate::models::{RenderRequest, SymbolInfo};
use crate::render;

/// What a text costs as a QR code.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CodeDescription {
    /// The symbol that would be drawn.
    pub symbol: SymbolInfo,
    /// The bits that the text takes.
    pub used_bits: i64,
    /// The bits that a symbol of this version and level holds.
    pub capacity_bits: i64,
    /// What else fits.
    pub room: CodeRoom,
    /// All of it for people, in several lines: also the segments, and what would make the symbol
    /// smaller.
    pub summary: String,
}

/// How many characters may follow the text before the symbol grows or its level falls. The numbers
/// are alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct CodeRoom {
    /// Digits.
    pub numeric: i64,
    /// Upper-case letters.
    pub alphanumeric: i64,
    /// Other ASCII characters, such as lower-case letters.
    pub byte: i64,
}

#[uniffi::export]
impl QrClient {
    /// Says what a text costs as a QR code, without drawing it and without a network.
    pub fn describe(&self, request: &RenderRequest) -> Result<CodeDescription, QrError> {
        let description = render::describe(request)?;
        let room = description.room;
        Ok(CodeDescription {
            symbol: SymbolInfo {
                version: description.version.number().into(),
                error_correction: render::level(description.error_correction),
                mask: description.mask.number().into(),
            },
            used_bits: signed(description.used_bits),
            capacity_bits: signed(description.capacity_bits),
            room: CodeRoom {
                numeric: signed(room.numeric),
                alphanumeric: signed(room.alphanumeric),
                byte: signed(room.byte),
            },
            summary: description.to_string(),
        })
    }
}

/// No symbol holds more than 23,648 bits.
fn signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
