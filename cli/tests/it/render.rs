//! `qrgen render`, and what goes in by stdin and out by stdout.

use std::fs;

use crate::support::Home;

#[test]
fn a_dash_is_stdin_and_stdout() {
    let home = Home::new();
    // `echo` ends with a line ending that nobody means; further ones are content.
    let inputs = [
        ("text", "text"),
        ("text\n", "text"),
        ("text\r\n", "text"),
        ("a\nb\n\n", "a\nb\n"),
    ];
    for (input, text) in inputs {
        let read = home.run_with_input(["render", "-", "--format", "svg"], input.as_bytes());
        let said = home.run(["render", text, "--format", "svg"]);
        assert_eq!(read.text(), said.text(), "{input:?}");
    }
    home.run_with_input(["generate", "menu", "-"], b"from stdin\n")
        .text();
    assert_eq!(
        home.run(["show", "menu", "--json"]).json()["text"],
        "from stdin"
    );
    let by_name = home.run(["get", "menu", "-o", "-"]).stdout;
    assert!(by_name.starts_with(b"\x89PNG"));
    assert_eq!(home.run(["get", "menu"]).stdout, by_name);

    let proof = |body: &str, input: &[u8]| {
        let arguments = [
            "key",
            "proof",
            "--url",
            "http://localhost/v1/qr",
            "--body",
            body,
        ];
        home.run_with_input(arguments, input).text().to_owned()
    };
    assert!(proof("-", b"{}").starts_with("DPoP: eyJ"));

    home.run_with_input(["render", "-"], b"\xff\xfe")
        .assert_failed(1, "text_not_utf8");
    home.run_with_input(["render", "-"], "ü".repeat(20_000).as_bytes())
        .assert_failed(1, "text_too_long");
}

#[test]
fn render_writes_what_the_ending_or_the_format_says() {
    let home = Home::new();
    let cases: [(&str, &[&str], &[u8]); 6] = [
        ("code.png", &[], b"\x89PNG"),
        ("code.PNG", &[], b"\x89PNG"),
        ("code.svg", &[], b"<svg"),
        ("code.txt", &[], "█".as_bytes()),
        ("code", &["--format", "svg"], b"<svg"),
        ("other.png", &["--format", "svg"], b"<svg"),
    ];
    for (file, options, contains) in cases {
        home.run(["render", "text", "-o", file].iter().chain(options))
            .text();
        let written = fs::read(home.path(file)).unwrap();
        assert!(
            written
                .windows(contains.len())
                .any(|window| window == contains),
            "{file}"
        );
    }
    let on_light = home.run([
        "render",
        "text",
        "--format",
        "terminal",
        "--background",
        "light",
    ]);
    let on_dark = home.run([
        "render",
        "text",
        "--format",
        "terminal",
        "--background",
        "dark",
    ]);
    assert_ne!(on_light.text(), on_dark.text());
    assert!(
        !on_light.text().contains('\x1b'),
        "no colour where none is wanted"
    );
}

#[test]
fn explain_tells_how_the_symbol_is_built_and_draws_only_into_a_file() {
    let home = Home::new();
    let alone = home
        .run(["render", "https://example.com", "--explain"])
        .text()
        .to_owned();
    assert!(alone.to_lowercase().contains("version"), "{alone}");
    let with_file = home.run([
        "render",
        "https://example.com",
        "--explain",
        "-o",
        "code.png",
    ]);
    assert!(with_file.text().starts_with(alone.trim_end()));
    assert!(home.path("code.png").exists());
}

/// ISO/IEC 18004:2015, 5.3.2 and 9.1: 13 to 17 modules, and a border of two.
#[test]
fn micro_draws_a_micro_qr_symbol() {
    let home = Home::new();
    for (options, modules) in [
        (&["12345678"][..], 13 + 4_u8),
        (&["qr-menu"], 15 + 4),
        (&["qr-menu", "--quiet-zone", "1"], 15 + 2),
        (&["example.com/a"], 17 + 4),
    ] {
        let svg = [&["render", "--micro", "--format", "svg"], options].concat();
        let view = format!("viewBox=\"0 0 {modules} {modules}\"");
        assert!(home.run(&svg).text().contains(&view), "{options:?}");

        let png = [&["render", "--micro", "--format", "png"], options].concat();
        let file = home.run(&png).stdout;
        assert!(file.starts_with(b"\x89PNG"));
        assert_eq!(
            file[16..20],
            (8 * u32::from(modules)).to_be_bytes(),
            "{options:?}"
        );

        let text = [&["render", "--micro", "--format", "terminal"], options].concat();
        let lines = home.run(&text).text().to_owned();
        assert!(
            lines
                .lines()
                .all(|line| line.chars().count() == usize::from(modules))
        );
    }
    for (options, code) in [
        (&["https://example.com/menu"][..], "text_does_not_fit"),
        (&["Grüße"], "text_does_not_fit"),
        (&["12345", "--level", "H"], "detail_invalid"),
    ] {
        let arguments = [&["render", "--micro", "--format", "svg"], options].concat();
        home.run(&arguments).assert_failed(1, code);
    }
}

#[test]
fn low_contrast_can_be_forced_when_rendering() {
    let home = Home::new();
    let pale = ["render", "text", "--dark", "#dddddd", "-o", "pale.png"];
    home.run(pale).assert_failed(1, "contrast_too_low");
    home.run(pale.iter().chain(&["--allow-low-contrast"]))
        .text();
    assert!(home.path("pale.png").exists());
}

#[test]
fn render_needs_no_home_and_makes_no_key() {
    let home = Home::new();
    home.command(["render", "text"])
        .env_remove("QRGEN_DATA_DIR")
        .output()
        .unwrap();
    home.run(["render", "text"])
        .stdout
        .starts_with(b"\x89PNG")
        .then_some(())
        .unwrap();
    assert!(!home.path("data").exists());
}
