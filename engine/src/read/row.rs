//! A line of pixels into a row of modules, eight by eight.

use crate::Style;
use crate::png::patterns::Patterns;
use crate::standard::Line;
use crate::zlib::adler::Pieces;

/// Pixels a module, at most.
const LARGEST_SCALE: usize = *Style::SCALES.end() as usize;

/// The modules that `pixels` show at that scale, and the pixels for a checksum; none if not
/// every pixel is that of its module. Those behind the end of a line may lack: they are light.
pub(super) fn modules(patterns: &Patterns, scale: usize, pixels: &[u8]) -> Option<(Line, Pieces)> {
    let mut row = Row {
        modules: [0; 3],
        pixels: Pieces::new(scale),
    };
    let whole = pixels.chunks_exact(scale);
    let rest = whole.remainder();
    let mut place = 0;
    for pixels in whole {
        row.put(place, pattern(patterns, scale, pixels)?, patterns);
        place += 1;
    }
    if !rest.is_empty() {
        let mut pixels = [0; LARGEST_SCALE];
        pixels[..rest.len()].copy_from_slice(rest);
        row.put(place, pattern(patterns, scale, &pixels[..scale])?, patterns);
    }
    Some((row.modules, row.pixels))
}

/// What has been read of a row.
struct Row {
    modules: Line,
    pixels: Pieces,
}

impl Row {
    /// Puts the next pattern, which is at that place.
    #[inline(always)]
    fn put(&mut self, place: usize, pattern: u8, patterns: &Patterns) {
        self.modules[place / 8] |= u64::from(pattern) << (8 * (place % 8));
        self.pixels.push(patterns.sums(pattern));
    }
}

/// The pattern that has these pixels, as many bytes as a module is pixels wide.
#[inline(always)]
fn pattern(patterns: &Patterns, scale: usize, pixels: &[u8]) -> Option<u8> {
    if let Ok(bytes) = pixels.try_into() {
        return byte_modules(u64::from_le_bytes(bytes));
    }
    let mut pattern = 0;
    for module in 0..8 {
        let first = module * scale;
        pattern |= (pixels[first / 8] >> (7 - first % 8) & 1) << module;
    }
    (patterns.pixels(pattern) == pixels).then_some(pattern)
}

/// The pattern of eight bytes, the first lowest, each of which is a module.
fn byte_modules(bytes: u64) -> Option<u8> {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    /// Moves bit `8 * i` to bit `56 + i`. What else the product has is lower or beyond 64, and no two
    /// parts of it meet.
    const GATHER: u64 = 0x0102_0408_1020_4080;

    let modules = bytes & LOWEST;
    let [.., pattern] = modules.wrapping_mul(GATHER).to_le_bytes();
    (bytes == modules * 0xff).then_some(pattern)
}
