//! The payloads: eight kinds, as they stand in real codes, at each level.

use std::fmt::Write as _;

use fastrand::Rng;

/// The error correction levels, in the order of the standard.
pub(crate) const LEVELS: [char; 4] = ['L', 'M', 'Q', 'H'];

/// Payloads of one kind and length for one level. A measurement takes one after the other, so that
/// no branch predictor learns one of them by heart.
pub(crate) struct Set {
    pub(crate) kind: &'static str,
    pub(crate) level: char,
    pub(crate) payloads: Vec<String>,
}

/// Payloads in a set.
const VARIANTS: usize = 8;

/// Nearly as many bytes as version 40 holds at L, M, Q and H.
const NEAR_THE_END: [usize; 4] = [2900, 2300, 1640, 1250];

const LETTERS_AND_DIGITS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const KANA: &str =
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
const KANJI: &str =
    "日本語漢字仮名交文章東京大阪名古屋速度測定符号化復号誤訂正試験結果報告書作成完了確認";
const EMOJI: &str = "😀🚀🎉🍣🗾";
const WORDS: &str = "the quick brown fox jumps over a lazy dog while seventeen engineers measure how \
    many nanoseconds each Reed-Solomon block needs, and Why nobody reads ISO/IEC 18004; (see page 42).";

/// All 32 sets, the same in every run.
pub(crate) fn sets() -> Vec<Set> {
    let rng = &mut Rng::with_seed(18_004);
    let mut sets = Vec::new();
    for (kind, make) in KINDS {
        for (&level, near_the_end) in LEVELS.iter().zip(NEAR_THE_END) {
            let payloads = (0..VARIANTS).map(|_| make(rng, near_the_end)).collect();
            sets.push(Set {
                kind,
                level,
                payloads,
            });
        }
    }
    sets
}

type Make = fn(&mut Rng, usize) -> String;

const KINDS: [(&str, Make); 8] = [
    ("url25", |rng, _| {
        format!("https://ex.co/a/{}", word(rng, 9))
    }),
    ("url100", |rng, _| url(rng)),
    ("vcard300", |rng, _| vcard(rng)),
    ("text1k", |rng, _| prose(rng, 1024)),
    ("nearmax", prose),
    ("num40", |rng, _| some(rng, "0123456789", 40)),
    ("utf8jp", |rng, _| japanese(rng)),
    ("kanji40", |rng, _| some(rng, &[KANJI, KANA].concat(), 40)),
];

fn some(rng: &mut Rng, of: &str, count: usize) -> String {
    let of: Vec<char> = of.chars().collect();
    (0..count).map(|_| of[rng.usize(..of.len())]).collect()
}

fn word(rng: &mut Rng, length: usize) -> String {
    some(rng, LETTERS_AND_DIGITS, length)
}

fn url(rng: &mut Rng) -> String {
    let mut url = format!(
        "https://www.example.com/shop/products/{}?utm_source=qr&utm_medium=print&id={}&sig=",
        word(rng, 8),
        rng.u32(10_000_000..100_000_000),
    );
    url += &word(rng, 100 - url.len());
    url
}

fn vcard(rng: &mut Rng) -> String {
    let mut card = "BEGIN:VCARD\r\nVERSION:3.0\r\n".to_owned();
    let (name, given, host) = (word(rng, 8), word(rng, 6), word(rng, 8));
    let _ = write!(
        card,
        "N:{name};{given};;;\r\nFN:{given} {name}\r\nTEL;TYPE=CELL:+49 {} {}\r\n\
         EMAIL:{given}@{host}.example\r\nADR;TYPE=WORK:;;{name} Str. {};Berlin;;{};Germany\r\n\
         URL:https://example.com/{}\r\nNOTE:",
        rng.u32(100..1000),
        rng.u32(1_000_000..10_000_000),
        rng.u32(10..100),
        rng.u32(10_000..100_000),
        word(rng, 6),
    );
    let end = "\r\nEND:VCARD\r\n";
    card += &word(rng, 300 - card.len() - end.len());
    card + end
}

fn prose(rng: &mut Rng, length: usize) -> String {
    let words: Vec<&str> = WORDS.split(' ').collect();
    let mut text = String::new();
    while text.len() < length {
        text += words[rng.usize(..words.len())];
        text.push(' ');
    }
    text.truncate(length);
    text
}

fn japanese(rng: &mut Rng) -> String {
    let parts = [
        some(rng, KANA, 12),
        "QR".to_owned(),
        word(rng, 4),
        some(rng, KANJI, 10),
        some(rng, EMOJI, 2),
    ];
    parts.concat()
}
