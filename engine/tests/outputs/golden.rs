//! The bytes of images, once and for all: the same on every machine and in every release.
//!
//! A change here changes what users have stored: `unchanged` becomes `replaced`. If it is meant to,
//! `QRGEN_RENEW_GOLDEN=1 cargo test -p qrgen-engine golden` writes the table anew.

use std::fmt::Write;

use qrgen_engine::{EncodeOptions, ErrorCorrection, PngWriter, Style, encode};
use ring::digest;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outputs/golden.txt");

fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("url", "https://example.com/menu".into()),
        ("upper-case url", "HTTPS://EXAMPLE.COM/MENU".into()),
        ("digits", "0123456789".repeat(8)),
        (
            "wifi",
            "WIFI:T:WPA;S:Example;P:correct horse battery staple;;".into(),
        ),
        ("umlauts", "Grüße aus Köln".into()),
        ("japanese", "日本語のテキスト、漢字とかな。".into()),
        ("emoji", "👩‍🚀 → 🌍".into()),
        (
            "long",
            "The quick brown fox jumps over the lazy dog. ".repeat(28),
        ),
        ("longest", "0123456789".repeat(305)),
    ]
}

/// The four presets, and the ends of every range.
fn details() -> Vec<(&'static str, EncodeOptions, Style)> {
    let detail = |level, boost, scale, quiet_zone| {
        let options = EncodeOptions {
            error_correction: level,
            boost,
        };
        (
            options,
            Style {
                scale,
                quiet_zone,
                ..Style::default()
            },
        )
    };
    let named = |name, (options, style)| (name, options, style);
    let colored = |(options, style): (EncodeOptions, Style)| {
        let (dark, light) = ("#102a43".parse().unwrap(), "#fffbea".parse().unwrap());
        (
            options,
            Style {
                dark,
                light,
                ..style
            },
        )
    };
    vec![
        named("low", detail(ErrorCorrection::L, true, 4, 4)),
        named("medium", detail(ErrorCorrection::M, true, 8, 4)),
        named("high", detail(ErrorCorrection::Q, true, 12, 4)),
        named("max", detail(ErrorCorrection::H, true, 16, 4)),
        named("smallest", detail(ErrorCorrection::L, false, 1, 0)),
        named("widest border", detail(ErrorCorrection::L, false, 3, 16)),
        named("large", detail(ErrorCorrection::L, false, 24, 1)),
        named("largest", detail(ErrorCorrection::L, false, 64, 4)),
        named("colours", colored(detail(ErrorCorrection::M, false, 5, 2))),
    ]
}

fn table() -> String {
    let mut table = String::new();
    let mut writer = PngWriter::new();
    for (text_name, text) in texts() {
        for (detail_name, options, style) in details() {
            let mut png = Vec::new();
            let symbol = encode(&text, &options).unwrap();
            writer.write_into(&symbol, &style, &mut png).unwrap();
            for byte in digest::digest(&digest::SHA256, &png).as_ref() {
                write!(table, "{byte:02x}").unwrap();
            }
            writeln!(table, " {:>6} bytes  {text_name}, {detail_name}", png.len()).unwrap();
        }
    }
    table
}

#[test]
fn golden_images_have_the_bytes_they_always_had() {
    let table = table();
    if std::env::var_os("QRGEN_RENEW_GOLDEN").is_some() {
        std::fs::write(TABLE, &table).unwrap();
    }
    let committed = std::fs::read_to_string(TABLE).unwrap();
    for (line, (is, was)) in table.lines().zip(committed.lines()).enumerate() {
        assert_eq!(is, was, "line {} of golden.txt", line + 1);
    }
    assert_eq!(table.lines().count(), committed.lines().count());
}
