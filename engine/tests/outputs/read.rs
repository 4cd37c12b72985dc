//! What the reader takes, and above all what it does not.

use allocation_counter::measure;
use png::{Compression, Filter};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use qrgen_engine::{
    EncodeOptions, Encoder, ErrorCorrection, Mode, ReadError, Reader, Segment, Style, encode,
    read_matrix, read_png, to_png,
};

use crate::checksums::repair_checksums;
use crate::png::{encode_pixels, reencode};
use crate::samples::symbol_of_version;

pub(crate) const OPTIONS: EncodeOptions = EncodeOptions {
    error_correction: ErrorCorrection::M,
    boost: true,
};

/// A small image to damage.
pub(crate) fn sample(style: &Style) -> Vec<u8> {
    to_png(
        &encode("https://example.com/menu", &OPTIONS).unwrap(),
        style,
    )
    .unwrap()
}

#[test]
fn text_and_segments_come_back() {
    let eci = Segment {
        mode: Mode::Eci,
        characters: 0,
    };
    let segment = |mode, characters| Segment { mode, characters };
    let cases = [
        ("0123456789", vec![segment(Mode::Numeric, 10)]),
        ("HTTPS://EXAMPLE.COM", vec![segment(Mode::Alphanumeric, 19)]),
        ("https://example.com/menu", vec![segment(Mode::Byte, 24)]),
        ("Grüße", vec![eci, segment(Mode::Byte, 7)]),
        ("日本語", vec![segment(Mode::Kanji, 3)]),
        ("Αθήνα", vec![eci, segment(Mode::Byte, 10)]),
        ("日本語〜", vec![eci, segment(Mode::Byte, 12)]),
        ("日本語~", vec![eci, segment(Mode::Byte, 10)]),
        (
            "東京1-2-3",
            vec![segment(Mode::Kanji, 2), segment(Mode::Alphanumeric, 5)],
        ),
        (
            "abc012345678901234567890123456789",
            vec![segment(Mode::Byte, 3), segment(Mode::Numeric, 30)],
        ),
    ];
    for (text, segments) in cases {
        let symbol = encode(text, &OPTIONS).unwrap();
        let content = read_matrix(&symbol).unwrap();
        assert_eq!(content.text(), Some(text));
        assert_eq!(content.segments, segments, "{text}");
        let image = read_png(&to_png(&symbol, &Style::default()).unwrap()).unwrap();
        assert_eq!(image.content, content);
    }
}

/// A binary payload has no ECI: by the standard its bytes are ISO/IEC 8859-1, so it is not given
/// out as text even if it is UTF-8.
#[test]
fn bytes_come_back_as_bytes() {
    let mut encoder = Encoder::new();
    let all: Vec<u8> = (0..=255).collect();
    for (payload, text) in [
        (&all[..], None),
        (&[0xff, 0xfe], None),
        ("é".as_bytes(), None),
        (b"abc", Some("abc")),
    ] {
        let content = read_matrix(encoder.encode_bytes(payload, &OPTIONS).unwrap()).unwrap();
        assert_eq!(content.bytes, payload);
        assert_eq!(content.text(), text);
    }
}

#[test]
fn every_version_and_level_is_read() {
    for version in 1..=40 {
        for level in ErrorCorrection::ALL {
            let symbol = symbol_of_version(version, level, u64::from(version));
            let content = read_matrix(&symbol).unwrap();
            assert_eq!(
                encode(
                    content.text().unwrap(),
                    &EncodeOptions {
                        error_correction: level,
                        boost: false
                    }
                ),
                Ok(symbol)
            );
        }
    }
}

/// The first seven modules of the finder pattern tell the scale also where nothing is around it.
#[test]
fn scale_and_quiet_zone_are_told_apart() {
    for (scale, quiet_zone) in [
        (1, 0),
        (2, 0),
        (7, 0),
        (14, 0),
        (1, 7),
        (7, 1),
        (1, 16),
        (16, 1),
        (64, 0),
    ] {
        let style = Style {
            scale,
            quiet_zone,
            ..Style::default()
        };
        assert_eq!(read_png(&sample(&style)).unwrap().style, style);
    }
}

/// All kinds of DEFLATE blocks: what counts is what the image shows.
#[test]
fn the_same_pixels_compressed_by_another_encoder_are_read() {
    let file = sample(&Style::default());
    let ours = read_png(&file).unwrap();
    let compressions = [
        Compression::NoCompression,
        Compression::Fastest,
        Compression::Balanced,
        Compression::High,
    ];
    for compression in compressions {
        let theirs = reencode(&file, compression, Filter::NoFilter);
        assert_eq!(read_png(&theirs).unwrap(), ours, "{compression:?}");
    }
}

