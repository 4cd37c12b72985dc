//! Pixels into modules.
//!
//! The upper left corner of a symbol is that of a finder pattern: seven dark modules on end, then a
//! light one (ISO/IEC 18004:2015, 6.3.3). So the first dark pixel tells the quiet zone in pixels,
//! and the dark pixels beside it seven times the scale. All other pixels must then agree: lines of
//! one module row are equal, and within a line colours change only where modules meet.

#![expect(
    clippy::cast_possible_truncation,
    reason = "a line of ours has less than 2^14 pixels"
)]

use super::ReadError;
use super::png::File;
use crate::png::layout::{Layout, NO_FILTER};
use crate::standard::Line;
use crate::zlib::adler::Adler32;
use crate::zlib::lines::Lines;
use crate::{Style, Version};

/// The modules of a symbol and how they were drawn. Keeps its memory from one image to the next.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// As many as the symbol has modules a side.
    pub(super) rows: Vec<Line>,
    sampler: Sampler,
}

impl Grid {
    /// Becomes the grid that the image shows, if it shows one and nothing else, and returns its
    /// version and style. `checksum` is what the file says is the Adler-32 of its lines.
    pub(super) fn measure(
        &mut self,
        file: &File<'_>,
        lines: &Lines,
        checksum: u32,
    ) -> Result<(Version, Style), ReadError> {
        let read = find(file, lines).and_then(|(version, mut style)| {
            self.read_modules(lines, &Layout::new(version.size(), &style), checksum)?;
            style.allow_low_contrast = false;
            style.allow_low_contrast = style.check().is_err();
            Ok((version, style))
        });
        match read {
            Err(_) if lines.runs().any(|(_, line)| line[0] != NO_FILTER) => {
                Err(ReadError::Foreign("its lines are filtered"))
            }
            other => other,
        }
    }

    /// The modules of an image, every pixel of which is looked at.
    fn read_modules(
        &mut self,
        lines: &Lines,
        layout: &Layout,
        checksum: u32,
    ) -> Result<(), ReadError> {
        const NOT_SQUARE: ReadError = ReadError::Pixels("its modules are not squares");
        const BORDER: ReadError = ReadError::Pixels("its quiet zone is not light");
        let (stride, start, end) = (layout.stride(), layout.start(), layout.end());
        let margin = layout.quiet_zone * layout.scale;
        let below = margin + layout.size * layout.scale;
        let mut adler = Adler32::new();
        self.sampler.set(layout);
        self.rows.clear();

        adler.zeros(layout.margin());
        // The module row that is being read ends there, and its first line is this.
        let (mut row_end, mut first) = (margin, &[][..]);
        for (indices, line) in lines.runs() {
            let mut index = indices.start;
            if index < row_end.min(below) && index >= margin && line[..stride] != first[..stride] {
                return Err(NOT_SQUARE);
            }
            if (index < margin || indices.end > below) && !is_light(&line[..stride]) {
                return Err(BORDER);
            }
            index = index.max(row_end);
            while index < indices.end.min(below) {
                // The filter byte is zero, too.
                if !is_light(&line[..start]) || !is_light(&line[end..stride]) {
                    return Err(BORDER);
                }
                let row = self.sampler.modules(&line[start..], end - start);
                self.rows.push(row.ok_or(NOT_SQUARE)?);
                adler.lines(start, &line[start..end], stride, layout.scale);
                (row_end, first) = (index + layout.scale, line);
                index = row_end;
            }
        }
        adler.zeros(layout.margin());
        if adler.value() != checksum {
            return Err(ReadError::Checksum("pixels"));
        }
        Ok(())
    }
}

/// The only version and style that can have led to this finder pattern in an image of this width.
fn find(file: &File<'_>, lines: &Lines) -> Result<(Version, Style), ReadError> {
    const NO_FINDER: ReadError =
        ReadError::Pixels("there is no finder pattern in its upper left corner");
    let width = file.width as usize;
    let stride = 1 + width.div_ceil(8);
    let (indices, line) = lines
        .runs()
        .find(|(_, line)| !is_light(&line[1..stride]))
        .ok_or(NO_FINDER)?;
    let margin = indices.start;
    let dark_from = |x: usize| match line.get(1 + x / 8) {
        Some(byte) if x < width => (byte << (x % 8)).leading_ones() as usize,
        _ => 0,
    };
    let mut end = margin;
    while let more @ 1.. = dark_from(end) {
        end += more;
    }
    let finder = end - margin;
    let scale = finder / 7;
    if finder < 7 || [finder % 7, margin % scale, width % scale] != [0; 3] {
        return Err(NO_FINDER);
    }
    let quiet_zone = margin / scale;
    let File { dark, light, .. } = *file;
    let style = Style {
        scale: scale as u32,
        quiet_zone: quiet_zone as u32,
        dark,
        light,
        allow_low_contrast: true,
    };
    if style.check().is_err() {
        return Err(ReadError::Pixels("its scale or quiet zone is out of range"));
    }
    let size = (width / scale).checked_sub(2 * quiet_zone);
    let version = size.and_then(Version::from_size);
    Ok((
        version.ok_or(ReadError::Pixels("no version has so many modules a side"))?,
        style,
    ))
}

