//! Scratch memory is kept: after the first symbol of a version the encoder allocates nothing.

use allocation_counter::measure;
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection};

#[test]
fn a_warm_encoder_allocates_nothing() {
    let options = EncodeOptions {
        error_correction: ErrorCorrection::L,
        boost: true,
    };
    let texts = [
        "https://example.com/menu".to_owned(),
        "注文番号12345678901234567890東京ABCDEFGHIJK様".to_owned(),
        // Version 40, cut into as many segments as possible.
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678901234567890abcdefghijklmno".repeat(58),
    ];
    let mut encoder = Encoder::new();
    for text in &texts {
        encoder.encode(text, &options).expect("fits");
    }
    for text in &texts {
        let count = measure(|| {
            let symbol = encoder.encode(text, &options);
            assert!(symbol.is_ok());
        });
        assert_eq!(count.count_total, 0, "{text}");
    }
}

/// Neither does it for a text that it refuses, whatever its length.
#[test]
fn a_refused_text_costs_no_memory() {
    let text = "0a".repeat(1_000_000);
    let mut encoder = Encoder::new();
    let count = measure(|| {
        let symbol = encoder.encode(&text, &EncodeOptions::default());
        assert!(symbol.is_err());
    });
    assert_eq!(count.count_total, 0);
}
