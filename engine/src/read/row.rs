//! A line of pixels into a row of modules, eight by eight.

use crate::Style;
use crate::png::patterns::Patterns;
use crate::standard::Line;
use crate::zlib::adler::Pieces;

/// Pixels a module, at most.
const LARGEST_SCALE: usize = *Style::SCALES.end() as usize;

/// Reads the lines of images of one scale.
#[derive(Debug)]
pub(super) struct LineReader {
    scale: usize,
    patterns: Patterns,
    /// The pattern that pixels with that hash mostly have.
    guesses: [u8; 1 << HASH_BITS],
}

/// So many that few patterns meet.
const HASH_BITS: u32 = 12;

impl Default for LineReader {
    fn default() -> Self {
        Self {
            scale: 0,
            patterns: Patterns::default(),
            guesses: [0; _],
        }
    }
}

impl LineReader {
    /// Gets ready for that scale.
    pub(super) fn set(&mut self, scale: usize) {
        if self.scale == scale {
            return;
        }
        self.scale = scale;
        self.patterns.set(scale);
        for pattern in 0..=u8::MAX {
            if let Some(ends) = Ends::of(self.patterns.pixels(pattern)) {
                self.guesses[ends.hash()] = pattern;
            }
        }
    }

    /// The modules that `pixels` show, and the pixels for a checksum; none if not every pixel is that
    /// of its module. Those behind the end of a line may lack: they are light.
    pub(super) fn modules(&self, pixels: &[u8]) -> Option<(Line, Pieces)> {
        let mut row = Row {
            modules: [0; 3],
            pixels: Pieces::new(self.scale),
        };
        let whole = pixels.chunks_exact(self.scale);
        let rest = whole.remainder();
        let mut place = 0;
        for pixels in whole {
            row.put(place, self.pattern(pixels)?, &self.patterns);
            place += 1;
        }
        if !rest.is_empty() {
            let mut pixels = [0; LARGEST_SCALE];
            pixels[..rest.len()].copy_from_slice(rest);
            let pattern = self.pattern(&pixels[..self.scale])?;
            row.put(place, pattern, &self.patterns);
        }
        Some((row.modules, row.pixels))
    }

    /// The pattern that has these pixels, as many bytes as a module is pixels wide.
    #[inline(always)]
    fn pattern(&self, pixels: &[u8]) -> Option<u8> {
        if let Ok(bytes) = pixels.try_into() {
            return byte_modules(u64::from_le_bytes(bytes));
        }
        if let Some(ends) = Ends::of(pixels) {
            let guess = self.guesses[ends.hash()];
            if Ends::of(self.patterns.pixels(guess)) == Some(ends) {
                return Some(guess);
            }
        }
        let mut pattern = 0;
        for module in 0..8 {
            let first = module * self.scale;
            pattern |= (pixels[first / 8] >> (7 - first % 8) & 1) << module;
        }
        (self.patterns.pixels(pattern) == pixels).then_some(pattern)
    }
}

/// The first and the last eight of up to sixteen bytes, which are all of them.
#[derive(PartialEq)]
struct Ends(u64, u64);

impl Ends {
    #[inline(always)]
    fn of(pixels: &[u8]) -> Option<Self> {
        let (first, last) = (pixels.first_chunk()?, pixels.last_chunk()?);
        (pixels.len() <= 16).then(|| Self(u64::from_le_bytes(*first), u64::from_le_bytes(*last)))
    }

    /// A hash by multiplication (Knuth, "The Art of Computer Programming", volume 3, 6.4), below
    /// 2^[`HASH_BITS`].
    fn hash(&self) -> usize {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

        let first = self.0.wrapping_mul(FACTOR);
        let both = first.wrapping_add(self.1).wrapping_mul(FACTOR);
        (both >> (u64::BITS - HASH_BITS)) as usize
    }
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
