//! PNG images, decoded by crate `png` with all checksums on, and read back by the engine.

use std::io::Cursor;

use allocation_counter::measure;
use png::{BitDepth, ColorType, Decoder};
use qrgen_engine::{
    Color, ErrorCorrection, PngWriter, Style, StyleError, Symbol, read_png, to_png,
};

use crate::samples::{modules, symbol_of_version};

/// Decodes `file` and holds every pixel and both colours against the symbol.
pub(crate) fn assert_shows(file: &[u8], symbol: &Symbol, style: &Style) {
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
    let [light, dark] = [style.light, style.dark].map(|color| [color.red, color.green, color.blue]);
    let palette = reader.info().palette.as_deref().unwrap();
    assert_eq!(
        palette,
        [light, dark].concat(),
        "index 0 is light, index 1 is dark"
    );

    let scale = style.scale as usize;
    let rows = modules(symbol, style.quiet_zone as usize);
    let mut expected = vec![0; frame.line_size];
    for (row, lines) in rows.iter().zip(pixels.chunks(frame.line_size * scale)) {
        expected.fill(0);
        for x in (0..width as usize).filter(|x| row[x / scale]) {
            expected[x / 8] |= 0x80 >> (x % 8);
        }
        for line in lines.chunks(frame.line_size) {
            assert!(line == expected, "{style:?}");
        }
    }
}

/// Draws and reads back.
fn assert_round_trip(writer: &mut PngWriter, symbol: &Symbol, style: &Style) {
    let mut file = Vec::new();
    writer.write_into(symbol, style, &mut file).unwrap();
    assert_shows(&file, symbol, style);
    let image = read_png(&file).unwrap();
    assert_eq!((&image.symbol, image.style), (symbol, *style));
    assert_eq!(image.width_px, style.width_px(symbol.size()));
}

#[test]
fn every_pixel_is_right_at_every_scale_and_quiet_zone() {
    let mut writer = PngWriter::new();
    let symbol = symbol_of_version(2, ErrorCorrection::M, 1);
    for scale in Style::SCALES {
        for quiet_zone in Style::QUIET_ZONES {
            assert_round_trip(
                &mut writer,
                &symbol,
                &Style {
                    scale,
                    quiet_zone,
                    ..Style::default()
                },
            );
        }
    }
}

/// Lines that end in every part of a byte and of a machine word.
#[test]
fn every_pixel_is_right_in_every_version() {
    let mut writer = PngWriter::new();
    for version in 1..=40 {
        let level = ErrorCorrection::ALL[usize::from(version) % 4];
        let symbol = symbol_of_version(version, level, u64::from(version));
        for (scale, quiet_zone) in [
            (1, 0),
            (1, 4),
            (2, 1),
            (3, 4),
            (4, 0),
            (7, 2),
            (8, 4),
            (13, 9),
        ] {
            assert_round_trip(
                &mut writer,
                &symbol,
                &Style {
                    scale,
                    quiet_zone,
                    ..Style::default()
                },
            );
        }
    }
}

#[test]
fn the_largest_image_is_right() {
    let symbol = symbol_of_version(40, ErrorCorrection::L, 3);
    let style = Style {
        scale: 64,
        quiet_zone: 16,
        ..Style::default()
    };
    assert_round_trip(&mut PngWriter::new(), &symbol, &style);
}

#[test]
fn colours_go_into_the_palette_and_come_back() {
    let symbol = symbol_of_version(1, ErrorCorrection::L, 1);
    let pairs = [
        ("#000000", "#ffffff"),
        ("#003366", "#ffeecc"),
        ("#a00000", "#ffffff"),
    ];
    for (dark, light) in pairs {
        let (dark, light) = (dark.parse().unwrap(), light.parse().unwrap());
        let style = Style {
            dark,
            light,
            ..Style::default()
        };
        assert_round_trip(&mut PngWriter::new(), &symbol, &style);
    }
    let (dark, light) = (Color::WHITE, Color::BLACK);
    let forced = Style {
        dark,
        light,
        allow_low_contrast: true,
        ..Style::default()
    };
    assert_round_trip(&mut PngWriter::new(), &symbol, &forced);
}

