//! Version, level, mask and every module are those of `qrcodegen` 1.8, whose reading of the mask
//! penalties is the most widely shared one.

use encoding_rs::SHIFT_JIS;
use fastrand::Rng;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, QrSegmentMode};
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, Mode, SegmentInfo, Symbol, describe};

use crate::support::capacity::most_characters;
use crate::support::hard_set::{self, Payload, random};

/// 160 versions and levels, the shortest and the longest text of each and three in between:
/// 800 texts of digits, every fifth of them twice.
#[test]
fn texts_of_digits() {
    compare_all(Mode::Numeric, "0123456789", QrSegment::make_numeric);
}

/// As many of letters.
#[test]
fn alphanumeric_texts() {
    let alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    compare_all(Mode::Alphanumeric, alphabet, QrSegment::make_alphanumeric);
}

/// As many of characters that only byte mode has.
#[test]
fn texts_in_byte_mode() {
    let alphabet = "abcdefghijklmnopqrstuvwxyz,;!?";
    compare_all(Mode::Byte, alphabet, |text| {
        QrSegment::make_bytes(text.as_bytes())
    });
}

/// The other encoder takes segments as they are, so ours can be compared where it would have chosen
/// others: mixed modes, Kanji and ECI headers.
#[test]
fn mixed_segments() {
    let mut encoder = Encoder::new();
    for case in hard_set::cases() {
        let (Payload::Text(text), true) = (&case.payload, case.fits) else {
            continue;
        };
        let options = EncodeOptions {
            error_correction: case.level,
            boost: true,
        };
        let symbol = encoder.encode(text, &options).unwrap();
        let theirs = encode_by_qrcodegen(&segments_of(text, options), options);
        assert_same(symbol, &theirs, &format!("{} at {}", case.name, case.level));
    }
}

#[test]
fn bytes_that_are_no_text() {
    let mut encoder = Encoder::new();
    for case in hard_set::cases() {
        let Payload::Binary(bytes) = &case.payload else {
            continue;
        };
        let options = EncodeOptions {
            error_correction: case.level,
            boost: true,
        };
        let symbol = encoder.encode_bytes(bytes, &options).unwrap();
        let theirs = encode_by_qrcodegen(&[QrSegment::make_bytes(bytes)], options);
        assert_same(symbol, &theirs, &format!("{} at {}", case.name, case.level));
    }
}

/// Penalty rule 3 speaks of a ratio. These symbols hold what looks like a finder pattern at twice
/// the scale, and it decides on the mask.
#[test]
fn finder_patterns_of_double_size_count() {
    let options = EncodeOptions {
        error_correction: ErrorCorrection::L,
        boost: false,
    };
    for end in [
        "882", "ahxu", "bjrx", "cbyc", "ctip", "dwch", "dwdp", "eauc", "ebtb", "eckk",
    ] {
        let text = format!("https://example.com/{end}");
        let symbol = qrgen_engine::encode(&text, &options).unwrap();
        let segments = [QrSegment::make_bytes(text.as_bytes())];
        assert_same(&symbol, &encode_by_qrcodegen(&segments, options), &text);
    }
}

/// Compares texts of one class in all versions and levels.
fn compare_all(mode: Mode, alphabet: &str, segment: fn(&str) -> QrSegment) {
    let rng = &mut Rng::with_seed(18_004);
    let mut encoder = Encoder::new();
    for error_correction in ErrorCorrection::ALL {
        let mut shortest = 1;
        for version in 1..=40 {
            let longest = most_characters(version, error_correction, mode);
            let mut lengths = vec![shortest, longest];
            lengths.extend((0..3).map(|_| rng.usize(shortest..=longest)));
            for (index, length) in lengths.into_iter().enumerate() {
                let text = random(rng, alphabet, length);
                let what = format!("{length} characters for {version}-{error_correction}");
                let mut compare = |boost| {
                    let options = EncodeOptions {
                        error_correction,
                        boost,
                    };
                    let ours = encoder.encode(&text, &options).unwrap();
                    assert_eq!(u32::from(ours.version().number()), version, "{what}");
                    assert_same(
                        ours,
                        &encode_by_qrcodegen(&[segment(&text)], options),
                        &what,
                    );
                };
                compare(false);
                // The shortest text is the one with most room for a higher level.
                if index == 0 {
                    compare(true);
                }
            }
            shortest = longest + 1;
        }
    }
}

/// The segments that our encoder chose.
fn segments_of(text: &str, options: EncodeOptions) -> Vec<QrSegment> {
    let mut rest = text;
    let mut take = |segment: &SegmentInfo| {
        let length: usize = match segment.mode {
            Mode::Kanji => rest
                .chars()
                .take(segment.characters)
                .map(char::len_utf8)
                .sum(),
            _ => segment.characters,
        };
        let (part, after) = rest.split_at(length);
        rest = after;
        part
    };
    let description = describe(text, &options).unwrap();
    let segments = description
        .segments
        .iter()
        .map(|segment| match segment.mode {
            Mode::Numeric => QrSegment::make_numeric(take(segment)),
            Mode::Alphanumeric => QrSegment::make_alphanumeric(take(segment)),
            Mode::Byte => QrSegment::make_bytes(take(segment).as_bytes()),
            Mode::Kanji => kanji(take(segment)),
            Mode::Eci => QrSegment::make_eci(26),
        });
    segments.collect()
}

/// The bits by the standard (7.4.6), from Shift JIS by another table.
fn kanji(text: &str) -> QrSegment {
    let bytes = SHIFT_JIS.encode(text).0;
    let (pairs, _) = bytes.as_chunks::<2>();
    let mut bits = Vec::new();
    for &pair in pairs {
        let word = u32::from(u16::from_be_bytes(pair));
        let rest = word - if word < 0xE040 { 0x8140 } else { 0xC140 };
        let value = (rest >> 8) * 0xC0 + (rest & 0xFF);
        bits.extend((0..13).rev().map(|bit| value >> bit & 1 == 1));
    }
    QrSegment::new(QrSegmentMode::Kanji, pairs.len(), bits)
}

fn encode_by_qrcodegen(segments: &[QrSegment], options: EncodeOptions) -> QrCode {
    let level = match options.error_correction {
        ErrorCorrection::L => QrCodeEcc::Low,
        ErrorCorrection::M => QrCodeEcc::Medium,
        ErrorCorrection::Q => QrCodeEcc::Quartile,
        ErrorCorrection::H => QrCodeEcc::High,
    };
    let (min, max) = (qrcodegen::Version::MIN, qrcodegen::Version::MAX);
    let code = QrCode::encode_segments_advanced(segments, level, min, max, None, options.boost);
    code.expect("it fits, as it did with our encoder")
}

fn assert_same(ours: &Symbol, theirs: &QrCode, what: &str) {
    let level = match theirs.error_correction_level() {
        QrCodeEcc::Low => ErrorCorrection::L,
        QrCodeEcc::Medium => ErrorCorrection::M,
        QrCodeEcc::Quartile => ErrorCorrection::Q,
        QrCodeEcc::High => ErrorCorrection::H,
    };
    assert_eq!(
        ours.version().number(),
        theirs.version().value(),
        "version of {what}"
    );
    assert_eq!(ours.error_correction(), level, "level of {what}");
    assert_eq!(
        ours.mask().number(),
        theirs.mask().value(),
        "mask of {what}"
    );
    for (y, row) in (0..ours.size()).zip(0..) {
        for (x, column) in (0..ours.size()).zip(0..) {
            let dark = theirs.get_module(column, row);
            assert_eq!(ours.is_dark(x, y), dark, "module {x}, {y} of {what}");
        }
    }
}
