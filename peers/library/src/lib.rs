//! Text to PNG behind one exported function, so that the linker keeps what that needs and no more.

/// The bytes of the image of a text that holds this number; 0 when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn png_bytes(number: u64) -> usize {
    image(&number.to_string()).len()
}

#[cfg(feature = "engine")]
fn image(text: &str) -> Vec<u8> {
    use qrgen_engine::{EncodeOptions, Style, encode, to_png};

    encode(text, &EncodeOptions::default())
        .ok()
        .and_then(|symbol| to_png(&symbol, &Style::default()).ok())
        .unwrap_or_default()
}

/// The standard library's part.
#[cfg(not(feature = "engine"))]
fn image(text: &str) -> Vec<u8> {
    text.into()
}
