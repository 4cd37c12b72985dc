//! Micro QR symbols, read by a decoder that is not ours.

#![cfg(feature = "micro")]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::Cursor;

use qrgen_engine::{
    EncodeOptions, ErrorCorrection, MicroError, MicroSymbol, Style, TerminalBackground,
};
use rxing::common::BitMatrix;
use rxing::qrcode::cpp_port::decoder::Decode;

use ErrorCorrection::{H, L, M, Q};

fn exactly(error_correction: ErrorCorrection) -> EncodeOptions {
    EncodeOptions {
        error_correction,
        boost: false,
    }
}

/// By `rxing`, from the modules that another decoder finds in the pixels of the PNG.
fn read(symbol: &MicroSymbol) -> String {
    const SCALE: u32 = 3;
    let style = Style {
        scale: SCALE,
        quiet_zone: MicroSymbol::QUIET_ZONE,
        ..Style::default()
    };
    let file = symbol.to_png(&style).unwrap();
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let size = frame.width / SCALE - 2 * MicroSymbol::QUIET_ZONE;
    let mut modules = BitMatrix::with_single_dimension(size).unwrap();
    for y in 0..size {
        for x in 0..size {
            let pixel = |module: u32| (module + MicroSymbol::QUIET_ZONE) * SCALE + 1;
            if pixels[3 * (pixel(y) * frame.width + pixel(x)) as usize] == 0 {
                modules.set(x, y);
            }
        }
    }
    let read = Decode(&modules).unwrap();
    assert!(read.isValid(), "{symbol}");
    read.text()
}

/// ISO/IEC 18004:2015, table 7: the most characters of every version, level and mode, and one more. M3 holds four
/// bits less, and is not made at level L.
#[test]
fn the_most_characters_fit_and_are_read() {
    let table = [
        (
            L,
            [
                ("7", [10, 0, 35]),
                ("A", [6, 0, 21]),
                ("a", [0, 0, 15]),
                ("漢", [0, 0, 9]),
            ],
        ),
        (
            M,
            [
                ("7", [8, 17, 30]),
                ("A", [5, 10, 18]),
                ("a", [0, 7, 13]),
                ("漢", [0, 4, 8]),
            ],
        ),
        (
            Q,
            [
                ("7", [0, 0, 21]),
                ("A", [0, 0, 13]),
                ("a", [0, 0, 9]),
                ("漢", [0, 0, 5]),
            ],
        ),
    ];
    for (level, modes) in table {
        for (character, most) in modes {
            for (name, count) in ["M2", "M3", "M4"].into_iter().zip(most) {
                if count == 0 {
                    continue;
                }
                let text = character.repeat(count);
                let symbol = MicroSymbol::encode(&text, &exactly(level)).unwrap();
                assert_eq!(
                    (symbol.name(), symbol.error_correction()),
                    (name, level),
                    "{text}"
                );
                assert_eq!(read(&symbol), text, "{symbol}");

                let more = MicroSymbol::encode(&character.repeat(count + 1), &exactly(level));
                if name == "M4" {
                    assert!(matches!(more, Err(MicroError::TooLong { .. })), "{text}");
                } else {
                    assert_ne!(more.unwrap().name(), name, "{text}");
                }
            }
        }
    }
}

#[test]
fn every_length_and_mixture_is_read() {
    let mut symbols = 0;
    for text in [
        "0123456789012345678901234567890",
        "HTTPS://EX.COM/0123456",
        "a1b2c3d4e5f6g7h",
        "ABC12345678901234567",
        "東京ABC漢字",
    ] {
        let ends: Vec<usize> = text
            .char_indices()
            .map(|(at, one)| at + one.len_utf8())
            .collect();
        for end in ends {
            for level in [L, M, Q] {
                for boost in [false, true] {
                    let options = EncodeOptions {
                        error_correction: level,
                        boost,
                    };
                    let Ok(symbol) = MicroSymbol::encode(&text[..end], &options) else {
                        continue;
                    };
                    assert!(symbol.error_correction() >= level);
                    assert_eq!(read(&symbol), &text[..end], "{symbol}");
                    symbols += 1;
                }
            }
        }
    }
    assert!(symbols > 300, "{symbols}");
}

#[test]
fn what_cannot_be_encoded_is_refused_with_its_reason() {
    let table = [
        ("", M, "there is no data; give at least one character"),
        (
            "7",
            H,
            "no Micro QR symbol has error correction level H; Q is the highest",
        ),
        (
            "Grüße",
            L,
            "Micro QR symbols hold ASCII and Kanji, and this text has 'ü'",
        ),
        (
            "https://example.com/menu",
            M,
            "the text needs 200 bits, but Micro QR version M4-M holds 112; shorten it or lower the error \
             correction level",
        ),
    ];
    for (text, level, reason) in table {
        let error = MicroSymbol::encode(text, &exactly(level)).unwrap_err();
        assert_eq!(error.to_string(), reason);
    }
}

#[test]
fn all_outputs_draw_them() {
    let symbol = MicroSymbol::encode("12345", &EncodeOptions::default()).unwrap();
    assert_eq!(symbol.to_string(), "M2-M");
    let style = Style {
        quiet_zone: MicroSymbol::QUIET_ZONE,
        ..Style::default()
    };
    assert!(
        symbol
            .to_svg(&style, "12345")
            .unwrap()
            .contains("viewBox=\"0 0 17 17\"")
    );
    let lines = symbol.to_terminal(MicroSymbol::QUIET_ZONE, TerminalBackground::Light);
    assert!(lines.lines().all(|line| line.chars().count() == 17));
    assert_eq!(lines.lines().count(), 9);
}