#[test]
fn a_style_that_cannot_be_drawn_writes_nothing() {
    let symbol = symbol_of_version(1, ErrorCorrection::L, 1);
    let style = Style {
        scale: 65,
        ..Style::default()
    };
    let mut out = vec![1, 2, 3];
    let error = PngWriter::new()
        .write_into(&symbol, &style, &mut out)
        .unwrap_err();
    assert_eq!(
        error,
        StyleError::ScaleOutOfRange {
            value: 65,
            range: 1..=64
        }
    );
    assert_eq!(out, [1, 2, 3]);
}

/// What a writer did before must not show.
#[test]
fn a_writer_appends_the_same_bytes_whatever_it_wrote_before() {
    let mut writer = PngWriter::new();
    let mut random = fastrand::Rng::with_seed(4);
    for _ in 0..60 {
        let symbol = symbol_of_version(random.u8(1..=40), ErrorCorrection::M, random.u64(..));
        let (scale, quiet_zone) = (random.u32(1..=20), random.u32(0..=16));
        let style = Style {
            scale,
            quiet_zone,
            ..Style::default()
        };
        let mut out = b"before".to_vec();
        writer.write_into(&symbol, &style, &mut out).unwrap();
        assert_eq!(
            out,
            [b"before", to_png(&symbol, &style).unwrap().as_slice()].concat()
        );
    }
}

/// The head of an image is kept for the next one: its colours are part of what it is kept for.
#[test]
fn a_kept_writer_draws_other_colors_and_still_refuses_bad_ones() {
    let mut writer = PngWriter::new();
    let symbol = symbol_of_version(2, ErrorCorrection::M, 1);
    let colored = |dark: &str, light: &str| Style {
        dark: dark.parse().unwrap(),
        light: light.parse().unwrap(),
        ..Style::default()
    };
    let styles = [
        colored("#000000", "#ffffff"),
        colored("#000080", "#ffffff"),
        colored("#000080", "#ffffc0"),
    ];
    for style in styles.iter().chain(&styles).chain([&styles[2]]) {
        assert_round_trip(&mut writer, &symbol, style);
        let mut out = Vec::new();
        for refused in [colored("#ffffff", "#000000"), colored("#808080", "#909090")] {
            assert!(writer.write_into(&symbol, &refused, &mut out).is_err());
        }
        assert!(out.is_empty());
    }
}

#[test]
fn a_warm_writer_allocates_nothing() {
    let small = symbol_of_version(2, ErrorCorrection::M, 1);
    let large = symbol_of_version(20, ErrorCorrection::M, 1);
    let style = Style::default();
    let mut writer = PngWriter::new();
    let mut out = Vec::new();
    for symbol in [&small, &large] {
        writer.write_into(symbol, &style, &mut out).unwrap();
    }
    for symbol in [&small, &large] {
        out.clear();
        let count = measure(|| writer.write_into(symbol, &style, &mut out).unwrap());
        assert_eq!(count.count_total, 0);
    }
}

/// Against the settings of crate `png` that are meant for speed.
#[test]
fn images_are_smaller_than_those_of_a_general_encoder_in_a_hurry() {
    for (version, scale) in [
        (1, 1),
        (2, 4),
        (2, 8),
        (6, 8),
        (13, 10),
        (26, 16),
        (40, 8),
        (40, 32),
    ] {
        let symbol = symbol_of_version(version, ErrorCorrection::M, 1);
        let style = Style {
            scale,
            ..Style::default()
        };
        let ours = to_png(&symbol, &style).unwrap();
        let theirs = reencode(&ours, png::Compression::Fast, png::Filter::Adaptive);
        assert!(
            ours.len() < theirs.len(),
            "{version} {scale}: {} {}",
            ours.len(),
            theirs.len()
        );
    }
}

/// The same image by crate `png`.
pub(crate) fn reencode(file: &[u8], compression: png::Compression, filter: png::Filter) -> Vec<u8> {
    let mut reader = Decoder::new(Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    encode_pixels(reader.info().width, &pixels, compression, filter)
}

/// A square black and white image of one bit a pixel by crate `png`.
pub(crate) fn encode_pixels(
    width: u32,
    pixels: &[u8],
    compression: png::Compression,
    filter: png::Filter,
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, width);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::One);
    encoder.set_palette([[255; 3], [0; 3]].concat());
    encoder.set_compression(compression);
    encoder.set_filter(filter);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(pixels)
        .unwrap();
    file
}
