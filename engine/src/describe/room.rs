//! How much more fits into a symbol.

use super::{Room, least};
use crate::encode::{EncodeOptions, Encoder};
use crate::standard::capacity::MAX_CHARACTERS;
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::version::Version;

/// The room after the text in a symbol of that version and level.
pub(super) fn of(
    encoder: &mut Encoder,
    text: &str,
    version: Version,
    error_correction: ErrorCorrection,
) -> Room {
    let options = EncodeOptions {
        error_correction,
        boost: false,
    };
    let mut room_for = |character: &str| {
        // Nothing that fits is longer than the longest of all.
        let too_many = least(MAX_CHARACTERS + 1, |count| {
            let longer = format!("{text}{}", character.repeat(count));
            encoder
                .version_of(&longer, options)
                .is_none_or(|needed| needed > version)
        });
        too_many.map_or(MAX_CHARACTERS, |count| count - 1)
    };
    Room {
        numeric: room_for("0"),
        alphanumeric: room_for("A"),
        byte: room_for("a"),
    }
}
