//! Data analysis: segments, version and level of the symbol (ISO/IEC 18004:2015, 7.2).

use super::segmentation::{Segment, Segmenter, Survey};
use super::{EncodeError, EncodeOptions, transcript};
use crate::standard::capacity::capacity_bits;
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::mode::Mode;
use crate::standard::version::Version;

/// What the symbol will be, but for its modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) version: Version,
    pub(crate) error_correction: ErrorCorrection,
}

/// Plans a text: ASCII, or Kanji and ASCII, or UTF-8, which is announced by an ECI header. Its
/// segments stay in the segmenter; where they have Kanji they are those of `transcript`.
///
/// Without the header a reader may take bytes above 127 for Latin-1 or Shift-JIS; ASCII reads the
/// same in all of them.
pub(crate) fn plan_text(
    segmenter: &mut Segmenter,
    text: &str,
    transcript: &mut Vec<u8>,
    options: EncodeOptions,
) -> Result<Plan, EncodeError> {
    let payload = text.as_bytes();
    if payload.is_empty() {
        return Err(EncodeError::Empty);
    }
    let survey = Survey::of(payload);
    if text.is_ascii() {
        return fit(survey.least_bits, options, |version| {
            segmenter.shortest(payload, &survey, version)
        });
    }
    let in_utf_8 = |segmenter: &mut Segmenter, version| {
        segmenter.shortest(payload, &survey, version) + segmenter.announce_utf_8(version)
    };
    let Some(kanji) = transcript::write(text, transcript) else {
        return fit(survey.least_bits, options, |version| {
            in_utf_8(segmenter, version)
        });
    };
    let others = transcript.len() - 2 * kanji;
    let least_bits = Mode::Kanji.data_bits(kanji) + Mode::Numeric.data_bits(others);
    fit(least_bits.min(survey.least_bits), options, |version| {
        let announced = in_utf_8(segmenter, version);
        let bits = segmenter.shortest_with_kanji(transcript, version);
        if bits < announced {
            bits
        } else {
            in_utf_8(segmenter, version)
        }
    })
}

/// Plans bytes that are no text: one segment, no ECI header.
pub(crate) fn plan_bytes(
    segmenter: &mut Segmenter,
    payload: &[u8],
    options: EncodeOptions,
) -> Result<Plan, EncodeError> {
    if payload.is_empty() {
        return Err(EncodeError::Empty);
    }
    let segment = Segment {
        mode: Mode::Byte,
        characters: payload.len(),
    };
    segmenter.set(segment);
    fit(segment.data_bits(), options, |version| {
        segment.header_bits(version) + segment.data_bits()
    })
}

/// The smallest version that holds the data at the least level asked for, and the highest level
/// that this version holds it at.
///
/// `bits_of` gives the bits that the data takes in versions with the count indicators of its
/// argument; `least_bits` is a bound below all of them.
fn fit(
    least_bits: usize,
    options: EncodeOptions,
    mut bits_of: impl FnMut(Version) -> usize,
) -> Result<Plan, EncodeError> {
    let level = options.error_correction;
    let mut bits = least_bits;
    for [first, last] in Version::GROUPS {
        // Spares the search for segments where it can't help; the last group tells what is needed.
        if last < Version::MAX && least_bits > capacity_bits(last, level) {
            continue;
        }
        bits = bits_of(last);
        let fits = |version: &Version| bits <= capacity_bits(*version, level);
        if let Some(version) = Version::range(first, last).find(fits) {
            let error_correction = if options.boost {
                highest_level(version, bits).max(level)
            } else {
                level
            };
            return Ok(Plan {
                version,
                error_correction,
            });
        }
    }
    Err(EncodeError::TooLong {
        needed_bits: bits,
        available_bits: capacity_bits(Version::MAX, level),
        error_correction: level,
    })
}

/// The highest level at which the version holds that many bits, which it does at level L.
fn highest_level(version: Version, bits: usize) -> ErrorCorrection {
    let levels = ErrorCorrection::ALL.into_iter();
    levels
        .filter(|&level| bits <= capacity_bits(version, level))
        .max()
        .unwrap_or(ErrorCorrection::L)
}
