//! The instructions that a processor has make a symbol faster, and nothing else.

use proptest::prelude::*;
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection};

use crate::support::hard_set::{self, Payload};

proptest! {
    #[test]
    fn any_bytes_give_the_same_symbol_on_any_path(
        payload in prop::collection::vec(any::<u8>(), 0..1200),
        level in prop::sample::select(&ErrorCorrection::ALL),
    ) {
        let options = EncodeOptions { error_correction: level, boost: false };
        let (mut fastest, mut portable) = (Encoder::new(), Encoder::portable());
        prop_assert_eq!(
            fastest.encode_bytes(&payload, &options),
            portable.encode_bytes(&payload, &options)
        );
    }

    #[test]
    fn any_text_gives_the_same_symbol_on_any_path(
        text in "\\PC{0,300}|[0-9]{0,500}|[ -Z]{0,500}|[ -z]{0,500}",
        level in prop::sample::select(&ErrorCorrection::ALL),
    ) {
        let options = EncodeOptions { error_correction: level, boost: true };
        let (mut fastest, mut portable) = (Encoder::new(), Encoder::portable());
        prop_assert_eq!(fastest.encode(&text, &options), portable.encode(&text, &options));
    }
}

/// One encoder each for all of them, large symbols and small ones in turn.
#[test]
fn the_hard_set_gives_the_same_symbols_on_any_path() {
    let (mut fastest, mut portable) = (Encoder::new(), Encoder::portable());
    for case in hard_set::cases() {
        let options = EncodeOptions {
            error_correction: case.level,
            boost: false,
        };
        let (name, level) = (case.name, case.level);
        match &case.payload {
            Payload::Text(text) => assert_eq!(
                fastest.encode(text, &options),
                portable.encode(text, &options),
                "{name} at {level}"
            ),
            Payload::Binary(bytes) => assert_eq!(
                fastest.encode_bytes(bytes, &options),
                portable.encode_bytes(bytes, &options),
                "{name} at {level}"
            ),
        }
    }
}
