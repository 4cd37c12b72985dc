//! Payloads that encoders of this world have got wrong: ends of the capacity, mixed modes, scripts,
//! control characters, binary, and every length around the changes of version.

use fastrand::Rng;
use qrgen_engine::ErrorCorrection;

/// What is to be encoded.
#[derive(Debug)]
pub(crate) enum Payload {
    Text(String),
    Binary(Vec<u8>),
}

impl Payload {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

/// A payload and the level it is asked for.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) level: ErrorCorrection,
    pub(crate) payload: Payload,
    /// Whether some version holds it at that level.
    pub(crate) fits: bool,
}

const DIGITS: &str = "0123456789";
const LETTERS_AND_DIGITS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const ALPHANUMERIC: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const NOT_ALPHANUMERIC: &str = "abcdefghijklmnopqrstuvwxyz,;!?";
const KANJI_AND_KANA: &str = "日本語漢字仮名交文章東京大阪名古屋速度測定符号化復号誤訂正試験結果報告書作成完了確認\
    あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";

/// The most characters of each kind at L, M, Q and H (ISO/IEC 18004:2015, table 7).
const MOST_DIGITS: [usize; 4] = [7089, 5596, 3993, 3057];
const MOST_ALPHANUMERIC: [usize; 4] = [4296, 3391, 2420, 1852];
const MOST_BYTES: [usize; 4] = [2953, 2331, 1663, 1273];
const MOST_KANJI: [usize; 4] = [1817, 1435, 1024, 784];

const TEXTS: [(&str, &str); 17] = [
    ("one digit", "7"),
    ("one upper-case letter", "A"),
    ("one lower-case letter", "a"),
    ("kanji after ascii", "ABC123abc漢字"),
    (
        "url that changes case",
        "HTTPS://EXAMPLE.COM/ORDER/0123456789012345678901234567890123456789?ref=newsletter",
    ),
    (
        "long runs",
        "123456789012345678ABCDEFGHIJKLMNOPQRSTabcdefghijklmno987654321098765",
    ),
    (
        "wifi",
        "WIFI:T:WPA;S:CAFE-4711 GUEST;P:20391824755102938475;H:false;;",
    ),
    (
        "digits in japanese",
        "注文番号12345678901234567890東京ABCDEFGHIJK様",
    ),
    ("latin-1", "Grüße aus Köln: ½ Pfund Äpfel für 3 EUR"),
    ("euro sign", "Preis: 3,50 €"),
    ("emoji with joiners", "👨‍👩‍👧‍👦 family 🇯🇵"),
    ("cyrillic", "Привет, мир! Проверка кода"),
    ("greek and yen, as in shift-jis", "αβγδ ΑΒΓΔ ¥"),
    ("half-width kana", "ｱｲｳｴｵ半角カナ"),
    ("arabic", "مرحبا بالعالم"),
    ("byte order mark", "\u{FEFF}hello"),
    ("control characters", "a\0b\u{1}c\u{7F}\r\n\t"),
];

/// Bytes that are Kanji in Shift-JIS and no UTF-8.
const SHIFT_JIS: &[u8] = b"\x93\xfa\x96\x7b\x8c\xea\x93\xfa\x96\x7b\x8c\xea\x93\xfa\x96\x7b";

/// All cases. The same ones each time.
pub(crate) fn cases() -> Vec<Case> {
    let rng = &mut Rng::with_seed(0x0018_004A);
    let mut cases = Vec::new();
    for (level, most) in ErrorCorrection::ALL.into_iter().zip(0..) {
        let mut add = |name: &str, payload: Payload, fits: bool| {
            cases.push(Case {
                name: name.to_owned(),
                level,
                payload,
                fits,
            });
        };
        for (name, text) in TEXTS {
            add(name, Payload::Text(text.to_owned()), true);
        }
        for (kind, alphabet, most) in [
            ("digits", DIGITS, MOST_DIGITS[most]),
            ("letters", &ALPHANUMERIC[10..], MOST_ALPHANUMERIC[most]),
            ("bytes", NOT_ALPHANUMERIC, MOST_BYTES[most]),
        ] {
            add(
                &format!("most {kind}"),
                random_text(rng, alphabet, most),
                true,
            );
            add(
                &format!("one too many {kind}"),
                random_text(rng, alphabet, most + 1),
                false,
            );
        }
        // In UTF-8 it would be three times as long as in Kanji mode.
        add(
            "most kanji",
            random_text(rng, KANJI_AND_KANA, MOST_KANJI[most]),
            true,
        );
        add(
            "one too many kanji",
            random_text(rng, KANJI_AND_KANA, MOST_KANJI[most] + 1),
            false,
        );

        add("all bytes", Payload::Binary((0..=255).collect()), true);
        add("bytes ff", Payload::Binary(vec![0xFF; 100]), true);
        add("bytes 00", Payload::Binary(vec![0x00; 100]), true);
        add(
            "random bytes",
            Payload::Binary((0..500).map(|_| rng.u8(..)).collect()),
            true,
        );
        add("shift-jis", Payload::Binary(SHIFT_JIS.to_vec()), true);
    }
    for length in (1..90).chain((100..600).step_by(23)) {
        let level = ErrorCorrection::ALL[length % 4];
        let mut add = |name: &str, payload: Payload| {
            cases.push(Case {
                name: format!("{length} {name}"),
                level,
                payload,
                fits: true,
            });
        };
        add(
            "letters and digits",
            random_text(rng, LETTERS_AND_DIGITS, length),
        );
        add("alphanumeric", random_text(rng, ALPHANUMERIC, length));
        add("digits", random_text(rng, DIGITS, length));
        let third = length / 3;
        let parts = [
            (DIGITS, third),
            (&ALPHANUMERIC[10..36], third),
            ("abcdefgh,;", length - 2 * third),
        ];
        let mixed = parts
            .map(|(alphabet, length)| random(rng, alphabet, length))
            .concat();
        add("of three classes", Payload::Text(mixed));
    }
    cases
}

/// That many characters of the alphabet.
pub(crate) fn random(rng: &mut Rng, alphabet: &str, length: usize) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    (0..length)
        .map(|_| alphabet[rng.usize(..alphabet.len())])
        .collect()
}

fn random_text(rng: &mut Rng, alphabet: &str, length: usize) -> Payload {
    Payload::Text(random(rng, alphabet, length))
}
