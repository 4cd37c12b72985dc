//! Rasters: every pixel, and what other readers see in them.

use qrgen_engine::{ErrorCorrection, MAX_RASTER_PX, RasterError, Symbol, encode, to_argb, to_luma};
use rxing::common::GlobalHistogramBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, DecodeHintValue, DecodeHints, Luma8LuminanceSource, Reader};

use crate::samples::{modules, symbol_of_version, text_for_version};

/// Holds every pixel against the modules: whole ones, centred, light around.
fn assert_shows(luma: &[u8], symbol: &Symbol, size: usize, quiet_zone: usize) {
    assert_eq!(luma.len(), size * size);
    let scale = size / (symbol.size() + 2 * quiet_zone);
    let before = (size - scale * symbol.size()) / 2;
    let after = size - scale * symbol.size() - before;
    assert!(
        before >= scale * quiet_zone && after >= scale * quiet_zone,
        "the quiet zone is kept"
    );
    assert!(after - before <= 1, "centred");
    let rows = modules(symbol, 0);
    for (y, line) in luma.chunks(size).enumerate() {
        for (x, &pixel) in line.iter().enumerate() {
            let module = |place: usize| place.checked_sub(before).map(|place| place / scale);
            let row = module(y).and_then(|row| rows.get(row));
            let is_dark = row.zip(module(x)).and_then(|(row, x)| row.get(x)) == Some(&true);
            assert_eq!(
                pixel,
                if is_dark { 0 } else { 255 },
                "pixel {x}, {y} of {size}"
            );
        }
    }
}

#[test]
fn every_pixel_is_right_at_every_size() {
    let symbol = symbol_of_version(1, ErrorCorrection::M, 1);
    for quiet_zone in [0, 1, 4, 16] {
        let smallest = symbol.size() + 2 * quiet_zone;
        for size in (smallest..smallest + 70).chain([256, 511]) {
            let luma = to_luma(&symbol, size as u32, quiet_zone as u32).unwrap();
            assert_shows(&luma, &symbol, size, quiet_zone);
        }
    }
    for version in [7, 22, 40] {
        let symbol = symbol_of_version(version, ErrorCorrection::M, 1);
        let luma = to_luma(&symbol, 777, 4).unwrap();
        assert_shows(&luma, &symbol, 777, 4);
    }
}

#[test]
fn colours_are_where_grey_is() {
    let symbol = symbol_of_version(3, ErrorCorrection::M, 1);
    let (dark, light) = (0xff12_3456, 0x80fe_dcba);
    let luma = to_luma(&symbol, 300, 2).unwrap();
    let argb = to_argb(&symbol, 300, 2, dark, light).unwrap();
    let expected: Vec<u32> = luma
        .iter()
        .map(|&grey| if grey == 0 { dark } else { light })
        .collect();
    assert!(argb == expected);
}

#[test]
fn sizes_that_cannot_be_drawn_are_refused_with_the_size_that_can() {
    let symbol = symbol_of_version(2, ErrorCorrection::M, 1);
    assert_eq!(
        to_luma(&symbol, 32, 4),
        Err(RasterError::TooSmall {
            value: 32,
            needed: 33
        })
    );
    assert_eq!(
        to_luma(&symbol, 0, 0),
        Err(RasterError::TooSmall {
            value: 0,
            needed: 25
        })
    );
    assert!(to_luma(&symbol, 33, 4).is_ok());
    for value in [MAX_RASTER_PX + 1, u32::MAX] {
        let error = RasterError::TooLarge {
            value,
            maximum: MAX_RASTER_PX,
        };
        assert_eq!(to_argb(&symbol, value, 4, 0, 1), Err(error));
    }
    for value in [17, u32::MAX] {
        let error = RasterError::QuietZoneOutOfRange {
            value,
            range: 0..=16,
        };
        assert_eq!(to_luma(&symbol, 500, value), Err(error));
    }
}

/// Told that there is no perspective: at few pixels a module it does not find larger symbols else.
fn read_by_rxing(luma: &[u8], size: u32) -> String {
    let source = Luma8LuminanceSource::new(luma.to_vec(), size, size).unwrap();
    let mut bitmap = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
    let hints = DecodeHints::default().with(DecodeHintValue::PureBarcode(true));
    let read = QRCodeReader::new()
        .decode_with_hints(&mut bitmap, &hints)
        .unwrap();
    read.getText().to_owned()
}

fn read_by_rqrr(luma: &[u8], size: usize) -> String {
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(size, size, |x, y| luma[y * size + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn other_readers_find_the_symbol_in_the_image() {
    for version in [1, 2, 5, 7, 10, 15, 20, 30, 40] {
        for level in ErrorCorrection::ALL {
            let text = text_for_version(version, level, 2);
            let options = qrgen_engine::EncodeOptions {
                error_correction: level,
                boost: false,
            };
            let symbol = encode(&text, &options).unwrap();
            let size = 4 * (symbol.size() + 8) + 3;
            let luma = to_luma(&symbol, size as u32, 4).unwrap();
            assert_eq!(
                read_by_rxing(&luma, size as u32),
                text,
                "rxing {version} {level}"
            );
            assert_eq!(read_by_rqrr(&luma, size), text, "rqrr {version} {level}");
        }
    }
}
