//! What an image starts with: all before its pixels.

use super::chunk::{self, DARK, IHDR, LIGHT, ONE_BIT_PALETTE, PLTE, SIGNATURE};
use crate::{Style, StyleError};

/// The head of the last image: the next is mostly of that size and style.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The size of the symbol and the style, which can be drawn.
    of: Option<(usize, Style)>,
    bytes: Vec<u8>,
}

impl Head {
    /// The head of an image of a symbol of that size, if that style can be drawn.
    pub(super) fn of(&mut self, size: usize, style: &Style) -> Result<&[u8], StyleError> {
        if self.of != Some((size, *style)) {
            style.check()?;
            self.write(style.width_px(size), style);
            self.of = Some((size, *style));
        }
        Ok(&self.bytes)
    }

    fn write(&mut self, width: u32, style: &Style) {
        self.bytes.clear();
        self.bytes.extend_from_slice(&SIGNATURE);
        chunk::append(&mut self.bytes, IHDR, |out| {
            out.extend_from_slice(&width.to_be_bytes());
            out.extend_from_slice(&width.to_be_bytes());
            out.extend_from_slice(&ONE_BIT_PALETTE);
        });
        chunk::append(&mut self.bytes, PLTE, |out| {
            let mut palette = [[0; 3]; 2];
            palette[LIGHT] = style.light.to_bytes();
            palette[DARK] = style.dark.to_bytes();
            out.extend_from_slice(palette.as_flattened());
        });
    }
}
