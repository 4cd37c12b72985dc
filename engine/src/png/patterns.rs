//! Eight modules side by side are a byte of modules, and as many bytes of pixels as a module is
//! pixels wide. So whatever the scale, a row of pixels is made of 256 patterns.

use crate::standard::Line;
use crate::zlib::adler::{Pieces, Sums};

/// The pixels of each pattern at one scale. Bit `i` of a pattern is the module `i` from the left.
#[derive(Debug)]
pub(crate) struct Patterns {
    /// Pixels a module, which is also the bytes of one pattern.
    scale: usize,
    /// The pixels of all patterns, one after the other.
    pixels: Vec<u8>,
    /// What those of each pattern add to a checksum.
    sums: [Sums; 256],
}

impl Default for Patterns {
    fn default() -> Self {
        Self {
            scale: 0,
            pixels: Vec::new(),
            sums: [Sums::default(); 256],
        }
    }
}

impl Patterns {
    /// Becomes the patterns at that scale.
    pub(crate) fn set(&mut self, scale: usize) {
        if self.scale == scale {
            return;
        }
        self.scale = scale;
        self.pixels.clear();
        self.pixels.resize(256 * scale, 0);
        for module in 0..8 {
            let first = module * scale;
            // The pattern of this module alone …
            let new = 1 << module;
            let (before, here) = self.pixels.split_at_mut(new * scale);
            let (alone, together) = here[..new * scale].split_at_mut(scale);
            for pixel in first..first + scale {
                alone[pixel / 8] |= 0x80 >> (pixel % 8);
            }
            self.sums[new] = Sums::of(alone);
            // … and together with each pattern of the modules left of it.
            for (with, without) in together
                .chunks_exact_mut(scale)
                .zip(before[scale..].chunks_exact(scale))
            {
                for ((with, alone), without) in with.iter_mut().zip(&*alone).zip(without) {
                    *with = alone | without;
                }
            }
            for without in 1..new {
                self.sums[new + without] = self.sums[new].plus(self.sums[without]);
            }
        }
    }

    /// The pixels of a pattern.
    pub(crate) fn pixels(&self, pattern: u8) -> &[u8] {
        &self.pixels[usize::from(pattern) * self.scale..][..self.scale]
    }

    /// What the pixels of a pattern add to a checksum.
    pub(crate) fn sums(&self, pattern: u8) -> Sums {
        self.sums[usize::from(pattern)]
    }

    /// The pixels of these patterns, for a checksum.
    pub(super) fn pieces(&self, patterns: &[u8]) -> Pieces {
        let mut pieces = Pieces::new(self.scale);
        for &pattern in patterns {
            pieces.push(self.sums(pattern));
        }
        pieces
    }
}

/// A row with `by` (below 8) light modules more on its left. No symbol is so wide that one is lost.
pub(super) fn shifted(row: &Line, by: usize) -> Line {
    // In two steps, as a shift by 64 is none at all.
    let carry = |word: u64| word >> 1 >> (63 - by);
    [
        row[0] << by,
        row[1] << by | carry(row[0]),
        row[2] << by | carry(row[1]),
    ]
}

/// A row without the `by` (below 8) modules on its left.
pub(crate) fn shifted_back(row: &Line, by: usize) -> Line {
    let carry = |word: u64| word << 1 << (63 - by);
    [
        row[0] >> by | carry(row[1]),
        row[1] >> by | carry(row[2]),
        row[2] >> by,
    ]
}
