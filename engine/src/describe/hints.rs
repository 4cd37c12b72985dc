//! What would make a symbol smaller. Every hint is tried out before it is given.

use super::{Change, Hint, least};
use crate::encode::{EncodeOptions, Encoder};
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::version::Version;

/// The hints for a text whose symbol has that version, those that lose least first.
pub(super) fn of(
    encoder: &mut Encoder,
    text: &str,
    options: EncodeOptions,
    version: Version,
) -> Vec<Hint> {
    let hints = [
        upper_case_host(encoder, text, options),
        lower_level(encoder, text, options, version),
        drop_characters(encoder, text, options, version),
    ];
    hints
        .into_iter()
        .flatten()
        .filter(|hint| hint.version < version)
        .collect()
}

fn upper_case_host(encoder: &mut Encoder, text: &str, options: EncodeOptions) -> Option<Hint> {
    let (start, rest) = with_upper_case_host(text)?;
    let version = encoder.version_of(&format!("{start}{rest}"), options)?;
    Some(Hint {
        change: Change::UpperCaseHost { start },
        version,
    })
}

/// The URL up to the end of the authority, with scheme and host in upper case, and the rest
/// (RFC 3986, section 3).
fn with_upper_case_host(text: &str) -> Option<(String, &str)> {
    let (scheme, after) = text.split_once("://")?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !is_scheme {
        return None;
    }
    let (authority, rest) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
    // User information keeps its case.
    let host_start = authority.rfind('@').map_or(0, |at| at + 1);
    let (user, host) = authority.split_at(host_start);
    let start = format!(
        "{}://{user}{}",
        scheme.to_ascii_uppercase(),
        host.to_ascii_uppercase()
    );
    Some((start, rest))
}

fn lower_level(
    encoder: &mut Encoder,
    text: &str,
    options: EncodeOptions,
    version: Version,
) -> Option<Hint> {
    let lower = ErrorCorrection::ALL
        .into_iter()
        .filter(|level| *level < options.error_correction);
    lower.rev().find_map(|error_correction| {
        let lower = EncodeOptions {
            error_correction,
            ..options
        };
        let smaller = encoder
            .version_of(text, lower)
            .filter(|smaller| *smaller < version)?;
        Some(Hint {
            change: Change::LowerLevel { error_correction },
            version: smaller,
        })
    })
}

fn drop_characters(
    encoder: &mut Encoder,
    text: &str,
    options: EncodeOptions,
    version: Version,
) -> Option<Hint> {
    // Where the text may end, the nearest to its end first.
    let ends: Vec<usize> = text.char_indices().map(|(end, _)| end).rev().collect();
    let mut version_without = |count: usize| encoder.version_of(&text[..ends[count - 1]], options);
    let count = least(ends.len(), |count| version_without(count) < Some(version))?;
    let version = version_without(count)?;
    Some(Hint {
        change: Change::DropCharacters { count },
        version,
    })
}
