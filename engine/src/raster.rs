//! Symbols as uncompressed pixels of any size: whole modules, centred, nothing blurred.

use std::ops::{Range, RangeInclusive};

use thiserror::Error;

use crate::runs::dark_runs;
use crate::{Style, Symbol};

/// The most pixels that a raster may be wide: 64 MiB of grey, 256 MiB of colour.
pub const MAX_RASTER_PX: u32 = 8_192;

/// Why a raster can't be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RasterError {
    /// There is not one pixel for each module.
    #[error("{value} pixels are too few for symbol and quiet zone: they need {needed} or more")]
    TooSmall {
        /// The width that was asked for, in pixels.
        value: u32,
        /// The modules of symbol and quiet zone, so the smallest width.
        needed: u32,
    },
    /// The raster would take too much memory.
    #[error("{value} pixels are too many: choose up to {maximum}")]
    TooLarge {
        /// The width that was asked for, in pixels.
        value: u32,
        /// The largest width.
        maximum: u32,
    },
    /// `quiet_zone` is out of [`Style::QUIET_ZONES`].
    #[error("quiet zone is {value} modules: choose {} to {}", range.start(), range.end())]
    QuietZoneOutOfRange {
        /// The quiet zone that was asked for, in modules.
        value: u32,
        /// The quiet zones that can be drawn.
        range: RangeInclusive<u32>,
    },
}

/// `symbol` in grey: `size_px` rows of `size_px` bytes, 0 dark and 255 light.
///
/// Modules are as many whole pixels wide as fit with the quiet zone (in modules) around; what is
/// left over makes the light border wider, by one pixel more at right and bottom if it is odd.
pub fn to_luma(symbol: &Symbol, size_px: u32, quiet_zone: u32) -> Result<Vec<u8>, RasterError> {
    let mut pixels = Vec::new();
    write_luma(symbol, size_px, quiet_zone, &mut pixels)?;
    Ok(pixels)
}

/// Appends what [`to_luma`] gives. Nothing is appended when it can't be drawn.
pub fn write_luma(
    symbol: &Symbol,
    size_px: u32,
    quiet_zone: u32,
    out: &mut Vec<u8>,
) -> Result<(), RasterError> {
    draw(symbol, size_px, quiet_zone, [0x00, 0xff], out)
}

/// `symbol` in colour: as [`to_luma`], each pixel one of the two values, usually `0xAARRGGBB`.
///
/// The values are drawn as they are; [`Style::check`] knows which colours readers can cope with.
pub fn to_argb(
    symbol: &Symbol,
    size_px: u32,
    quiet_zone: u32,
    dark: u32,
    light: u32,
) -> Result<Vec<u32>, RasterError> {
    let mut pixels = Vec::new();
    write_argb(symbol, size_px, quiet_zone, [dark, light], &mut pixels)?;
    Ok(pixels)
}

/// Appends what [`to_argb`] gives for the values of dark and light. Nothing is appended when it can't be
/// drawn.
pub fn write_argb(
    symbol: &Symbol,
    size_px: u32,
    quiet_zone: u32,
    colors: [u32; 2],
    out: &mut Vec<u32>,
) -> Result<(), RasterError> {
    draw(symbol, size_px, quiet_zone, colors, out)
}

fn draw<Pixel: Copy>(
    symbol: &Symbol,
    size_px: u32,
    quiet_zone: u32,
    [dark, light]: [Pixel; 2],
    out: &mut Vec<Pixel>,
) -> Result<(), RasterError> {
    let (scale, margin) = place(symbol, size_px, quiet_zone)?;
    let width = size_px as usize;
    let pixels_of =
        |modules: Range<usize>| margin + modules.start * scale..margin + modules.end * scale;
    let before = out.len();
    out.resize(before + width * width, light);
    let pixels = &mut out[before..];
    for y in 0..symbol.size() {
        let lines = pixels_of(y..y + 1);
        let first = lines.start * width;
        for run in dark_runs(symbol, y) {
            pixels[first..first + width][pixels_of(run)].fill(dark);
        }
        for line in lines.skip(1) {
            pixels.copy_within(first..first + width, line * width);
        }
    }
    Ok(())
}

/// Pixels a module, and pixels left of and above the symbol.
fn place(symbol: &Symbol, size_px: u32, quiet_zone: u32) -> Result<(usize, usize), RasterError> {
    if !Style::QUIET_ZONES.contains(&quiet_zone) {
        let (value, range) = (quiet_zone, Style::QUIET_ZONES);
        return Err(RasterError::QuietZoneOutOfRange { value, range });
    }
    if size_px > MAX_RASTER_PX {
        return Err(RasterError::TooLarge {
            value: size_px,
            maximum: MAX_RASTER_PX,
        });
    }
    let one_pixel_a_module = Style {
        scale: 1,
        quiet_zone,
        ..Style::default()
    };
    let needed = one_pixel_a_module.width_px(symbol.size());
    if size_px < needed {
        return Err(RasterError::TooSmall {
            value: size_px,
            needed,
        });
    }
    let scale = (size_px / needed) as usize;
    Ok((scale, (size_px as usize - symbol.size() * scale) / 2))
}
