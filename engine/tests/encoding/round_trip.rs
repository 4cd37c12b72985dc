//! What goes in comes out.

use proptest::prelude::*;
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, Mode, encode, read_matrix};

use crate::support::{properties, readers};

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
        // Only what is not ASCII is announced to be UTF-8.
        let has_eci = content.segments.iter().any(|segment| segment.mode == Mode::Eci);
        prop_assert_eq!(has_eci, !text.is_ascii());
        prop_assert_eq!(readers::rqrr(&symbol).unwrap(), text.as_bytes());
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
