//! Whatever is encoded says the same when it is read, on the fastest instructions and on those that
//! any processor has; what is refused is refused for its length.
//!
//! The first byte of the input is the level, and whether it may be raised; the rest is the payload.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use qrgen_engine::{EncodeError, EncodeOptions, Encoder, ErrorCorrection, Symbol, read_matrix};

thread_local! {
    /// Kept from one input to the next, as in a server.
    static ENCODERS: RefCell<(Encoder, Encoder)> = RefCell::new({
        let portable = Encoder::on_each_path().last().expect("one runs anywhere");
        (Encoder::new(), portable)
    });
}

fuzz_target!(|data: &[u8]| {
    let Some((&choice, payload)) = data.split_first() else {
        return;
    };
    let options = EncodeOptions {
        error_correction: ErrorCorrection::ALL[usize::from(choice & 3)],
        boost: choice & 4 != 0,
    };
    ENCODERS.with_borrow_mut(|(fastest, portable)| {
        if let Ok(text) = str::from_utf8(payload) {
            let symbol = fastest.encode(text, &options);
            assert_eq!(symbol, portable.encode(text, &options));
            if let Some(symbol) = accepted(symbol, payload, &options) {
                let content = read_matrix(symbol).expect("it is ours");
                assert_eq!(content.text(), Some(text));
            }
        }
        let symbol = fastest.encode_bytes(payload, &options);
        assert_eq!(symbol, portable.encode_bytes(payload, &options));
        if let Some(symbol) = accepted(symbol, payload, &options) {
            let content = read_matrix(symbol).expect("it is ours");
            assert_eq!(content.bytes, payload);
        }
    });
});

/// The symbol, if there is one; if there is none, there is a reason.
fn accepted<'a>(
    symbol: Result<&'a Symbol, EncodeError>,
    payload: &[u8],
    options: &EncodeOptions,
) -> Option<&'a Symbol> {
    match symbol {
        Ok(symbol) => {
            let (least, found) = (options.error_correction, symbol.error_correction());
            assert!(found == least || options.boost && found > least);
            return Some(symbol);
        }
        Err(EncodeError::Empty) => assert!(payload.is_empty()),
        Err(EncodeError::TooLong {
            needed_bits,
            available_bits,
            ..
        }) => {
            assert!(needed_bits > available_bits);
            // Nothing is packed tighter than digits, and no version holds less than the last.
            assert!(payload.len() > 1_200, "{} bytes are refused", payload.len());
        }
    }
    None
}
