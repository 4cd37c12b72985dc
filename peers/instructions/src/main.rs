//! Runs one of five cases twice: once so that all memory is there, and once in [`counted`], where callgrind
//! counts. `cargo xtask instructions` runs it.

use std::error::Error;
use std::hint::black_box;

use qrgen_engine::{EncodeOptions, Encoder, PngWriter, Reader, Style, encode, to_png};

const URL: &str = "https://example.com/menu";

fn main() -> Result<(), Box<dyn Error>> {
    let case = std::env::args().nth(1).unwrap_or_default();
    let mut work = work(&case)?;
    work();
    counted(&mut *work);
    Ok(())
}

/// What callgrind counts, by the name of this function.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
}

fn work(case: &str) -> Result<Box<dyn FnMut()>, Box<dyn Error>> {
    let options = EncodeOptions::default();
    let style = Style::default();
    let symbol = encode(URL, &options)?;
    Ok(match case {
        "encode-version-2" => encoding(Encoder::new(), URL.to_owned()),
        "encode-version-40" => {
            let text = "The quick brown fox jumps over the lazy dog. ".repeat(51);
            encoding(Encoder::new(), text)
        }
        "encode-version-2-portable" => {
            let portable = Encoder::on_each_path().last();
            encoding(portable.ok_or("no path")?, URL.to_owned())
        }
        "png-version-2" => {
            let (mut writer, mut file) = (PngWriter::new(), Vec::new());
            Box::new(move || {
                file.clear();
                let written = writer.write_into(black_box(&symbol), &style, &mut file);
                assert!(black_box(written).is_ok());
            })
        }
        "read-png-version-2" => {
            let (file, mut reader) = (to_png(&symbol, &style)?, Reader::new());
            Box::new(move || assert!(black_box(reader.read(black_box(&file))).is_ok()))
        }
        _ => return Err("no such case".into()),
    })
}

fn encoding(mut encoder: Encoder, text: String) -> Box<dyn FnMut()> {
    Box::new(move || {
        let symbol = encoder.encode(black_box(&text), &EncodeOptions::default());
        assert!(black_box(symbol).is_ok());
    })
}
