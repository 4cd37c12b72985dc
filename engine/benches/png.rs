//! How long an image takes to write and to read back, beside crate `png` at its settings for speed:
//! `cargo bench -p qrgen-engine --bench png`. The sizes of the files are printed first.
//!
//! Crate `png` gets the pixels ready made; its time is that of the encoder alone. Ours includes
//! drawing them. Every call takes another symbol of the same size.

#![expect(clippy::expect_used, reason = "a bench that can't run should say so")]
#![expect(
    clippy::print_stdout,
    reason = "the sizes are for the reader of the bench"
)]

use std::io::Cursor;

use criterion::{Criterion, criterion_group, criterion_main};
use png::{BitDepth, ColorType, Compression};
use qrgen_engine::{
    EncodeOptions, ErrorCorrection, PngWriter, Reader, Style, Symbol, encode, to_png,
};

const MEDIUM: EncodeOptions = EncodeOptions {
    error_correction: ErrorCorrection::M,
    boost: false,
};

/// Letters in symbols of versions 2, 6, 13, 26 and 40.
const LENGTHS: [usize; 5] = [25, 100, 300, 1_000, 2_300];
/// Pixels a module.
const SCALES: [u32; 3] = [4, 8, 16];

/// Eight symbols of that many letters.
fn symbols(letters: usize) -> Vec<Symbol> {
    let mut random = fastrand::Rng::with_seed(1);
    let mut text = || (0..letters).map(|_| random.lowercase()).collect::<String>();
    (0..8)
        .map(|_| encode(&text(), &MEDIUM).expect("letters that fit"))
        .collect()
}

fn decode(file: &[u8]) -> (u32, Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(file))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a small image")];
    reader.next_frame(&mut pixels).expect("pixels");
    (reader.info().width, pixels)
}

fn write_by_crate_png(width: u32, pixels: &[u8], out: &mut Vec<u8>) {
    let mut encoder = png::Encoder::new(out, width, width);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::One);
    encoder.set_palette([[255; 3], [0; 3]].concat());
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header().expect("memory");
    writer.write_image_data(pixels).expect("memory");
}

fn images(criterion: &mut Criterion) {
    for letters in LENGTHS {
        let symbols = symbols(letters);
        for scale in SCALES {
            let style = Style {
                scale,
                ..Style::default()
            };
            let files: Vec<Vec<u8>> = symbols
                .iter()
                .map(|symbol| to_png(symbol, &style).expect("a style that can be drawn"))
                .collect();
            let pixels: Vec<(u32, Vec<u8>)> = files.iter().map(|file| decode(file)).collect();
            let case = format!("version {}, {scale} px", symbols[0].version());
            let mut out = Vec::new();
            write_by_crate_png(pixels[0].0, &pixels[0].1, &mut out);
            println!(
                "{case}: {} bytes, by crate png {} bytes",
                files[0].len(),
                out.len()
            );

            let mut group = criterion.benchmark_group(&case);
            let mut writer = PngWriter::new();
            let mut next = symbols.iter().cycle();
            group.bench_function("write", |bencher| {
                bencher.iter(|| {
                    out.clear();
                    writer.write_into(next.next()?, &style, &mut out).ok()
                });
            });
            let mut next = pixels.iter().cycle();
            group.bench_function("write by crate png", |bencher| {
                bencher.iter(|| {
                    out.clear();
                    let (width, pixels) = next.next()?;
                    write_by_crate_png(*width, pixels, &mut out);
                    Some(())
                });
            });
            let mut next = files.iter().cycle();
            group.bench_function("read", |bencher| {
                let mut reader = Reader::new();
                bencher.iter(|| next.next().map(|file| reader.read(file).is_ok()));
            });
            let mut next = files.iter().cycle();
            group.bench_function("decode by crate png", |bencher| {
                bencher.iter(|| next.next().map(|file| decode(file)));
            });
            group.finish();
        }
    }
}

criterion_group!(benches, images);
criterion_main!(benches);
