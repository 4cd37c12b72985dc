//! Drawing without a service.

use qrgen_sdk::render::{self, TerminalBackground};
use qrgen_sdk::{ClientCode, Detail, DetailOptions, Level, QrError, RenderRequest, SymbolInfo};

const TEXT: &str = "https://example.com/menu";

#[test]
fn a_rendered_code_says_what_it_is() {
    let code = render::render(&RenderRequest::new(TEXT)).unwrap();
    assert_eq!(code.symbol.version, 2);
    assert!(
        code.symbol.error_correction >= Level::M,
        "raised where it costs nothing"
    );
    assert_eq!(code.width_px, (25 + 2 * 4) * 8);
    let image = qrgen_engine::read_png(&code.png).unwrap();
    assert_eq!(image.content.text(), Some(TEXT));
    assert_eq!(i32::from(image.symbol.mask().number()), code.symbol.mask);
}

#[test]
fn every_preset_has_its_level_and_scale() {
    let presets = [
        (Detail::Low, Level::L, 4),
        (Detail::Medium, Level::M, 8),
        (Detail::High, Level::Q, 12),
        (Detail::Max, Level::H, 16),
    ];
    for (detail, least, scale) in presets {
        let request = RenderRequest {
            detail,
            ..RenderRequest::new(TEXT)
        };
        let code = render::render(&request).unwrap();
        let SymbolInfo {
            version,
            error_correction,
            ..
        } = code.symbol;
        assert!(error_correction >= least);
        assert_eq!(code.width_px, (17 + 4 * version + 2 * 4) * scale);
    }
}

#[test]
fn svg_has_the_title_that_it_is_given() {
    let svg = render::svg(&RenderRequest::new(TEXT), "menu <1>").unwrap();
    assert!(svg.contains("<title>menu &lt;1&gt;</title>"), "{svg}");
}

#[test]
fn a_stored_image_is_shown_as_its_text_would_be() {
    let request = RenderRequest::new(TEXT);
    let png = render::render(&request).unwrap().png;
    for background in [TerminalBackground::Dark, TerminalBackground::Light] {
        let shown = render::terminal_from_png(&png, background).unwrap();
        assert_eq!(shown, render::terminal(&request, background).unwrap());
    }
}

#[test]
fn a_png_of_somebody_else_is_refused() {
    let mut damaged = render::render(&RenderRequest::new(TEXT)).unwrap().png;
    damaged[60] ^= 1;
    for png in [
        &b""[..],
        b"\x89PNG\r\n\x1a\n",
        b"not a PNG at all",
        &damaged,
    ] {
        let error = render::terminal_from_png(png, TerminalBackground::Dark).unwrap_err();
        assert_eq!(error.code(), ClientCode::PngUnreadable.as_str());
    }
}

#[test]
fn low_contrast_is_drawn_when_it_is_asked_for_by_name() {
    let options = DetailOptions {
        dark: "#ffffff".to_owned(),
        light: "#000000".to_owned(),
        ..DetailOptions::default()
    };
    let request = RenderRequest {
        detail: Detail::Custom { options },
        ..RenderRequest::new(TEXT)
    };
    match render::render(&request).unwrap_err() {
        QrError::InvalidInput { field, .. } => assert_eq!(field, "detail.dark"),
        other => panic!("{other:?}"),
    }
    render::render(&RenderRequest {
        allow_low_contrast: true,
        ..request
    })
    .unwrap();
}

#[test]
fn a_description_is_for_people_and_for_programs() {
    let description = render::describe(&RenderRequest::new("HTTPS://EXAMPLE.COM/MENU")).unwrap();
    assert!(
        description
            .to_string()
            .to_lowercase()
            .contains("alphanumeric"),
        "{description}"
    );
}

#[test]
fn what_cannot_be_described_is_refused_as_it_is_when_drawn() {
    let empty = render::describe(&RenderRequest::new("")).unwrap_err();
    assert_eq!(empty.code(), "text_empty");
    let long = render::describe(&RenderRequest::new("x".repeat(3_000))).unwrap_err();
    assert_eq!(long.code(), "text_does_not_fit");
}

/// The guide lists every code that a client gives by itself.
#[test]
fn the_guide_knows_every_code_of_the_client() {
    let guide = include_str!("../../docs/guide/rust.md");
    for code in ClientCode::ALL {
        let row = format!("| `{}` | {} |\n", code.as_str(), code.meaning());
        assert!(
            guide.contains(&row),
            "docs/guide/rust.md lacks the row {row}"
        );
    }
}
