//! An image in any style is one that others decode to the pixels that it should have, and that is read
//! back as symbol, style and text; a style that can't be drawn leaves no trace.
//!
//! The first eleven bytes of the input are scale, quiet zone, level, whether low contrast is allowed, and
//! the colours; the rest is the text.

#![no_main]

use std::cell::RefCell;
use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use qrgen_engine::{
    Color, EncodeOptions, Encoder, ErrorCorrection, PngWriter, Style, Symbol, read_png,
};

thread_local! {
    /// Kept from one input to the next.
    static KEPT: RefCell<(Encoder, PngWriter, Vec<u8>)> =
        RefCell::new((Encoder::new(), PngWriter::new(), Vec::new()));
}

fuzz_target!(|data: &[u8]| {
    let Some((
        &[
            scale,
            quiet_zone,
            choice,
            flags,
            r,
            g,
            b,
            red,
            green,
            blue,
            _,
        ],
        text,
    )) = data.split_first_chunk()
    else {
        return;
    };
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let style = Style {
        // Some that are out of range, too.
        scale: u32::from(scale % 70),
        quiet_zone: u32::from(quiet_zone % 20),
        dark: Color {
            red: r,
            green: g,
            blue: b,
        },
        light: Color { red, green, blue },
        allow_low_contrast: flags & 1 != 0,
    };
    let options = EncodeOptions {
        error_correction: ErrorCorrection::ALL[usize::from(choice & 3)],
        boost: choice & 4 != 0,
    };
    KEPT.with_borrow_mut(|(encoder, writer, file)| {
        let Ok(symbol) = encoder.encode(text, &options) else {
            return;
        };
        file.clear();
        if writer.write_into(symbol, &style, file).is_err() {
            assert!(file.is_empty());
            assert!(style.check().is_err());
            return;
        }
        let image = read_png(file).expect("it is ours");
        assert_eq!(image.symbol, *symbol);
        assert_eq!(image.content.text(), Some(text));
        assert_eq!(
            [image.style.scale, image.style.quiet_zone],
            [style.scale, style.quiet_zone]
        );
        assert_eq!(
            [image.style.dark, image.style.light],
            [style.dark, style.light]
        );
        // The largest take too long to look at by a decoder for all images.
        if image.width_px < 600 {
            assert_shows(file, symbol, &style);
        }
    });
});

fn assert_shows(file: &[u8], symbol: &Symbol, style: &Style) {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.ignore_checksums(false);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let frame = reader.next_frame(&mut pixels).expect("an image");
    reader.finish().expect("an end");
    let (scale, quiet_zone) = (style.scale as usize, style.quiet_zone as usize);
    for (y, line) in pixels.chunks(frame.line_size).enumerate() {
        for x in 0..frame.width as usize {
            let module = |pixel: usize| (pixel / scale).wrapping_sub(quiet_zone);
            let is_dark = line[x / 8] << (x % 8) & 0x80 != 0;
            assert_eq!(is_dark, symbol.is_dark(module(x), module(y)), "{x}, {y}");
        }
    }
}
