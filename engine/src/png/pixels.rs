//! Modules into pixels: eight modules are a table look-up.

use super::layout::Layout;
use crate::Symbol;

/// The pixels of module rows, one line of pixels for each row.
#[derive(Debug, Default)]
pub(super) struct Pixels {
    /// The bytes of eight modules side by side, for each of their 256 patterns.
    patterns: Vec<u8>,
    /// The scale that `patterns` is made for, which is also the bytes of one pattern.
    scale: usize,
    /// The lines, one after the other.
    lines: Vec<u8>,
    /// Where in each line the bytes of [`Layout::start`] to [`Layout::end`] lie.
    start: usize,
    end: usize,
    /// Bytes of a line.
    pitch: usize,
}

impl Pixels {
    /// Draws all rows of `symbol`.
    pub(super) fn draw(&mut self, symbol: &Symbol, layout: &Layout) {
        self.make_patterns(layout.scale);
        // Whole patterns of light modules left of the symbol are not drawn.
        let light = layout.quiet_zone / 8;
        let shift = layout.quiet_zone % 8;
        let patterns = (shift + layout.size).div_ceil(8);
        self.pitch = patterns * layout.scale;
        self.start = layout.start() - 1 - light * layout.scale;
        self.end = layout.end() - 1 - light * layout.scale;
        self.lines.clear();
        self.lines.reserve(layout.size * self.pitch);
        for y in 0..layout.size {
            let bytes = shifted(symbol.row(y), shift).map(u64::to_le_bytes);
            for &pattern in &bytes.as_flattened()[..patterns] {
                let at = usize::from(pattern) * layout.scale;
                self.lines
                    .extend_from_slice(&self.patterns[at..at + layout.scale]);
            }
        }
    }

    /// The bytes that hold modules, row by row.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.lines
            .chunks_exact(self.pitch)
            .map(|line| &line[self.start..self.end])
    }

    fn make_patterns(&mut self, scale: usize) {
        if self.scale == scale {
            return;
        }
        self.scale = scale;
        self.patterns.clear();
        self.patterns.resize(256 * scale, 0);
        for module in 0..8 {
            // The pattern of this module alone …
            let new = scale << module;
            for pixel in module * scale..(module + 1) * scale {
                self.patterns[new + pixel / 8] |= 0x80 >> (pixel % 8);
            }
            // … and together with each pattern of the modules left of it.
            let (before, here) = self.patterns.split_at_mut(new);
            let (alone, together) = here[..new].split_at_mut(scale);
            for (with, without) in together
                .chunks_exact_mut(scale)
                .zip(before[scale..].chunks_exact(scale))
            {
                for ((with, alone), without) in with.iter_mut().zip(&*alone).zip(without) {
                    *with = alone | without;
                }
            }
        }
    }
}

/// A row with `by` (below 8) light modules more on its left. No symbol is so wide that one is lost.
pub(super) fn shifted(row: &[u64; 3], by: usize) -> [u64; 3] {
    // In two steps, as a shift by 64 is none at all.
    let carry = |word: u64| word >> 1 >> (63 - by);
    [
        row[0] << by,
        row[1] << by | carry(row[0]),
        row[2] << by | carry(row[1]),
    ]
}
