//! The instructions that a processor has make a symbol faster, and nothing else.

use proptest::prelude::*;
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, Symbol};

use crate::support::hard_set::{self, Payload};

/// The symbol that the encoders of all paths make.
fn same_symbol(encoders: &mut [Encoder], make: impl Fn(&mut Encoder) -> Option<Symbol>) {
    let (portable, others) = encoders.split_last_mut().unwrap();
    let expected = make(portable);
    for encoder in others {
        assert_eq!(make(encoder), expected, "{encoder:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_give_the_same_symbol_on_any_path(
        payload in prop::collection::vec(any::<u8>(), 1..1200),
        level in prop::sample::select(&ErrorCorrection::ALL),
    ) {
        let options = EncodeOptions { error_correction: level, boost: false };
        let mut encoders: Vec<_> = Encoder::on_each_path().collect();
        same_symbol(&mut encoders, |encoder| encoder.encode_bytes(&payload, &options).ok().cloned());
    }

    #[test]
    fn any_text_gives_the_same_symbol_on_any_path(
        text in "\\PC{1,300}|[0-9]{1,500}|[ -Z]{1,500}|[ -z]{1,500}",
        level in prop::sample::select(&ErrorCorrection::ALL),
    ) {
        let options = EncodeOptions { error_correction: level, boost: true };
        let mut encoders: Vec<_> = Encoder::on_each_path().collect();
        same_symbol(&mut encoders, |encoder| encoder.encode(&text, &options).ok().cloned());
    }
}

/// One encoder each for all of them, large symbols and small ones in turn.
#[test]
fn the_hard_set_gives_the_same_symbols_on_any_path() {
    let mut encoders: Vec<_> = Encoder::on_each_path().collect();
    for case in hard_set::cases() {
        let options = EncodeOptions {
            error_correction: case.level,
            boost: false,
        };
        same_symbol(&mut encoders, |encoder| {
            let symbol = match &case.payload {
                Payload::Text(text) => encoder.encode(text, &options),
                Payload::Binary(bytes) => encoder.encode_bytes(bytes, &options),
            };
            symbol.ok().cloned()
        });
    }
}
