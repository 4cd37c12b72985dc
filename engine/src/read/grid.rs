//! Pixels into modules.
//!
//! The upper left corner of a symbol is that of a finder pattern: seven dark modules on end, then a
//! light one (ISO/IEC 18004:2015, 6.3.3). So the first dark pixel of the diagonal tells the quiet
//! zone in pixels, and the dark pixels beside it seven times the scale. All other pixels must then
//! agree: lines of one module row are equal, and within a line colours change only where modules
//! meet.

use super::ReadError;
use super::png::File;
use crate::png::layout::Layout;
use crate::standard::Line;
use crate::zlib::adler::Adler32;
use crate::{Style, Version};

/// The modules of a symbol and where in the image they were.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) version: Version,
    pub(super) layout: Layout,
    /// As many as the symbol has modules a side.
    pub(super) rows: Vec<Line>,
}

/// The grid that the image shows, if it shows one and nothing else.
pub(super) fn measure(file: &File) -> Result<Grid, ReadError> {
    let (version, layout) = find(file)?;
    let rows = modules(file, &layout)?;
    Ok(Grid {
        version,
        layout,
        rows,
    })
}

/// The only layout that can have led to the finder pattern.
fn find(file: &File) -> Result<(Version, Layout), ReadError> {
    const NONE: ReadError =
        ReadError::Pixels("there is no finder pattern in its upper left corner");
    let width = file.width;
    let stride = 1 + width.div_ceil(8);
    let is_dark = |x: usize, y: usize| file.lines[y * stride + 1 + x / 8] & 0x80 >> (x % 8) != 0;

    let margin = (0..width)
        .find(|&place| is_dark(place, place))
        .ok_or(NONE)?;
    let finder = (margin..width).take_while(|&x| is_dark(x, margin)).count();
    let scale = finder / 7;
    if finder % 7 != 0 || margin % scale != 0 || width % scale != 0 {
        return Err(NONE);
    }
    let quiet_zone = margin / scale;
    let style = Style {
        scale: scale as u32,
        quiet_zone: quiet_zone as u32,
        ..Style::default()
    };
    style
        .check()
        .map_err(|_| ReadError::Pixels("its scale or quiet zone is out of range"))?;
    let version = (width / scale)
        .checked_sub(2 * quiet_zone)
        .and_then(Version::from_size);
    let version = version.ok_or(ReadError::Pixels("no version has so many modules a side"))?;
    Ok((
        version,
        Layout {
            size: version.size(),
            quiet_zone,
            scale,
        },
    ))
}

/// The modules of an image, every pixel of which is looked at.
fn modules(file: &File, layout: &Layout) -> Result<Vec<Line>, ReadError> {
    const BORDER: ReadError = ReadError::Pixels("its quiet zone is not light");
    const FILTER: ReadError = ReadError::Foreign("its lines are filtered");
    let stride = layout.stride();
    let mut rows = Vec::with_capacity(layout.size);
    let mut adler = Adler32::new();

    let (above, rest) = file.lines.split_at(layout.margin());
    let (lines, below) = rest.split_at(layout.size * layout.scale * stride);
    adler.zeros(above.len());
    for lines_of_row in lines.chunks_exact(layout.scale * stride) {
        let (line, again) = (&lines_of_row[..stride], &lines_of_row[stride..]);
        // Each line equals the one before it.
        if *again != lines_of_row[..again.len()] {
            return Err(ReadError::Pixels("its modules are not squares"));
        }
        if line[0] != 0 {
            return Err(FILTER);
        }
        let (left, bytes, right) = (
            &line[..layout.start()],
            &line[layout.start()..layout.end()],
            &line[layout.end()..],
        );
        if !is_light(left) || !is_light(right) {
            return Err(BORDER);
        }
        rows.push(row(bytes, layout).ok_or(ReadError::Pixels("its modules are not squares"))?);
        adler.lines(layout.start(), bytes, stride, layout.scale);
    }
    adler.zeros(below.len());
    if !is_light(above) || !is_light(below) {
        return Err(BORDER);
    }
    if adler.value() != file.checksum {
        return Err(ReadError::Checksum("pixels"));
    }
    Ok(rows)
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

    let mut changes: Line = [0; 3];
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
            let module = (pixel as u64 * reciprocal >> 32) as usize;
            if module * layout.scale != pixel || module > layout.size {
                return None;
            }
            changes[module / 64] ^= 1 << (module % 64);
        }
    }
    // A module is dark if colours changed an odd number of times up to it.
    let mut dark = false;
    Some(changes.map(|changed| {
        let modules = odd_up_to(changed) ^ if dark { u64::MAX } else { 0 };
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
