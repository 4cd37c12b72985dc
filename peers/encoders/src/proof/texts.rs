//! Random texts of several scripts, emoji, digits and control characters.

use fastrand::Rng;
use qrgen_engine::ErrorCorrection;

/// Alphabets as ranges of characters; texts are runs of some of them.
const ALPHABETS: [&[(char, char)]; 20] = [
    &[('0', '9')],
    &[('0', '9')],
    &[('A', 'Z'), ('0', '9'), ('$', '%'), ('*', '+'), ('-', ':')],
    &[('a', 'z')],
    &[(' ', '~')],
    &[('\0', '\u{1f}'), ('\u{7f}', '\u{9f}')],
    &[('\u{a0}', 'ÿ')],
    &[('Ā', 'ſ')],
    &[('Α', 'Ρ'), ('Σ', 'Ω'), ('α', 'ω')],
    &[('А', 'я'), ('ё', 'ё')],
    &[('א', 'ת'), ('ء', 'ي')],
    &[('क', 'ह'), ('ก', 'ฮ')],
    &[('ぁ', 'ん'), ('ァ', 'ヶ'), ('、', '。')],
    &[('一', '龠')],
    &[('\u{3000}', '〕'), ('！', '～'), ('￠', '￥'), ('‐', '※')],
    &[('｡', 'ﾟ')],
    &[('가', '힣')],
    &[
        ('😀', '🙏'),
        ('🚀', '🛅'),
        ('\u{200d}', '\u{200d}'),
        ('\u{fe0f}', '\u{fe0f}'),
    ],
    &[('𠀀', '𪛖'), ('𝐀', '𝟿')],
    &[('\0', '\u{d7ff}'), ('\u{e000}', '\u{10ffff}')],
];

/// That many texts and their levels, the same in every run.
pub(super) fn random(count: usize) -> impl Iterator<Item = (String, ErrorCorrection)> {
    let mut rng = Rng::with_seed(0x0018_0004);
    (0..count).map(move |_| {
        // Mostly one, two or three scripts; now and then all.
        let scripts = [1, 2, 2, 3, 4, ALPHABETS.len()][rng.usize(..6)];
        let scripts: Vec<&[(char, char)]> = (0..scripts)
            .map(|_| *choose(&mut rng, &ALPHABETS))
            .collect();
        let mut text = String::new();
        for _ in 0..rng.usize(1..=6) {
            let ranges = *choose(&mut rng, &scripts);
            for _ in 0..rng.usize(1..=12) {
                let (first, last) = *choose(&mut rng, ranges);
                text.push(rng.char(first..=last));
            }
        }
        (text, ErrorCorrection::ALL[rng.usize(..4)])
    })
}

fn choose<'a, T>(rng: &mut Rng, from: &'a [T]) -> &'a T {
    &from[rng.usize(..from.len())]
}
