//! Page tokens: where a listing goes on, and of which listing it is.
//!
//! A token is base64url of a tag and the last name of the page. The tag is a digest of the name and
//! of what was listed, so a token of another device, prefix or content is told from its own, and so
//! is one that was changed. That needs no secret and no memory: whoever makes up a token for their
//! own listing only chooses where it goes on.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use qrgen_contract::{Code, ContentKind, DeviceId, Problem, filename, limits};
use ring::digest::{SHA256, digest};

/// Length of the tag in bytes.
const TAG_BYTES: usize = 16;

/// What a listing lists, on every page of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Selection<'a> {
    pub(crate) device: &'a DeviceId,
    pub(crate) prefix: &'a str,
    pub(crate) content: ContentKind,
}

impl Selection<'_> {
    /// The longest token, in characters.
    pub(crate) const TOKEN_CHARS: usize = (TAG_BYTES + limits::FILENAME_BYTES).div_ceil(3) * 4;

    /// The token of the page that comes after `last`.
    pub(crate) fn seal(&self, last: &str) -> String {
        let mut token = self.tag(last).to_vec();
        token.extend_from_slice(last.as_bytes());
        BASE64URL.encode_to_string(token)
    }

    /// The name that the page before ended with.
    pub(crate) fn open(&self, token: &str) -> Result<String, Problem> {
        let Some((tag, last)) = parse(token) else {
            return Err(Problem::new(
                Code::NextTokenMalformed,
                "nextToken is none that this service gave; send the last page's unchanged",
            )
            .with_field("nextToken"));
        };
        if tag != self.tag(&last) {
            return Err(Problem::new(
                Code::NextTokenForeign,
                "nextToken belongs to a listing with another deviceId, prefix or content; \
                 keep them from page to page, or begin again without it",
            )
            .with_field("nextToken"));
        }
        Ok(last)
    }

    fn tag(&self, last: &str) -> [u8; TAG_BYTES] {
        let Self {
            device,
            prefix,
            content,
        } = self;
        // No part can hold a line break.
        let listing = format!("{device}\n{}\n{prefix}\n{last}", content.as_str());
        let mut tag = [0; TAG_BYTES];
        tag.copy_from_slice(&digest(&SHA256, listing.as_bytes()).as_ref()[..TAG_BYTES]);
        tag
    }
}

fn parse(token: &str) -> Option<([u8; TAG_BYTES], String)> {
    let bytes = BASE64URL.decode_to_vec(token).ok()?;
    let (tag, last) = bytes.split_first_chunk()?;
    let last = String::from_utf8(last.to_vec()).ok()?;
    filename::check(&last).ok()?;
    Some((*tag, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: &str = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";
    const OTHER: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn open(selection: Selection<'_>, token: &str) -> Result<String, Code> {
        selection
            .open(token)
            .map_err(|problem| problem.known_code().unwrap())
    }

    #[test]
    fn a_token_goes_on_with_its_own_listing_only() {
        let (device, other) = (
            DeviceId::parse(DEVICE).unwrap(),
            DeviceId::parse(OTHER).unwrap(),
        );
        let selection = Selection {
            device: &device,
            prefix: "me",
            content: ContentKind::Base64,
        };
        for name in ["menu", "Käse & Brot", &"ü".repeat(100)] {
            let token = selection.seal(name);
            assert!(token.len() <= Selection::TOKEN_CHARS);
            assert_eq!(open(selection, &token), Ok(name.to_owned()));
            for foreign in [
                Selection {
                    device: &other,
                    ..selection
                },
                Selection {
                    prefix: "",
                    ..selection
                },
                Selection {
                    prefix: "men",
                    ..selection
                },
                Selection {
                    content: ContentKind::None,
                    ..selection
                },
            ] {
                assert_eq!(
                    open(foreign, &token),
                    Err(Code::NextTokenForeign),
                    "{foreign:?}"
                );
            }
        }
    }

    #[test]
    fn a_token_that_was_made_up_or_changed_is_refused() {
        let device = DeviceId::parse(DEVICE).unwrap();
        let selection = Selection {
            device: &device,
            prefix: "",
            content: ContentKind::None,
        };
        let tagged =
            |name: &str| BASE64URL.encode_to_string([&[0; TAG_BYTES], name.as_bytes()].concat());
        for token in [
            "",
            "menu",
            "=",
            "§§§§",
            &tagged(""),
            &tagged("../menu"),
            &tagged("a.png"),
        ] {
            assert_eq!(
                open(selection, token),
                Err(Code::NextTokenMalformed),
                "{token}"
            );
        }
        assert_eq!(
            open(selection, &tagged("menu")),
            Err(Code::NextTokenForeign)
        );
        let token = selection.seal("menu");
        for (position, character) in token.char_indices() {
            let other = if character == 'A' { "B" } else { "A" };
            let mut changed = token.clone();
            changed.replace_range(position..=position, other);
            assert!(open(selection, &changed).is_err(), "{changed}");
        }
    }
}