#[test]
fn other_images_are_refused_by_what_they_are() {
    let style = Style::default();
    let file = sample(&style);
    let filtered = reencode(&file, Compression::Balanced, Filter::Up);
    let grey = {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 8, 8);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&[0; 64])
            .unwrap();
        bytes
    };
    let blank = encode_pixels(64, &[0; 8 * 64], Compression::Balanced, Filter::NoFilter);
    let dark = encode_pixels(64, &[0xff; 8 * 64], Compression::Balanced, Filter::NoFilter);
    for (name, other) in [
        ("nothing", &b""[..]),
        ("a JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("a grey image", &grey),
        ("a filtered image", &filtered),
        ("more behind the end", &[&file[..], &[0]].concat()),
    ] {
        let error = read_png(other).unwrap_err();
        assert!(matches!(error, ReadError::Foreign(_)), "{name}: {error}");
        assert!(
            error
                .to_string()
                .contains("not an image written by this engine"),
            "{error}"
        );
    }
    for (name, other) in [("all light", blank), ("all dark", dark)] {
        let error = read_png(&other).unwrap_err();
        assert!(matches!(error, ReadError::Pixels(_)), "{name}: {error}");
    }
}

/// The same picture in all the ways that PNG knows, of which ours is one.
#[test]
fn a_symbol_in_another_kind_of_png_is_refused() {
    use png::{BitDepth as Bits, ColorType as Kind};

    let file = sample(&Style::default());
    let dark = pixels_of(&file);
    let width = u32::from_be_bytes(*file[16..].first_chunk().unwrap());
    let written = |kind: Kind, bits: Bits, is_animated: bool| {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, width);
        encoder.set_color(kind);
        encoder.set_depth(bits);
        if kind == Kind::Indexed {
            encoder.set_palette([[0xFF; 3], [0; 3]].concat());
        }
        if is_animated {
            encoder.set_animated(1, 0).unwrap();
        }
        let light = if kind == Kind::Indexed { 0 } else { u16::MAX };
        let ink = u16::from(kind == Kind::Indexed);
        let mut data = Vec::new();
        for line in dark.chunks(width as usize) {
            let (mut held, mut held_bits) = (0, 0);
            for is_dark in line {
                for sample in 0..kind.samples() {
                    let is_alpha =
                        sample > 0 && sample % 2 == 1 && kind.samples().is_multiple_of(2);
                    let value = if *is_dark && !is_alpha { ink } else { light };
                    let depth = bits as u32;
                    held = held << depth | u64::from(value) & ((1 << depth) - 1);
                    held_bits += depth;
                    while held_bits >= 8 {
                        held_bits -= 8;
                        data.push((held >> held_bits) as u8);
                    }
                }
            }
            if held_bits > 0 {
                data.push((held << (8 - held_bits)) as u8);
            }
        }
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&data)
            .unwrap();
        bytes
    };
    let kinds = [
        (
            Kind::Grayscale,
            &[Bits::One, Bits::Two, Bits::Four, Bits::Eight, Bits::Sixteen][..],
        ),
        (
            Kind::Indexed,
            &[Bits::One, Bits::Two, Bits::Four, Bits::Eight],
        ),
        (Kind::Rgb, &[Bits::Eight, Bits::Sixteen]),
        (Kind::GrayscaleAlpha, &[Bits::Eight, Bits::Sixteen]),
        (Kind::Rgba, &[Bits::Eight, Bits::Sixteen]),
    ];
    for (kind, depths) in kinds {
        for &bits in depths {
            for is_animated in [false, true] {
                let other = written(kind, bits, is_animated);
                assert_eq!(pixels_of(&other), dark, "{kind:?} {bits:?}");
                let error = read_png(&other).unwrap_err();
                let what = format!("{kind:?} {bits:?}, animated: {is_animated}: {error}");
                assert!(matches!(error, ReadError::Foreign(_)), "{what}");
            }
        }
    }
    // Interlaced, or of a method that there is none of.
    for place in 26..29 {
        let mut other = file.clone();
        other[place] = 1;
        repair_checksums(&mut other);
        let error = read_png(&other).unwrap_err();
        assert!(matches!(error, ReadError::Foreign(_)), "{place}: {error}");
    }
}

/// Whether each pixel is dark.
fn pixels_of(file: &[u8]) -> Vec<bool> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let samples = frame.color_type.samples();
    pixels
        .chunks(samples)
        .map(|pixel| pixel[0] < 0x80)
        .collect()
}

