//! All that the engine does, once, and few symbols at that: what Miri has time for. It runs on the portable path there,
//! for it has no others.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use qrgen_engine::{
    EncodeOptions, Encoder, ErrorCorrection, PngWriter, Reader, Style, Symbol, TerminalBackground,
    describe, read_matrix, to_argb, to_luma, to_svg, to_terminal,
};

/// All modes, an ECI header, and (without Miri) a symbol of three words a row.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "7",
        "HTTPS://EXAMPLE.COM",
        "Grüße",
        "注文番号12345678901234567890東京ABCDEFGHIJK様",
    ]
    .map(str::to_owned)
    .into();
    texts.push("digits and letters 0123456789 ".repeat(if cfg!(miri) { 3 } else { 60 }));
    texts
}

fn portable() -> Encoder {
    Encoder::on_each_path().last().unwrap()
}

fn symbols() -> Vec<(String, Symbol)> {
    let options = EncodeOptions {
        error_correction: ErrorCorrection::L,
        boost: false,
    };
    let mut encoder = portable();
    let mut symbol_of = |text: &str| encoder.encode(text, &options).unwrap().clone();
    let pairs = texts().into_iter().map(|text| {
        let symbol = symbol_of(&text);
        (text, symbol)
    });
    pairs.collect()
}

#[test]
fn symbols_and_images_are_read_back() {
    let (mut writer, mut reader) = (PngWriter::new(), Reader::new());
    for (text, symbol) in symbols() {
        assert_eq!(read_matrix(&symbol).unwrap().text(), Some(text.as_str()));
        // Miri has no time for more.
        let scales = if text.len() < 2 { &[1, 3, 8][..] } else { &[3] };
        for &scale in scales {
            let style = Style {
                scale,
                ..Style::default()
            };
            let mut file = Vec::new();
            writer.write_into(&symbol, &style, &mut file).unwrap();
            let image = reader.read(&file).unwrap();
            assert_eq!((&image.symbol, image.style), (&symbol, style));
            let half = file.len() / 2;
            file[half] ^= 0x10;
            assert!(reader.read(&file).is_err());
        }
    }
}

#[test]
fn bytes_are_read_back() {
    let mut encoder = portable();
    let payload = [0xFF, 0x00, 0x93, 0xFA];
    let symbol = encoder.encode_bytes(&payload, &EncodeOptions::default());
    assert_eq!(read_matrix(symbol.unwrap()).unwrap().bytes, payload);
}

#[test]
fn the_other_outputs_show_as_many_dark_modules() {
    let symbol = portable()
        .encode("HTTPS://EXAMPLE.COM", &EncodeOptions::default())
        .unwrap()
        .clone();
    let size = symbol.size();
    let modules = (0..size * size).filter(|at| symbol.is_dark(at % size, at / size));
    let dark = modules.count();

    let light = to_luma(&symbol, 33, 4).unwrap();
    assert_eq!(
        light.iter().map(|&pixel| usize::from(pixel)).sum::<usize>(),
        255 * (33 * 33 - dark)
    );
    let colour = to_argb(&symbol, 33, 4, 1, 0).unwrap();
    assert_eq!(colour.iter().filter(|pixel| **pixel == 1).count(), dark);
    let terminal = to_terminal(&symbol, 4, TerminalBackground::Light);
    let halves = terminal.chars().map(|block| match block {
        '█' => 2,
        '▀' | '▄' => 1,
        _ => 0,
    });
    assert_eq!(halves.sum::<usize>(), dark);
    assert!(
        to_svg(&symbol, &Style::default(), "title")
            .unwrap()
            .contains("<title>title</title>")
    );
}

#[test]
fn a_text_is_described() {
    let description = describe("https://example.com/", &EncodeOptions::default()).unwrap();
    assert_eq!(description.used_bits, 4 + 8 + 20 * 8);
}
