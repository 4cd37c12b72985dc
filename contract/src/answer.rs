//! The answers of the three operations.
//!
//! Clients read them leniently: a member that this version does not know is passed over.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{DetailOptions, Level};

/// Answer of GENERATE: the code is stored, and its image is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GenerateAnswer {
    /// What the store had to do.
    pub status: GenerateStatus,
    /// The stored image, with its bytes in `base64`.
    pub image: Image,
    /// The decoders that read the image back before it was stored.
    pub verified_by: Vec<String>,
}

/// What a GENERATE did to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GenerateStatus {
    /// The name was free.
    Created,
    /// The same image was there already.
    Unchanged,
    /// Another image was there, and the request asked to replace it.
    Replaced,
}

/// Answer of RETRIEVE: one page of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RetrieveAnswer {
    /// The images of this page, in the byte order of `{filename}.png`. Empty when there are none.
    pub images: Vec<Image>,
    /// Send it with the same request for the next page; null at the end.
    pub next_token: Option<String>,
}

/// Answer of DELETE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAnswer {
    /// Whether there was a code of that name.
    pub deleted: bool,
}

/// One stored code. With content `none` only the name, media type, size and time are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// Name of the code, without an ending.
    pub filename: String,
    /// Always `image/png`.
    pub media_type: String,
    /// The bytes of the image (RFC 4648, clause 4), with content `base64` and in the answer of GENERATE.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("contentEncoding" = "base64"))]
    pub base64: Option<String>,
    /// Where the bytes can be fetched for a while, with content `url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Size of the image in bytes.
    pub byte_size: u64,
    /// SHA-256 of the image, in lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: Option<String>,
    /// Width of the image in pixels; it is as high.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// When it was stored: RFC 3339, UTC, with milliseconds.
    #[schemars(extend("format" = "date-time"))]
    pub stored_at: String,
    /// What a reader shows, read out of the image; null when the stored object can't be read.
    // Outer `None`: the image was not opened (content `none`), and the member is absent.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub text: Option<Option<String>>,
    /// The symbol in the image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<SymbolInfo>,
    /// The values it is drawn with. Its level is the one the symbol really has and `boost` is false,
    /// so that sending it back gives the same bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<DetailOptions>,
}

/// The symbol in an image (ISO/IEC 18004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SymbolInfo {
    /// Version: the side has 17 + 4 × version modules.
    #[schemars(range(min = 1, max = 40))]
    pub version: u8,
    /// Error correction level.
    pub error_correction: Level,
    /// Mask pattern.
    #[schemars(range(min = 0, max = 7))]
    pub mask: u8,
}

/// Tells `null` (`Some(None)`) from a member that is absent (`None`).
#[expect(
    clippy::option_option,
    reason = "absent, null and a string are three different answers"
)]
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
