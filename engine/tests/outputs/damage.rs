//! Damage of every kind: an image is refused, or read as what it shows.

use png::{Compression, Filter};
use qrgen_engine::{
    ErrorCorrection, ReadError, Reader, Style, encode, read_matrix, read_png, to_png,
};

use crate::checksums::repair_checksums;
use crate::png::{assert_shows, encode_pixels};
use crate::read::{OPTIONS, sample};
use crate::samples::symbol_of_version;

#[test]
fn every_truncated_image_is_refused() {
    let file = sample(&Style::default());
    for length in 0..file.len() {
        assert!(read_png(&file[..length]).is_err(), "{length} bytes");
    }
}

/// Checksums, lengths, everything: no byte of a file is without meaning.
#[test]
fn no_byte_can_be_changed_without_notice() {
    let file = sample(&Style {
        scale: 3,
        ..Style::default()
    });
    for place in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[place] ^= 1 << bit;
            assert!(read_png(&changed).is_err(), "bit {bit} of byte {place}");
        }
    }
}

/// A change may be harmless, such as another colour. Then the image must show what it is read as.
fn assert_refused_or_shown(file: &[u8]) {
    if let Ok(image) = read_png(file) {
        assert_shows(file, &image.symbol, &image.style);
        assert_eq!(read_matrix(&image.symbol), Ok(image.content));
    }
}

#[test]
fn a_changed_image_with_right_checksums_is_never_taken_for_another() {
    let thorough = std::env::var_os("QRGEN_THOROUGH").is_some();
    let rounds = if thorough { 2_000_000 } else { 20_000 };
    let mut random = fastrand::Rng::with_seed(5);
    for (scale, quiet_zone) in [(1, 0), (2, 4), (8, 4), (24, 1)] {
        let file = sample(&Style {
            scale,
            quiet_zone,
            ..Style::default()
        });
        for place in 8..file.len() {
            for bit in 0..8 {
                let mut changed = file.clone();
                changed[place] ^= 1 << bit;
                repair_checksums(&mut changed);
                assert_refused_or_shown(&changed);
            }
        }
        for _ in 0..rounds {
            let mut changed = file.clone();
            for _ in 0..random.usize(1..6) {
                let place = random.usize(8..changed.len());
                match random.u8(..4) {
                    0 => changed[place] = random.u8(..),
                    1 => drop(changed.remove(place)),
                    2 => changed.insert(place, random.u8(..)),
                    _ => changed[place..].rotate_left(1),
                }
            }
            repair_checksums(&mut changed);
            assert_refused_or_shown(&changed);
        }
    }
}

/// What transport and storage do to files: a million flips, over all versions and scales. All bits count,
/// those behind the end of a stream, too. Where the checksum of the chunk is that of the changed bytes, a
/// change may be harmless, such as one of a colour; but it never says another text.
#[test]
fn no_bit_can_be_flipped_without_notice() {
    let mut random = fastrand::Rng::with_seed(6);
    let mut reader = Reader::new();
    let mut harmless = 0;
    for version in (1..=40).cycle().take(1_000) {
        let level = ErrorCorrection::ALL[random.usize(..4)];
        let symbol = symbol_of_version(version, level, random.u64(..));
        let style = Style {
            scale: random.u32(1..=20),
            quiet_zone: random.u32(0..=5),
            ..Style::default()
        };
        let file = to_png(&symbol, &style).unwrap();
        let content = reader.read(&file).unwrap().content.clone();
        let mut changed = file.clone();
        for flip in 0..1_000 {
            let (place, bit) = (random.usize(..file.len()), 1 << random.u8(..8));
            changed[place] ^= bit;
            let is_repaired = flip % 10 == 0;
            if is_repaired {
                repair_checksums(&mut changed);
            }
            match reader.read(&changed) {
                Err(_) => {}
                Ok(image) if is_repaired && image.content == content => harmless += 1,
                Ok(image) => panic!(
                    "bit {bit} of byte {place} of {version}-{level} in {style:?} is read as {:?}",
                    image.content
                ),
            }
            changed.copy_from_slice(&file);
        }
        // What was refused leaves no trace.
        let image = reader.read(&file).unwrap();
        assert_eq!((&image.symbol, image.style), (&symbol, style));
    }
    assert!(harmless < 100_000 / 10, "{harmless}");
}

#[test]
fn every_single_wrong_pixel_is_noticed() {
    let style = Style {
        scale: 3,
        quiet_zone: 1,
        ..Style::default()
    };
    let symbol = encode("12345", &OPTIONS).unwrap();
    let width = style.width_px(symbol.size());
    let mut reader = png::Decoder::new(std::io::Cursor::new(to_png(&symbol, &style).unwrap()))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    let line = pixels.len() / width as usize;
    for y in 0..width as usize {
        // Those behind the last pixel of a line, too: we write zeros there.
        for x in 0..8 * line {
            let bit = 0x80 >> (x % 8);
            pixels[y * line + x / 8] ^= bit;
            let file = encode_pixels(width, &pixels, Compression::Fastest, Filter::NoFilter);
            let error = read_png(&file).unwrap_err();
            assert!(matches!(error, ReadError::Pixels(_)), "{x}, {y}: {error}");
            pixels[y * line + x / 8] ^= bit;
        }
    }
}

/// Whole modules: function patterns, both format informations, version information, codewords and
/// remainder bits.
#[test]
fn every_single_wrong_module_is_noticed() {
    for version in [1, 2, 7, 14] {
        let symbol = symbol_of_version(version, ErrorCorrection::H, 6);
        let size = symbol.size();
        let width = size as u32;
        let line = size.div_ceil(8);
        let mut pixels = vec![0; line * size];
        for y in 0..size {
            for x in (0..size).filter(|&x| symbol.is_dark(x, y)) {
                pixels[y * line + x / 8] |= 0x80 >> (x % 8);
            }
        }
        let file =
            |pixels: &[u8]| encode_pixels(width, pixels, Compression::Fastest, Filter::NoFilter);
        assert_eq!(read_png(&file(&pixels)).unwrap().symbol, symbol);
        for y in 0..size {
            for x in 0..size {
                let bit = 0x80 >> (x % 8);
                pixels[y * line + x / 8] ^= bit;
                assert!(
                    read_png(&file(&pixels)).is_err(),
                    "version {version}, module {x}, {y}"
                );
                pixels[y * line + x / 8] ^= bit;
            }
        }
    }
}
