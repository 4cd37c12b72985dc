//! What goes in comes out.

use encoding_rs::SHIFT_JIS;
use proptest::prelude::*;
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, Mode, encode, read_matrix};

use crate::support::{kanji, properties, readers};

fn any_options() -> impl Strategy<Value = EncodeOptions> {
    (prop::sample::select(&ErrorCorrection::ALL), any::<bool>()).prop_map(
        |(error_correction, boost)| EncodeOptions {
            error_correction,
            boost,
        },
    )
}

proptest! {
    #![proptest_config(properties(256))]

    #[test]
    fn any_text_is_read_back(text in ".{1,300}", options in any_options()) {
        let symbol = encode(&text, &options).unwrap();
        prop_assert!(symbol.error_correction() >= options.error_correction);
        let content = read_matrix(&symbol).unwrap();
        prop_assert_eq!(content.text(), Some(text.as_str()));
        // Only what is not ASCII is announced to be UTF-8, or has Kanji.
        let has = |mode| content.segments.iter().any(|segment| segment.mode == mode);
        prop_assert_eq!(has(Mode::Eci) || has(Mode::Kanji), !text.is_ascii());
        if has(Mode::Kanji) {
            prop_assert_eq!(readers::rqrr(&symbol).unwrap(), &*SHIFT_JIS.encode(&text).0);
        } else {
            prop_assert_eq!(readers::rqrr(&symbol).unwrap(), text.as_bytes());
        }
    }

    /// All characters of Kanji mode among ASCII, by three readers.
    #[test]
    fn kanji_and_ascii_are_read_back(
        parts in prop::collection::vec(
            prop_oneof![kanji(1..9), "[ -~]{1,5}", "[0-9]{1,9}", "[A-Z:/]{1,9}"],
            1..20,
        ),
        options in any_options(),
    ) {
        let text = parts.concat();
        let symbol = encode(&text, &options).unwrap();
        let content = read_matrix(&symbol).unwrap();
        prop_assert_eq!(content.text(), Some(text.as_str()));
        let read = readers::rxing(&symbol).unwrap();
        prop_assert_eq!(read.getText(), text.as_str());
        let bytes = readers::rqrr(&symbol).unwrap();
        if content.segments.iter().any(|segment| segment.mode == Mode::Kanji) {
            prop_assert_eq!(bytes, &*SHIFT_JIS.encode(&text).0);
        } else {
            prop_assert_eq!(bytes, text.as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_read_back(
        bytes in prop::collection::vec(any::<u8>(), 1..300),
        options in any_options(),
    ) {
        let mut encoder = Encoder::new();
        let symbol = encoder.encode_bytes(&bytes, &options).unwrap();
        let content = read_matrix(symbol).unwrap();
        prop_assert_eq!(&content.bytes, &bytes);
        prop_assert_eq!(readers::rqrr(symbol).unwrap(), bytes);
    }

    /// The scratch memory of one symbol leaves no trace in the next.
    #[test]
    fn a_used_encoder_makes_the_same_symbols(
        texts in prop::collection::vec(".{1,400}", 2..6),
        options in any_options(),
    ) {
        let mut encoder = Encoder::new();
        for text in &texts {
            prop_assert_eq!(encoder.encode(text, &options).cloned(), encode(text, &options));
        }
    }
}
