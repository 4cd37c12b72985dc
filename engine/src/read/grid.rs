//! Pixels into modules.
//!
//! The upper left corner of a symbol is that of a finder pattern: seven dark modules on end, then a
//! light one (ISO/IEC 18004:2015, 6.3.3). So the first dark pixel tells the quiet zone in pixels,
//! and the dark pixels beside it seven times the scale. All other pixels must then agree: lines of
//! one module row are equal, and a line is what its modules look like, eight by eight.

#![expect(
    clippy::cast_possible_truncation,
    reason = "a line of ours has less than 2^14 pixels"
)]

use super::ReadError;
use super::png::File;
use super::row::LineReader;
use crate::png::layout::{Layout, NO_FILTER};
use crate::png::patterns::shifted_back;
use crate::standard::{Line, first};
use crate::zlib::adler::{Adler32, Pieces};
use crate::zlib::lines::Lines;
use crate::{Style, Version};

const NOT_SQUARE: ReadError = ReadError::Pixels("its modules are not squares");
const BORDER: ReadError = ReadError::Pixels("its quiet zone is not light");

/// The modules of a symbol and how they were drawn. Keeps its memory from one image to the next.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// As many as the symbol has modules a side.
    pub(super) rows: Vec<Line>,
    line_reader: LineReader,
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
        let stride = layout.stride();
        let margin = layout.quiet_zone * layout.scale;
        let below = margin + layout.size * layout.scale;
        let mut adler = Adler32::new();
        self.line_reader.set(layout.scale);
        self.rows.clear();

        adler.zeros(layout.margin());
        // The module row that is being read ends there, and its first line is this.
        let (mut row_end, mut top) = (margin, &[][..]);
        for (indices, line) in lines.runs() {
            let mut index = indices.start;
            if index < row_end.min(below) && index >= margin && line != top {
                return Err(NOT_SQUARE);
            }
            if (index < margin || indices.end > below) && !is_light(line) {
                return Err(BORDER);
            }
            index = index.max(row_end);
            while index < indices.end.min(below) {
                let (row, pixels) = self.row(line, layout)?;
                self.rows.push(row);
                adler.lines(layout.pattern_start(), &pixels, stride, layout.scale);
                (row_end, top) = (index + layout.scale, line);
                index = row_end;
            }
        }
        adler.zeros(layout.margin());
        if adler.value() != checksum {
            return Err(ReadError::Checksum("pixels"));
        }
        Ok(())
    }

    /// The modules of a line, and its pixels for the checksum.
    fn row(&self, line: &[u8], layout: &Layout) -> Result<(Line, Pieces), ReadError> {
        let (border, pixels) = line.split_at(layout.pattern_start());
        let length = pixels.len().min(layout.patterns() * layout.scale);
        let (pixels, beyond) = pixels.split_at(length);
        let (row, pieces) = self.line_reader.modules(pixels).ok_or(NOT_SQUARE)?;
        // The filter byte is zero, too.
        let outside = is_light(beyond) && is_light(border);
        let (shift, symbol) = (layout.pattern_shift(), first(layout.size));
        let modules = shifted_back(&row, shift);
        let is_inside = modules == [0, 1, 2].map(|word| modules[word] & symbol[word]);
        if !outside || !is_inside || row[0] & first(shift)[0] != 0 {
            return Err(BORDER);
        }
        Ok((modules, pieces))
    }
}

/// The only version and style that can have led to this finder pattern in an image of this width.
fn find(file: &File<'_>, lines: &Lines) -> Result<(Version, Style), ReadError> {
    const NO_FINDER: ReadError =
        ReadError::Pixels("there is no finder pattern in its upper left corner");
    let width = file.width as usize;
    let (indices, line) = lines
        .runs()
        .find(|(_, line)| !is_light(&line[1..]))
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
    bytes.iter().all(|&byte| byte == 0)
}
