//! Symbols as PNG images: one bit a pixel, a palette of two colours, small and quick.
//!
//! Every image has the chunks IHDR, PLTE, IDAT and IEND and no others. The palette holds the light
//! colour at index 0 and the dark one at index 1. IDAT is a zlib stream of one dynamic DEFLATE
//! block:
//!
//! - the quiet zone above and below: a zero byte and a copy of it over and over;
//! - a module row: its bytes from the first to the last that hold modules, as literals and as copies
//!   of what was there before ([`copies`]);
//! - everything from there to the same place of the next module row: a copy of one line before, as
//!   those are the same pixels again and then the light border of the next row.
//!
//! The bytes depend on symbol and style alone: the same on every machine.

pub(crate) mod chunk;
mod copies;
pub(crate) mod layout;
pub(crate) mod patterns;
mod pixels;

use chunk::{DARK, IDAT, IEND, IHDR, LIGHT, ONE_BIT_PALETTE, PLTE, SIGNATURE};
use copies::Copies;
use layout::Layout;
use pixels::Pixels;

use crate::zlib::adler::Adler32;
use crate::zlib::deflate::{BlockCode, Histogram, MIN_COPY, Tokens};
use crate::{Style, StyleError, Symbol};

/// A zlib header (RFC 1950, 2.2): DEFLATE, a window of 32 KiB, made by the fastest algorithm.
const ZLIB_HEADER: [u8; 2] = [0x78, 0x01];

/// Writes symbols as PNG images. Keeps its memory from one image to the next.
#[derive(Debug, Default)]
pub struct PngWriter {
    pixels: Pixels,
    copies: Copies,
    code: BlockCode,
}

impl PngWriter {
    /// A writer that has not taken memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the image of `symbol` to `out`.
    ///
    /// Nothing is appended when the style can't be drawn.
    pub fn write_into(
        &mut self,
        symbol: &Symbol,
        style: &Style,
        out: &mut Vec<u8>,
    ) -> Result<(), StyleError> {
        style.check()?;
        let layout = Layout::new(symbol.size(), style);
        self.pixels.draw(symbol, &layout);
        self.copies.find(symbol, &layout);

        out.extend_from_slice(&SIGNATURE);
        chunk::append(out, IHDR, |out| {
            let width = style.width_px(symbol.size()).to_be_bytes();
            out.extend_from_slice(&width);
            out.extend_from_slice(&width);
            out.extend_from_slice(&ONE_BIT_PALETTE);
        });
        chunk::append(out, PLTE, |out| {
            let mut palette = [[0; 3]; 2];
            palette[LIGHT] = style.light.to_bytes();
            palette[DARK] = style.dark.to_bytes();
            out.extend_from_slice(palette.as_flattened());
        });
        chunk::append(out, IDAT, |out| {
            self.compress(&layout, out);
        });
        chunk::append(out, IEND, |_| ());
        Ok(())
    }

    /// Appends the zlib stream of the image.
    fn compress(&mut self, layout: &Layout, out: &mut Vec<u8>) {
        let Self {
            pixels,
            copies,
            code,
        } = self;
        let mut histogram = Histogram::new();
        tokenize(pixels, copies, layout, &mut histogram);
        code.set(&histogram);

        out.extend_from_slice(&ZLIB_HEADER);
        let mut writer = code.start(out);
        tokenize(pixels, copies, layout, &mut writer);
        writer.finish();

        let mut adler = Adler32::new();
        adler.zeros(layout.margin());
        for &sums in pixels.sums() {
            adler.lines(layout.pattern_start(), sums, layout.stride(), layout.scale);
        }
        adler.zeros(layout.margin());
        out.extend_from_slice(&adler.value().to_be_bytes());
    }
}

/// The image of `symbol` as a PNG.
pub fn to_png(symbol: &Symbol, style: &Style) -> Result<Vec<u8>, StyleError> {
    let mut out = Vec::new();
    PngWriter::new().write_into(symbol, style, &mut out)?;
    Ok(out)
}

/// The image as tokens.
fn tokenize(pixels: &Pixels, copies: &Copies, layout: &Layout, tokens: &mut impl Tokens) {
    let stride = layout.stride();
    // Light bytes of a line before its modules, filter byte included, and behind them.
    let (before, behind) = (layout.start(), stride - layout.end());
    zeros(tokens, layout.margin() + before);
    let mut copies = copies.found().iter();
    let mut copy = copies.next();
    for (index, row) in pixels.rows().enumerate() {
        let mut done = 0;
        while let Some(this) = copy.filter(|copy| usize::from(copy.row) == index) {
            tokens.literals(&row[done..usize::from(this.at)]);
            tokens.copies(this.length.into(), this.distance.into(), 1);
            done = usize::from(this.at + this.length);
            copy = copies.next();
        }
        tokens.literals(&row[done..]);
        let is_last = index + 1 == layout.size;
        let next = if is_last { 0 } else { before };
        let again = behind + (layout.scale - 1) * stride + next;
        if layout.scale > 1 {
            tokens.long_copy(again, stride);
        } else {
            zeros(tokens, again);
        }
    }
    zeros(tokens, layout.margin());
}

/// `count` bytes of zero.
fn zeros(tokens: &mut impl Tokens, count: usize) {
    if count <= MIN_COPY {
        tokens.literals(&[0; MIN_COPY][..count]);
    } else {
        tokens.literals(&[0]);
        tokens.long_copy(count - 1, 1);
    }
}
