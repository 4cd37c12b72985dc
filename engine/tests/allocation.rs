//! Memory is kept: after the first symbol of a version the encoder allocates nothing, and neither do the outputs.

use allocation_counter::measure;
use qrgen_engine::{
    EncodeOptions, Encoder, ErrorCorrection, PngWriter, Style, TerminalBackground, encode, to_argb,
    to_luma, to_png, to_svg, to_terminal, write_argb, write_luma, write_svg, write_terminal,
};

/// Appends an output to a buffer.
type Write<'a> = Box<dyn FnMut(&mut Vec<u8>) + 'a>;

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

/// Every output goes into a buffer that is kept; the second image of a size takes nothing more, and has the
/// same bytes as one that is asked for by itself.
#[test]
fn no_output_allocates_when_its_buffer_has_room() {
    let symbol = encode("https://example.com/menu", &EncodeOptions::default()).expect("fits");
    let style = Style::default();
    let title = "<https://example.com/menu> 日本語";
    let mut png = PngWriter::new();
    let background = TerminalBackground::Dark;

    let mut outputs: [(&str, Vec<u8>, Write<'_>); 4] = [
        (
            "PNG",
            to_png(&symbol, &style).expect("default"),
            Box::new(|out| png.write_into(&symbol, &style, out).expect("default")),
        ),
        (
            "SVG",
            to_svg(&symbol, &style, title).expect("default").into(),
            Box::new(|out| write_svg(&symbol, &style, title, out).expect("default")),
        ),
        (
            "terminal",
            to_terminal(&symbol, 4, background).into(),
            Box::new(|out| write_terminal(&symbol, 4, background, out)),
        ),
        (
            "luma",
            to_luma(&symbol, 100, 4).expect("in range"),
            Box::new(|out| write_luma(&symbol, 100, 4, out).expect("in range")),
        ),
    ];
    for (name, expected, write) in &mut outputs {
        let mut out = b"before".to_vec();
        write(&mut out);
        assert_eq!(out, [b"before", &expected[..]].concat(), "{name}");
        out.clear();
        let count = measure(|| write(&mut out));
        assert_eq!((count.count_total, &out), (0, &*expected), "{name}");
    }
    let mut out = Vec::new();
    let write = |out: &mut Vec<u32>| write_argb(&symbol, 100, 4, [1, 2], out).expect("in range");
    write(&mut out);
    assert_eq!(out, to_argb(&symbol, 100, 4, 1, 2).expect("in range"));
    out.clear();
    assert_eq!(measure(|| write(&mut out)).count_total, 0);
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
