//! Where a symbol lies in the lines of its image.

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
    /// Width and height of the image in pixels.
    pub(crate) const fn width(&self) -> usize {
        (self.size + 2 * self.quiet_zone) * self.scale
    }

    /// Bytes of a line, its filter byte included.
    pub(crate) const fn stride(&self) -> usize {
        1 + self.width().div_ceil(8)
    }

    /// Where in a line the bytes start that hold modules; before are filter byte and light pixels.
    pub(crate) const fn start(&self) -> usize {
        1 + self.quiet_zone * self.scale / 8
    }

    /// Where in a line the bytes end that hold modules; behind are light pixels.
    pub(crate) const fn end(&self) -> usize {
        1 + ((self.quiet_zone + self.size) * self.scale).div_ceil(8)
    }

    /// Bytes of the quiet zone above the symbol, which is as large as the one below.
    pub(crate) const fn margin(&self) -> usize {
        self.quiet_zone * self.scale * self.stride()
    }
}
