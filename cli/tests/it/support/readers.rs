//! Decoders that this project did not write, from the PNG file on.

use std::io::Cursor;

use encoding_rs::SHIFT_JIS;

/// An 8-bit grey image.
struct Grey {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// The text that both `rxing` and `rqrr` read out of a PNG, each from its pixels; it must be the
/// same. `rqrr` gives bytes, those of Kanji mode as they are in Shift JIS.
#[track_caller]
pub(crate) fn read_by_others(png: &[u8]) -> String {
    let by_rxing = read_by_rxing(png);
    let by_rqrr = by_rqrr(&decode(png));
    let is_same = by_rqrr == by_rxing.as_bytes() || by_rqrr == *SHIFT_JIS.encode(&by_rxing).0;
    assert!(is_same, "rxing and rqrr differ: {by_rxing}, {by_rqrr:x?}");
    by_rxing
}

/// The text that `rxing` reads out of a PNG. Much faster than `rqrr` in a build without
/// optimisation, since that one's generic code is compiled with this crate.
#[track_caller]
pub(crate) fn read_by_rxing(png: &[u8]) -> String {
    let grey = decode(png);
    let format = Some(rxing::BarcodeFormat::QR_CODE);
    let found = rxing::helpers::detect_in_luma(grey.pixels, grey.width, grey.height, format);
    found.unwrap().getText().to_owned()
}

fn decode(png: &[u8]) -> Grey {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    reader.finish().unwrap();
    let samples = info.color_type.samples();
    Grey {
        width: info.width,
        height: info.height,
        // Red stands for all: black on white is grey already.
        pixels: pixels.chunks_exact(samples).map(|pixel| pixel[0]).collect(),
    }
}

fn by_rqrr(grey: &Grey) -> Vec<u8> {
    let (width, height) = (grey.width as usize, grey.height as usize);
    let pixel = |x: usize, y: usize| grey.pixels[y * width + x];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one symbol");
    let mut bytes = Vec::new();
    grids[0].decode_to(&mut bytes).unwrap();
    bytes
}
