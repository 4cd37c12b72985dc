//! The container of a PNG image: its signature and its chunks (PNG, third edition, clause 5).

use super::crc::crc32;

/// The bytes that every PNG starts with.
pub(crate) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Image header.
pub(crate) const IHDR: [u8; 4] = *b"IHDR";
/// Palette.
pub(crate) const PLTE: [u8; 4] = *b"PLTE";
/// Image data.
pub(crate) const IDAT: [u8; 4] = *b"IDAT";
/// Image end.
pub(crate) const IEND: [u8; 4] = *b"IEND";
/// The last chunk, which has no data: it is the same in every PNG.
pub(super) const END: [u8; 12] = *b"\0\0\0\0IEND\xae\x42\x60\x82";

/// What follows width and height in the header of all our images: one bit a pixel, an index into
/// the palette, the only methods of compression and filtering that there are, not interlaced.
pub(crate) const ONE_BIT_PALETTE: [u8; 5] = [1, 3, 0, 0, 0];

/// Palette index of light pixels. Zero, so that the quiet zone and the filter bytes are one run
/// of zero bytes.
pub(crate) const LIGHT: usize = 0;
/// Palette index of dark pixels.
pub(crate) const DARK: usize = 1;

/// Appends a chunk whose data `write` appends.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no image of ours comes near 2^31 bytes"
)]
pub(super) fn append(out: &mut Vec<u8>, kind: [u8; 4], write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&kind);
    write(out);
    let length = (out.len() - start - 8) as u32;
    out[start..start + 4].copy_from_slice(&length.to_be_bytes());
    let checksum = crc32(&out[start + 4..]);
    out.extend_from_slice(&checksum.to_be_bytes());
}
