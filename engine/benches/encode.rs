//! How long a symbol takes, from the text to the last module: `cargo bench -p qrgen-engine --bench
//! encode`.
//!
//! Levels are not raised, so that the versions are those of the names. Every call takes another text
//! of the same kind, so that the branches of one text are not learned by heart.

#![expect(clippy::expect_used, reason = "a bench that can't run should say so")]

use criterion::{Criterion, criterion_group, criterion_main};
use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, Version};

const MEDIUM: EncodeOptions = EncodeOptions {
    error_correction: ErrorCorrection::M,
    boost: false,
};

/// Texts of one kind and length.
type Texts = [String; 8];

fn texts(make: impl Fn(u64) -> String) -> Texts {
    std::array::from_fn(|i| make(1 + i as u64))
}

/// That many letters and digits, different for each seed.
fn token(seed: u64, length: usize) -> String {
    let mut rng = fastrand::Rng::with_seed(seed);
    (0..length).map(|_| rng.alphanumeric()).collect()
}

fn encode(criterion: &mut Criterion) {
    let sentence = "The quick brown fox, jumping over 13 lazy dogs, reads ISO/IEC 18004. ";
    let kinds: [(&str, u8, Texts); 7] = [
        (
            "short url",
            2,
            texts(|seed| format!("https://ex.co/a/{}", token(seed, 9))),
        ),
        (
            "40 digits",
            2,
            texts(|seed| format!("{:040}", seed * 0x0123_4567_89AB_CDEF)),
        ),
        (
            "long url",
            6,
            texts(|seed| {
                format!(
                    "https://www.example.com/shop?utm_source=qr&sig={}",
                    token(seed, 53)
                )
            }),
        ),
        (
            "japanese",
            5,
            texts(|seed| {
                format!(
                    "あいうえおかきくけこさしQR{}日本語漢字仮名交文章🍣🚀",
                    token(seed, 4)
                )
            }),
        ),
        (
            "contact",
            13,
            texts(|seed| {
                format!(
                    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{}\r\nEND:VCARD\r\n",
                    token(seed, 255)
                )
            }),
        ),
        (
            "page",
            26,
            texts(|seed| format!("{}{}", &sentence.repeat(15)[..1000], token(seed, 24))),
        ),
        (
            "largest",
            40,
            texts(|seed| format!("{}{}", &sentence.repeat(34)[..2276], token(seed, 24))),
        ),
    ];
    let mut group = criterion.benchmark_group("encode");
    for (name, number, texts) in &kinds {
        let mut encoder = Encoder::new();
        for text in texts {
            let symbol = encoder.encode(text, &MEDIUM).expect("fits");
            assert_eq!(Some(symbol.version()), Version::new(*number), "{name}");
        }
        group.bench_function(format!("{name}, version {number}-M"), |bencher| {
            let mut texts = texts.iter().cycle();
            bencher.iter(|| {
                let text = texts.next().map_or("", String::as_str);
                encoder.encode(std::hint::black_box(text), &MEDIUM).is_ok()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, encode);
criterion_main!(benches);