/// The starts of files that are no PNG, some of them with one behind.
#[test]
fn files_of_other_formats_are_refused() {
    let file = sample(&Style::default());
    for (name, start) in [
        ("GIF", &b"GIF89a"[..]),
        ("JPEG", b"\xff\xd8\xff\xe1\0\x10Exif\0\0"),
        ("WebP", b"RIFF\x24\0\0\0WEBPVP8L"),
        ("BMP", b"BM\x36\0\0\0"),
        ("TIFF", b"II*\0"),
        ("PDF", b"%PDF-1.7\n"),
        ("SVG", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("ZIP", b"PK\x03\x04"),
        ("gzip", b"\x1f\x8b\x08"),
        ("MNG", b"\x8aMNG\r\n\x1a\n"),
        ("a PNG with line ends of text", b"\x89PNG\n\x1a\n"),
        ("a byte order mark", b"\xef\xbb\xbf"),
    ] {
        for behind in [&b""[..], &file, &file[8..]] {
            let error = read_png(&[start, behind].concat()).unwrap_err();
            assert!(matches!(error, ReadError::Foreign(_)), "{name}: {error}");
        }
    }
}

/// What a reader has read before must not show, and costs nothing again.
#[test]
fn a_warm_reader_allocates_nothing_and_reads_as_a_new_one() {
    let (small, large) = (
        symbol_of_version(2, ErrorCorrection::M, 1),
        symbol_of_version(20, ErrorCorrection::M, 1),
    );
    let mut reader = Reader::new();
    let files = [&large, &small, &large].map(|symbol| to_png(symbol, &Style::default()).unwrap());
    reader.read(&files[0]).unwrap();
    for file in &files {
        let count = measure(|| assert!(reader.read(file).is_ok()));
        assert_eq!(count.count_total, 0);
        assert_eq!(reader.read(file).cloned(), read_png(file));
    }
}

/// A file of a few kilobytes that claims to be small and is not.
#[test]
fn a_decompression_bomb_is_refused() {
    let width = 13_376;
    let pixels = vec![0; (width / 8 * width) as usize];
    let high = Compression::High;
    let bomb = encode_pixels(width, &pixels, high, Filter::NoFilter);
    assert!(bomb.len() < 1 << 16, "22 MB in {} bytes", bomb.len());
    assert!(
        matches!(read_png(&bomb), Err(ReadError::Pixels(_))),
        "as large as an image may be"
    );

    for claimed in [1, 21, 264, 13_375, 13_377, u32::MAX] {
        let mut file = bomb.clone();
        file[16..20].copy_from_slice(&claimed.to_be_bytes());
        file[20..24].copy_from_slice(&claimed.to_be_bytes());
        repair_checksums(&mut file);
        let error = read_png(&file).unwrap_err();
        assert!(
            matches!(error, ReadError::ImageData(_) | ReadError::Foreign(_)),
            "{claimed}: {error}"
        );
    }
    // The other way round: no memory for what so little data can't become.
    let mut file = sample(&Style::default());
    for claimed in [265, 13_376] {
        file[16..20].copy_from_slice(&u32::to_be_bytes(claimed));
        file[20..24].copy_from_slice(&u32::to_be_bytes(claimed));
        repair_checksums(&mut file);
        assert!(
            matches!(read_png(&file), Err(ReadError::ImageData(_))),
            "{claimed}"
        );
    }
}

proptest! {
    // The same cases each time; `PROPTEST_CASES` says how many.
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(10),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_input_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read_png(&bytes).is_err());
    }

    /// The same behind a signature and headers that are in order.
    #[test]
    fn no_image_data_make_the_reader_panic(data in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut file = sample(&Style { scale: 1, ..Style::default() });
        file.truncate(51);
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(b"IDAT");
        file.extend(&data);
        file.extend(b"\0\0\0\0\0\0\0\0IEND\0\0\0\0");
        repair_checksums(&mut file);
        prop_assert!(read_png(&file).is_err());
    }

    #[test]
    fn any_text_in_any_style_comes_back(
        text in ".{1,60}",
        level in prop::sample::select(&ErrorCorrection::ALL[..]),
        boost: bool,
        scale in Style::SCALES,
        quiet_zone in Style::QUIET_ZONES,
        dark in 0_u8..0x60,
    ) {
        let symbol = encode(&text, &EncodeOptions { error_correction: level, boost }).unwrap();
        let dark = qrgen_engine::Color::new(dark, dark / 2, 0);
        let style = Style { scale, quiet_zone, dark, ..Style::default() };
        let image = read_png(&to_png(&symbol, &style).unwrap()).unwrap();
        prop_assert_eq!(image.content.text(), Some(text.as_str()));
        prop_assert_eq!((image.symbol, image.style), (symbol, style));
    }
}
