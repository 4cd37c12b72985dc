//! Where a symbol lies in the lines of its image.

use crate::Style;

/// The filter byte of every line (PNG, third edition, 9.2).
pub(crate) const NO_FILTER: u8 = 0;

/// The measures of an image: a symbol, its quiet zone around it, each module `scale` pixels wide
/// and high, eight pixels a byte, the leftmost highest.
///
/// A line is a filter byte of zero (no filter), then the pixels; bits behind the last are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Modules a side of the symbol.
    pub(crate) size: usize,
    /// Modules of quiet zone on every side.
    pub(crate) quiet_zone: usize,
    /// Pixels a module.
    pub(crate) scale: usize,
}

impl Layout {
    /// The layout of a symbol of `size` modules a side in a style that can be drawn.
    pub(crate) const fn new(size: usize, style: &Style) -> Self {
        Self {
            size,
            quiet_zone: style.quiet_zone as usize,
            scale: style.scale as usize,
        }
    }

    /// Width and height of the image in pixels.
    pub(crate) const fn width(&self) -> usize {
        (self.size + 2 * self.quiet_zone) * self.scale
    }

    /// Bytes of a line, its filter byte included.
    pub(crate) const fn stride(&self) -> usize {
        1 + self.width().div_ceil(8)
    }

    /// Where in a line the first pattern of eight modules starts that is not all of the quiet zone.
    pub(crate) const fn pattern_start(&self) -> usize {
        1 + self.quiet_zone / 8 * self.scale
    }

    /// Modules of quiet zone in that pattern.
    pub(crate) const fn pattern_shift(&self) -> usize {
        self.quiet_zone % 8
    }

    /// Patterns of eight modules from that one to the last that holds a module of the symbol.
    pub(crate) const fn patterns(&self) -> usize {
        (self.pattern_shift() + self.size).div_ceil(8)
    }

    /// Bytes of the quiet zone above the symbol, which is as large as the one below.
    pub(crate) const fn margin(&self) -> usize {
        self.quiet_zone * self.scale * self.stride()
    }
}