fn is_light(bytes: &[u8]) -> bool {
    // Without an early end, which would keep the compiler from taking many bytes at once.
    bytes.iter().fold(0, |any, byte| any | byte) == 0
}

/// Takes the modules out of the part of a line that holds them, [`Layout::start`] to
/// [`Layout::end`].
#[derive(Debug, Default)]
struct Sampler {
    /// For each eight bytes the first pixel of each module, and the first one behind the symbol.
    borders: Vec<u64>,
    /// The pixels of the last eight bytes that are behind the symbol.
    behind: u64,
    /// Where modules start that are sampled together: a byte, and a pixel of it.
    groups: Vec<(u16, u8)>,
    /// Modules of a group, but for the last one; at most 8, and no more than a module has pixels.
    group: usize,
    /// Modules a side.
    size: usize,
    /// The first pixel of each module of a group that starts with the highest bit.
    firsts: u64,
    /// Moves those pixels side by side, to the highest bits of the product.
    gather: u64,
}

impl Sampler {
    fn set(&mut self, layout: &Layout) {
        let (size, scale) = (layout.size, layout.scale);
        // Pixels of quiet zone in the first byte.
        let margin = layout.quiet_zone * scale % 8;
        let end = margin + size * scale;
        self.borders.clear();
        self.borders.resize(end / 64 + 1, 0);
        for pixel in (margin..=end).step_by(scale) {
            self.borders[pixel / 64] |= 1 << 63 >> (pixel % 64);
        }
        self.behind = u64::MAX >> (end % 64);

        // The last first pixel is among the 57 that can be had from any pixel of a byte on.
        self.group = scale.min(8).min(56 / scale + 1);
        self.size = size;
        self.groups.clear();
        let starts = (margin..end).step_by(self.group * scale);
        self.groups
            .extend(starts.map(|pixel| ((pixel / 8) as u16, (pixel % 8) as u8)));
        // Module `i` is to go from bit `63 - i * scale` to bit `63 - i`. What else the product has
        // is either lower than that or beyond 64 bits, and no two parts of it meet.
        (self.firsts, self.gather) = (0, 0);
        for module in 0..self.group {
            self.firsts |= 1 << 63 >> (module * scale);
            self.gather |= 1 << (module * (scale - 1));
        }
    }

    /// The modules of the part of a line that is `length` bytes long, whatever follows it in `bytes`;
    /// none if colours change anywhere but where modules meet.
    fn modules(&self, bytes: &[u8], length: usize) -> Option<Line> {
        let (mut wrong, mut before) = (0, 0);
        let last = self.borders.len() - 1;
        for (index, borders) in self.borders.iter().enumerate() {
            let mut word = word_at(bytes, 8 * index);
            if index == last {
                // Nothing behind the bytes, and nothing but light in the last of them.
                word &= !(u64::MAX
                    .checked_shr(8 * (length - 8 * index) as u32)
                    .unwrap_or(0));
                wrong |= word & self.behind;
            }
            wrong |= (word ^ (word >> 1 | before << 63)) & !borders;
            before = word & 1;
        }
        if wrong != 0 {
            return None;
        }
        let mut line = [0; 3];
        let mut place = 0;
        for &(byte, pixel) in &self.groups {
            let firsts = word_at(bytes, byte.into()) << pixel & self.firsts;
            let side_by_side = (firsts.wrapping_mul(self.gather) >> 56) as u8;
            let known = self.group.min(self.size - place);
            let modules = u64::from(side_by_side.reverse_bits() & (0xff >> (8 - known)));
            let (word, shift) = (place / 64, place % 64);
            line[word] |= modules << shift;
            if shift + known > 64 {
                line[word + 1] |= modules >> (64 - shift);
            }
            place += known;
        }
        Some(line)
    }
}

/// Eight bytes, the first highest; those behind the end are zero.
fn word_at(bytes: &[u8], place: usize) -> u64 {
    let rest = bytes.get(place..).unwrap_or_default();
    if let Some(word) = rest.first_chunk() {
        return u64::from_be_bytes(*word);
    }
    let mut word = [0; 8];
    word[..rest.len()].copy_from_slice(rest);
    u64::from_be_bytes(word)
}
