//! PNG images, decoded by crate `png` with all checksums on.

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder};
use qrgen_engine::{Color, ErrorCorrection, PngWriter, Style, Symbol, read_png, to_png};

use crate::samples::{modules, symbol_of_version};

/// Decodes `file` and holds every pixel and both colours against the symbol.
fn assert_shows(file: &[u8], symbol: &Symbol, style: &Style) {
    let mut decoder = Decoder::new(Cursor::new(file));
    decoder.ignore_checksums(false);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    reader.finish().unwrap();

    let width = style.width_px(symbol.size());
    assert_eq!((frame.width, frame.height), (width, width));
    assert_eq!(
        (frame.bit_depth, frame.color_type),
        (BitDepth::One, ColorType::Indexed)
    );
    let Color { red, green, blue } = style.light;
    let light = [red, green, blue];
    let Color { red, green, blue } = style.dark;
    let palette = reader.info().palette.as_deref().unwrap();
    assert_eq!(
        palette,
        [light, [red, green, blue]].concat(),
        "index 0 is light, index 1 is dark"
    );

    let scale = style.scale as usize;
    let rows = modules(symbol, style.quiet_zone as usize);
    let mut line = vec![0; frame.line_size];
    for (y, row) in rows.iter().enumerate() {
        line.fill(0);
        for x in (0..width as usize).filter(|x| row[x / scale]) {
            line[x / 8] |= 0x80 >> (x % 8);
        }
        for (offset, drawn) in pixels
            .chunks(frame.line_size)
            .skip(y * scale)
            .take(scale)
            .enumerate()
        {
            assert!(drawn == line, "{style:?}: line {offset} of module row {y}");
        }
    }
}

#[test]
fn every_pixel_is_right_at_every_scale_and_quiet_zone() {
    let mut writer = PngWriter::new();
    let mut file = Vec::new();
    for (version, level) in [
        (1, ErrorCorrection::H),
        (2, ErrorCorrection::M),
        (7, ErrorCorrection::Q),
    ] {
        let symbol = symbol_of_version(version, level, 1);
        for scale in Style::SCALES {
            for quiet_zone in Style::QUIET_ZONES {
                let style = Style {
                    scale,
                    quiet_zone,
                    ..Style::default()
                };
                file.clear();
                writer.write_into(&symbol, &style, &mut file).unwrap();
                assert_shows(&file, &symbol, &style);
                let image = read_png(&file).unwrap();
                assert_eq!((image.symbol, image.style), (symbol.clone(), style));
            }
        }
    }
}
