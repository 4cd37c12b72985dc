//! SVG images, parsed back to their modules.

use qrgen_engine::{ErrorCorrection, Style, StyleError, to_svg};

use crate::samples::{modules, symbol_of_version};

/// The value of the first such attribute of the first such element.
fn attribute<'a>(svg: &'a str, element: &str, name: &str) -> &'a str {
    let element = &svg[svg.find(&format!("<{element} ")).unwrap()..];
    let element = &element[..element.find('>').unwrap()];
    let value = &element[element.find(&format!(" {name}=\"")).unwrap() + name.len() + 3..];
    &value[..value.find('"').unwrap()]
}

/// What a renderer fills: every subpath must be a rectangle one unit high, `Mx yhnv1h-nz`.
fn filled(path: &str, size: usize) -> Vec<Vec<bool>> {
    let mut modules = vec![vec![false; size]; size];
    for rectangle in path.split_terminator('z') {
        let (start, sides) = rectangle
            .strip_prefix('M')
            .unwrap()
            .split_once('h')
            .unwrap();
        let (x, y) = start.split_once(' ').unwrap();
        let (right, back) = sides.split_once("v1h-").unwrap();
        assert_eq!(right, back, "a closed rectangle");
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        for module in &mut modules[y][x..x + right.parse::<usize>().unwrap()] {
            assert!(!*module, "nothing is drawn twice");
            *module = true;
        }
    }
    modules
}

#[test]
fn the_path_fills_the_dark_modules_of_every_version() {
    for version in 1..=40 {
        let symbol = symbol_of_version(version, ErrorCorrection::Q, 1);
        let quiet_zone = u32::from(version) % 17;
        let style = Style {
            quiet_zone,
            ..Style::default()
        };
        let svg = to_svg(&symbol, &style, "").unwrap();
        let size = symbol.size() + 2 * quiet_zone as usize;
        assert_eq!(
            attribute(&svg, "svg", "viewBox"),
            format!("0 0 {size} {size}")
        );
        let path = attribute(&svg, "path", "d");
        assert!(
            filled(path, size) == modules(&symbol, quiet_zone as usize),
            "version {version}"
        );
    }
}

#[test]
fn runs_of_dark_modules_are_one_rectangle() {
    let symbol = symbol_of_version(1, ErrorCorrection::L, 1);
    let style = Style {
        quiet_zone: 0,
        ..Style::default()
    };
    let svg = to_svg(&symbol, &style, "").unwrap();
    assert!(
        attribute(&svg, "path", "d").starts_with("M0 0h7v1h-7z"),
        "the finder pattern"
    );
}

#[test]
fn sizes_colours_and_sharp_edges_are_attributes() {
    let symbol = symbol_of_version(2, ErrorCorrection::L, 1);
    let (dark, light) = ("#102030".parse().unwrap(), "#fffff0".parse().unwrap());
    let style = Style {
        scale: 10,
        dark,
        light,
        ..Style::default()
    };
    let svg = to_svg(&symbol, &style, "").unwrap();
    assert_eq!(attribute(&svg, "svg", "width"), "330");
    assert_eq!(attribute(&svg, "svg", "height"), "330");
    assert_eq!(attribute(&svg, "svg", "shape-rendering"), "crispEdges");
    assert_eq!(attribute(&svg, "rect", "width"), "33");
    assert_eq!(attribute(&svg, "rect", "height"), "33");
    assert_eq!(attribute(&svg, "rect", "fill"), "#fffff0");
    assert_eq!(attribute(&svg, "path", "fill"), "#102030");
    assert_eq!(svg.matches("<path").count(), 1);
}

#[test]
fn the_title_cannot_break_out_of_its_element() {
    let symbol = symbol_of_version(1, ErrorCorrection::L, 1);
    let title = "</title><script>alert('&')</script>";
    let svg = to_svg(&symbol, &Style::default(), title).unwrap();
    let expected = "<title>&lt;/title&gt;&lt;script&gt;alert('&amp;')&lt;/script&gt;</title>";
    assert!(svg.contains(expected), "{svg}");
}

#[test]
fn a_style_that_cannot_be_drawn_is_refused() {
    let symbol = symbol_of_version(1, ErrorCorrection::L, 1);
    let style = Style {
        quiet_zone: 17,
        ..Style::default()
    };
    let error = StyleError::QuietZoneOutOfRange {
        value: 17,
        range: 0..=16,
    };
    assert_eq!(to_svg(&symbol, &style, ""), Err(error));
}
