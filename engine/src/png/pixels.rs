//! Modules into pixels: eight modules are a table look-up.

use super::layout::Layout;
use super::patterns::{Patterns, patterns_of};
use crate::Symbol;
use crate::zlib::adler::Sums;

/// The pixels of module rows, one line of pixels for each row. Keeps its memory from one image to the
/// next.
#[derive(Debug, Default)]
pub(super) struct Pixels {
    patterns: Patterns,
    /// The lines, one after the other, from [`Layout::pattern_start`] on.
    lines: Vec<u8>,
    /// What each line adds to the checksum.
    sums: Vec<Sums>,
    /// Where in each line the bytes of [`Layout::start`] to [`Layout::end`] lie.
    start: usize,
    end: usize,
    /// Bytes of a line.
    pitch: usize,
}

impl Pixels {
    /// Draws all rows of `symbol`.
    pub(super) fn draw(&mut self, symbol: &Symbol, layout: &Layout) {
        self.patterns.set(layout.scale);
        self.pitch = layout.patterns() * layout.scale;
        self.start = layout.start() - layout.pattern_start();
        self.end = layout.end() - layout.pattern_start();
        self.lines.clear();
        self.lines.reserve(layout.size * self.pitch);
        self.sums.clear();
        for y in 0..layout.size {
            let mut sums = Sums::zeros(0);
            for &pattern in &patterns_of(symbol, y, layout)[..layout.patterns()] {
                self.lines.extend_from_slice(self.patterns.pixels(pattern));
                sums = sums.then(self.patterns.sums(pattern));
            }
            self.sums.push(sums);
        }
    }

    /// The bytes that hold modules, row by row.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.lines
            .chunks_exact(self.pitch)
            .map(|line| &line[self.start..self.end])
    }

    /// What each line adds to the checksum, from [`Layout::pattern_start`] on.
    pub(super) fn sums(&self) -> &[Sums] {
        &self.sums
    }
}
