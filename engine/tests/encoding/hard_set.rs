//! The hard set of payloads, read back by three readers, two of which are not ours.

use encoding_rs::SHIFT_JIS;
use qrgen_engine::{
    EncodeError, EncodeOptions, Encoder, Mode, Style, Symbol, read_matrix, read_png, to_png,
};

use crate::support::hard_set::{Case, Payload, cases};
use crate::support::readers;

/// Where the text that `rxing` gives is not the payload. The bytes of its byte segments are, in each
/// of these cases.
const RXING_TEXTS: [(&str, &str, &str); 5] = [
    (
        "byte order mark",
        "hello",
        "its UTF-8 decoder takes a leading U+FEFF for an encoding mark",
    ),
    (
        "all bytes",
        "",
        "bytes that no character set of its has are no text",
    ),
    (
        "bytes ff",
        "",
        "bytes that no character set of its has are no text",
    ),
    (
        "random bytes",
        "",
        "bytes that no character set of its has are no text",
    ),
    (
        "shift-jis",
        "日本語日本語日本",
        "without ECI header it guesses, and guesses Shift-JIS",
    ),
];

#[test]
fn what_does_not_fit_is_an_error_that_says_by_how_much() {
    let mut refused = 0;
    for case in cases().iter().filter(|case| !case.fits) {
        let error = encode(&mut Encoder::new(), case, false).unwrap_err();
        let EncodeError::TooLong {
            needed_bits,
            available_bits,
            error_correction,
        } = error
        else {
            panic!("{}: {error}", case.name);
        };
        assert!(
            needed_bits > available_bits,
            "{} at {}",
            case.name,
            case.level
        );
        assert_eq!(error_correction, case.level);
        refused += 1;
    }
    assert_eq!(refused, 4 * 4);
}

#[test]
fn our_reader_reads_every_symbol_and_its_image() {
    for_each_symbol(|case, symbol, what| {
        let content = read_matrix(symbol).unwrap();
        assert_eq!(content.bytes, case.payload.bytes(), "{what}");

        let style = Style {
            scale: 1,
            ..Style::default()
        };
        let image = read_png(&to_png(symbol, &style).unwrap()).unwrap();
        assert_eq!(image.content.bytes, case.payload.bytes(), "{what}");
        assert_eq!(&image.symbol, symbol, "{what}");
    });
}

#[test]
fn rqrr_reads_every_symbol() {
    for_each_symbol(|case, symbol, what| {
        let bytes = readers::rqrr(symbol).unwrap_or_else(|error| panic!("{what}: {error}"));
        match &case.payload {
            Payload::Text(text) if has_kanji(symbol) => {
                assert_eq!(bytes, &*SHIFT_JIS.encode(text).0, "{what}");
            }
            payload => assert_eq!(bytes, payload.bytes(), "{what}"),
        }
    });
}

fn has_kanji(symbol: &Symbol) -> bool {
    let segments = read_matrix(symbol).unwrap().segments;
    segments.iter().any(|segment| segment.mode == Mode::Kanji)
}

#[test]
fn rxing_reads_every_symbol() {
    for_each_symbol(|case, symbol, what| {
        let read = readers::rxing(symbol).unwrap_or_else(|error| panic!("{what}: {error}"));
        let exception = RXING_TEXTS.iter().find(|(name, ..)| *name == case.name);
        if let Some((_, text, reason)) = exception {
            assert_eq!(read.getText(), *text, "{what}: {reason}");
            assert_eq!(
                read.getByteSegments().concat(),
                case.payload.bytes(),
                "{what}"
            );
        } else {
            assert_eq!(read.getText().as_bytes(), case.payload.bytes(), "{what}");
        }
    });
}

/// Calls `check` with the symbol of every case that fits, with the level asked for and with a
/// raised one.
fn for_each_symbol(check: impl Fn(&Case, &Symbol, &str)) {
    let mut encoder = Encoder::new();
    let mut count = 0;
    for case in cases().iter().filter(|case| case.fits) {
        for boost in [false, true] {
            let what = format!("{} at {}, boost {boost}", case.name, case.level);
            let symbol = encode(&mut encoder, case, boost).unwrap();
            check(case, symbol, &what);
            count += 1;
        }
    }
    assert_eq!(count, 2 * 548);
}

fn encode<'a>(
    encoder: &'a mut Encoder,
    case: &Case,
    boost: bool,
) -> Result<&'a Symbol, EncodeError> {
    let options = EncodeOptions {
        error_correction: case.level,
        boost,
    };
    match &case.payload {
        Payload::Text(text) => encoder.encode(text, &options),
        Payload::Binary(bytes) => encoder.encode_bytes(bytes, &options),
    }
}
