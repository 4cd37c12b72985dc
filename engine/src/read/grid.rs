//! Pixels into modules.
//!
//! The upper left corner of a symbol is that of a finder pattern: seven dark modules on end, then a
//! light one (ISO/IEC 18004:2015, 6.3.3). So the first dark pixel of the diagonal tells the quiet
//! zone in pixels, and the dark pixels beside it seven times the scale. All other pixels must then
//! agree: lines of one module row are equal, and within a line colours change only where modules
//! meet.

use super::ReadError;
use super::png::File;
use crate::png::layout::{Layout, NO_FILTER};
use crate::standard::Line;
use crate::zlib::adler::Adler32;
use crate::{Style, Version};

/// The modules of a symbol and how they were drawn.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) version: Version,
    pub(super) style: Style,
    /// As many as the symbol has modules a side.
    pub(super) rows: Vec<Line>,
}

/// The grid that the image shows, if it shows one and nothing else.
pub(super) fn measure(file: &File) -> Result<Grid, ReadError> {
    match find(file).and_then(|(version, style)| modules(file, version, style)) {
        Err(_) if is_filtered(file) => Err(ReadError::Foreign("its lines are filtered")),
        other => other,
    }
}

fn is_filtered(file: &File) -> bool {
    let stride = 1 + file.width.div_ceil(8) as usize;
    file.lines
        .chunks_exact(stride)
        .any(|line| line[0] != NO_FILTER)
}

/// The only version and style that can have led to this finder pattern in an image of this width.
fn find(file: &File) -> Result<(Version, Style), ReadError> {
    const NO_FINDER: ReadError =
        ReadError::Pixels("there is no finder pattern in its upper left corner");
    let width = file.width;
    let stride = 1 + width.div_ceil(8);
    let is_dark = |x: u32, y: u32| {
        let byte = y as usize * stride as usize + 1 + x as usize / 8;
        file.lines[byte] & 0x80 >> (x % 8) != 0
    };
    let margin = (0..width)
        .find(|&place| is_dark(place, place))
        .ok_or(NO_FINDER)?;
    let end = (margin..width)
        .find(|&x| !is_dark(x, margin))
        .unwrap_or(width);
    let finder = end - margin;
    let scale = finder / 7;
    if finder < 7 || [finder % 7, margin % scale, width % scale] != [0; 3] {
        return Err(NO_FINDER);
    }
    let quiet_zone = margin / scale;
    let File { dark, light, .. } = *file;
    let style = Style {
        scale,
        quiet_zone,
        dark,
        light,
        allow_low_contrast: true,
    };
    if style.check().is_err() {
        return Err(ReadError::Pixels("its scale or quiet zone is out of range"));
    }
    let size = (width / scale).checked_sub(2 * quiet_zone);
    let version = size.and_then(|size| Version::from_size(size as usize));
    Ok((
        version.ok_or(ReadError::Pixels("no version has so many modules a side"))?,
        style,
    ))
}

/// The modules of an image, every pixel of which is looked at.
fn modules(file: &File, version: Version, mut style: Style) -> Result<Grid, ReadError> {
    const NOT_SQUARE: ReadError = ReadError::Pixels("its modules are not squares");
    const BORDER: ReadError = ReadError::Pixels("its quiet zone is not light");
    let layout = Layout::new(version.size(), &style);
    let stride = layout.stride();
    let mut rows = Vec::with_capacity(layout.size);
    let mut adler = Adler32::new();

    let (above, rest) = file.lines.split_at(layout.margin());
    let (lines, below) = rest.split_at(layout.size * layout.scale * stride);
    adler.zeros(above.len());
    for lines_of_row in lines.chunks_exact(layout.scale * stride) {
        let (line, others) = lines_of_row.split_at(stride);
        // Each line equals the one before it.
        if *others != lines_of_row[..others.len()] {
            return Err(NOT_SQUARE);
        }
        // The filter byte is zero, too.
        let (left, rest) = line.split_at(layout.start());
        let (bytes, right) = rest.split_at(layout.end() - layout.start());
        if !is_light(left) || !is_light(right) {
            return Err(BORDER);
        }
        rows.push(row(bytes, &layout).ok_or(NOT_SQUARE)?);
        adler.lines(layout.start(), bytes, stride, layout.scale);
    }
    adler.zeros(below.len());
    if !is_light(above) || !is_light(below) {
        return Err(BORDER);
    }
    if adler.value() != file.checksum {
        return Err(ReadError::Checksum("pixels"));
    }
    style.allow_low_contrast = false;
    style.allow_low_contrast = style.check().is_err();
    Ok(Grid {
        version,
        style,
        rows,
    })
}

fn is_light(bytes: &[u8]) -> bool {
    // Without an early end, which would keep the compiler from taking many bytes at once.
    bytes.iter().fold(0, |any, byte| any | byte) == 0
}

/// The modules of a line, of which `bytes` are [`Layout::start`] to [`Layout::end`]; none if colours
/// change anywhere but between modules of the symbol and at its sides.
fn row(bytes: &[u8], layout: &Layout) -> Option<Line> {
    // Pixels of quiet zone in the first byte.
    let margin = layout.quiet_zone * layout.scale % 8;
    // Exact for what is divided: below 2^14 by at most 64.
    let reciprocal = (1_u64 << 32) / layout.scale as u64 + 1;

    let mut borders: Line = [0; 3];
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut before = 0;
    // A word of light pixels at the end, so that a dark module at the right border ends, too.
    for (index, word) in words.iter().chain([&last, &[0; 8]]).enumerate() {
        let word = u64::from_be_bytes(*word);
        let mut changed = word ^ (word >> 1 | before << 63);
        before = word & 1;
        while changed != 0 {
            let place = changed.leading_zeros();
            changed ^= 1 << 63 >> place;
            let pixel = (64 * index + place as usize).checked_sub(margin)?;
            let module = ((pixel as u64 * reciprocal) >> 32) as usize;
            if module * layout.scale != pixel || module > layout.size {
                return None;
            }
            borders[module / 64] ^= 1 << (module % 64);
        }
    }
    // A module is dark if colours changed an odd number of times up to it.
    let mut dark = false;
    Some(borders.map(|borders| {
        let modules = odd_up_to(borders) ^ if dark { u64::MAX } else { 0 };
        dark = modules >> 63 == 1;
        modules
    }))
}

/// Bit `i` of the answer: whether an odd number of bits 0 to `i` are set.
fn odd_up_to(mut bits: u64) -> u64 {
    for distance in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << distance;
    }
    bits
}
