//! A file into its compressed pixels and its palette.

use super::ReadError;
use crate::png::chunk::{DARK, IDAT, IEND, IHDR, LIGHT, ONE_BIT_PALETTE, PLTE, SIGNATURE};
use crate::png::crc::crc32;
use crate::{Color, Style, Version};

/// A file whose chunks are sound.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// Width and height in pixels.
    pub(super) width: u32,
    pub(super) light: Color,
    pub(super) dark: Color,
    /// Filter byte and pixels of each line, as a zlib stream.
    pub(super) data: &'a [u8],
}

/// Takes a file apart: exactly the chunks that we write, in order, and nothing behind them.
pub(super) fn open(file: &[u8]) -> Result<File<'_>, ReadError> {
    let rest = file
        .strip_prefix(&SIGNATURE)
        .ok_or(ReadError::Foreign("it is not a PNG"))?;
    let (header, rest) = chunk(rest, IHDR, "header")?;
    let (palette, rest) = chunk(rest, PLTE, "palette")?;
    let (data, rest) = chunk(rest, IDAT, "image data")?;
    let (end, rest) = chunk(rest, IEND, "end")?;
    if !end.is_empty() || !rest.is_empty() {
        return Err(ReadError::Foreign("there is more behind its pixels"));
    }

    let width = width(header)?;
    let ([index_0, index_1], []) = palette.as_chunks() else {
        return Err(ReadError::Foreign("its palette has not two colours"));
    };
    let colors = [index_0, index_1].map(|&[red, green, blue]| Color::new(red, green, blue));
    Ok(File {
        width,
        light: colors[LIGHT],
        dark: colors[DARK],
        data,
    })
}

/// The data of the first chunk, which must be of that kind, and what is behind it.
fn chunk<'a>(
    file: &'a [u8],
    kind: [u8; 4],
    name: &'static str,
) -> Result<(&'a [u8], &'a [u8]), ReadError> {
    const SHORT: ReadError = ReadError::Foreign("it ends early");
    let (&length, rest) = file.split_first_chunk().ok_or(SHORT)?;
    let length = u32::from_be_bytes(length) as usize;
    if !rest.starts_with(&kind) {
        return Err(ReadError::Foreign(
            "its chunks are not IHDR, PLTE, IDAT and IEND",
        ));
    }
    let (summed, rest) = rest
        .split_at_checked(kind.len().saturating_add(length))
        .ok_or(SHORT)?;
    let (&checksum, rest) = rest.split_first_chunk().ok_or(SHORT)?;
    if crc32(summed) != u32::from_be_bytes(checksum) {
        return Err(ReadError::Checksum(name));
    }
    Ok((&summed[kind.len()..], rest))
}

/// The width that a header states for a square image of one bit a pixel.
fn width(header: &[u8]) -> Result<u32, ReadError> {
    let &[w0, w1, w2, w3, h0, h1, h2, h3, ref methods @ ..] = header else {
        return Err(ReadError::Foreign("its header is too short"));
    };
    let (width, height) = (
        u32::from_be_bytes([w0, w1, w2, w3]),
        u32::from_be_bytes([h0, h1, h2, h3]),
    );
    if *methods != ONE_BIT_PALETTE {
        return Err(ReadError::Foreign(
            "its pixels are not one bit each, of a palette",
        ));
    }
    let (scale, quiet_zone) = (*Style::SCALES.end(), *Style::QUIET_ZONES.end());
    let largest = Style {
        scale,
        quiet_zone,
        ..Style::default()
    };
    if width != height || width > largest.width_px(Version::MAX.size()) {
        return Err(ReadError::Foreign("it is not square, or too large"));
    }
    Ok(width)
}
