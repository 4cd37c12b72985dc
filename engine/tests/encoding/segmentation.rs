//! No way to cut a text into segments is shorter than the one that the encoder finds.

use std::ops::Range;

use proptest::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment};
use qrgen_engine::{EncodeOptions, ErrorCorrection, Mode, Version, describe};

use crate::support::{kanji, properties};

const MODES: [Mode; 3] = [Mode::Numeric, Mode::Alphanumeric, Mode::Byte];

/// Bits of each character count indicator in versions 1 to 9, 10 to 26 and 27 to 40
/// (ISO/IEC 18004:2015, table 3).
const COUNT_BITS: [[usize; 3]; 3] = [[10, 9, 8], [12, 11, 16], [14, 13, 16]];

fn group(version: Version) -> usize {
    usize::from(version.number() > 9) + usize::from(version.number() > 26)
}

/// Bits of one segment with its header, if its mode has all the characters.
fn segment_bits(text: &[u8], mode: Mode, group: usize) -> Option<usize> {
    let length = text.len();
    let (is_possible, data) = match mode {
        Mode::Numeric => (
            text.iter().all(u8::is_ascii_digit),
            (10 * length).div_ceil(3),
        ),
        Mode::Alphanumeric => {
            let in_mode = |c: &u8| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(c);
            (text.iter().all(in_mode), (11 * length).div_ceil(2))
        }
        Mode::Byte => (true, 8 * length),
        Mode::Kanji | Mode::Eci => unreachable!("not among the modes of ASCII"),
    };
    let index = MODES
        .iter()
        .position(|candidate| *candidate == mode)
        .unwrap();
    is_possible.then_some(4 + COUNT_BITS[group][index] + data)
}

/// Segments as their modes and their places in the text.
type Segments = Vec<(Mode, Range<usize>)>;

/// The shortest of all segmentations, by trying every last segment of every part of the text.
fn shortest(text: &[u8], group: usize) -> (usize, Segments) {
    let mut best: Vec<(usize, Segments)> = vec![(0, Vec::new())];
    for end in 1..=text.len() {
        let candidates = (0..end).flat_map(|start| MODES.map(|mode| (start, mode)));
        let bits_of = |(start, mode): (usize, Mode)| {
            let bits = best[start].0 + segment_bits(&text[start..end], mode, group)?;
            Some((bits, start, mode))
        };
        let (bits, start, mode) = candidates
            .filter_map(bits_of)
            .min_by_key(|(bits, ..)| *bits)
            .unwrap();
        let mut segments = best[start].1.clone();
        segments.push((mode, start..end));
        best.push((bits, segments));
    }
    best.pop().unwrap()
}

/// Whether these segments fit a version at level L, by another encoder.
fn fits(text: &str, segments: &[(Mode, Range<usize>)], version: u8) -> bool {
    let segments: Vec<QrSegment> = segments
        .iter()
        .map(|(mode, range)| match mode {
            Mode::Numeric => QrSegment::make_numeric(&text[range.clone()]),
            Mode::Alphanumeric => QrSegment::make_alphanumeric(&text[range.clone()]),
            _ => QrSegment::make_bytes(text[range.clone()].as_bytes()),
        })
        .collect();
    let version = qrcodegen::Version::new(version);
    let mask = Some(qrcodegen::Mask::new(0));
    QrCode::encode_segments_advanced(&segments, QrCodeEcc::Low, version, version, mask, false)
        .is_ok()
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let options = EncodeOptions {
        error_correction: ErrorCorrection::L,
        boost: false,
    };
    let description = describe(text, &options).unwrap();
    let bytes = text.as_bytes();

    // The bits are the fewest there are in this version …
    let group = group(description.version);
    let (bits, _) = shortest(bytes, group);
    prop_assert_eq!(description.used_bits, bits);

    // … which is the smallest that holds any segmentation …
    if let Some(smaller) = Version::new(description.version.number() - 1) {
        let (_, segments) = shortest(bytes, self::group(smaller));
        prop_assert!(!fits(text, &segments, smaller.number()));
    }

    // … and a text is cut only where that saves bits.
    let whole = MODES
        .iter()
        .filter_map(|mode| segment_bits(bytes, *mode, group))
        .min()
        .unwrap();
    prop_assert_eq!(description.segments.len() == 1, bits == whole);
    Ok(())
}

/// Runs of characters of one class, as real texts have them.
fn runs(length: Range<usize>, count: Range<usize>) -> impl Strategy<Value = String> {
    let run = (0..3usize, length).prop_flat_map(|(class, length)| {
        let alphabet = [r"[0-9]", r"[A-Z $%*+./:-]", r"[a-z,;!?]"][class];
        proptest::string::string_regex(&format!("{alphabet}{{{length}}}")).unwrap()
    });
    prop::collection::vec(run, count).prop_map(|runs| runs.concat())
}

proptest! {
    #![proptest_config(properties(512))]

    #[test]
    fn short_texts_take_the_fewest_bits(text in runs(1..15, 1..8)) {
        check(&text)?;
    }

    #[test]
    fn texts_with_kanji_take_the_fewest_bits_of_both_ways(
        ascii in prop::collection::vec(runs(1..9, 1..4), 1..6),
        kanji in prop::collection::vec(kanji(1..7), 6),
    ) {
        let options = EncodeOptions {
            error_correction: ErrorCorrection::L,
            boost: false,
        };
        let text: String = kanji.iter().zip(&ascii).flat_map(|(kanji, ascii)| [kanji.as_str(), ascii]).collect();
        let description = describe(&text, &options).unwrap();
        let group = group(description.version);
        let count_bits = [8, 10, 12][group];
        let in_kanji_mode: usize = kanji
            .iter()
            .zip(&ascii)
            .map(|(kanji, ascii)| {
                4 + count_bits + 13 * kanji.chars().count() + shortest(ascii.as_bytes(), group).0
            })
            .sum();
        let in_utf_8 = 12 + shortest(text.as_bytes(), group).0;
        prop_assert_eq!(description.used_bits, in_kanji_mode.min(in_utf_8));
        // Kanji mode only where it saves bits.
        let has_kanji = description.segments.iter().any(|segment| segment.mode == Mode::Kanji);
        prop_assert_eq!(has_kanji, in_kanji_mode < in_utf_8);
    }
}

proptest! {
    #![proptest_config(properties(16))]

    #[test]
    fn texts_with_longer_count_indicators_do_so_too(text in runs(1..25, 20..70)) {
        check(&text)?;
    }
}
