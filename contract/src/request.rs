//! The three requests, and the rules that client and server hold them to.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Code, Detail, DeviceId, Problem, filename, limits, parse};

/// One request, tagged by its `type` on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "UPPERCASE")]
pub enum Request {
    /// Make a code and store it.
    Generate(GenerateRequest),
    /// Fetch one code, or list many.
    Retrieve(RetrieveRequest),
    /// Remove a code.
    Delete(DeleteRequest),
}

/// The operations, by the `type` of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `GENERATE`
    Generate,
    /// `RETRIEVE`
    Retrieve,
    /// `DELETE`
    Delete,
}

/// Make a code of `text` and store its image under `filename`.
///
/// The same request again changes nothing (`unchanged`); another content under a name that is taken
/// is refused unless `replace` is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GenerateRequest {
    /// Whose code it is: the RFC 7638 thumbprint of the device's key.
    #[schemars(regex(pattern = DeviceId::PATTERN))]
    pub device_id: String,
    /// Name of the code, without an ending.
    #[schemars(length(min = 1, max = limits::FILENAME_BYTES))]
    pub filename: String,
    /// What a reader shows: at most 7089 bytes of UTF-8.
    #[schemars(length(min = 1, max = limits::TEXT_BYTES))]
    pub text: String,
    /// How the code is drawn.
    #[serde(default)]
    pub detail: Detail,
    /// Whether a code of this name may be replaced.
    #[serde(default)]
    pub replace: bool,
}

/// Fetch the code named `filename`, or list those whose names begin with `prefix`, or all of them.
///
/// Nothing found is an empty page, not an error. They come in the byte order of `{filename}.png`,
/// as an object store lists them: `menu-2` before `menu`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RetrieveRequest {
    /// Whose codes they are: the RFC 7638 thumbprint of the device's key.
    #[schemars(regex(pattern = DeviceId::PATTERN))]
    pub device_id: String,
    /// The one name to fetch. Excludes `prefix`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = limits::FILENAME_BYTES))]
    pub filename: Option<String>,
    /// The beginning of the names to list. Excludes `filename`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = limits::FILENAME_BYTES))]
    pub prefix: Option<String>,
    /// How the images travel.
    #[serde(default)]
    pub content: ContentKind,
    /// Most images in this page: 1 to 100, or 1 to 1000 with content `none`; 50 when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = limits::LISTING_IMAGES))]
    pub limit: Option<i64>,
    /// The `nextToken` of the page before, to go on from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Remove the code named `filename`. A name that is not there is no error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRequest {
    /// Whose code it is: the RFC 7638 thumbprint of the device's key.
    #[schemars(regex(pattern = DeviceId::PATTERN))]
    pub device_id: String,
    /// Name of the code, without an ending.
    #[schemars(length(min = 1, max = limits::FILENAME_BYTES))]
    pub filename: String,
}

/// How the images of a RETRIEVE travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ContentKind {
    /// In the answer, as base64.
    #[default]
    Base64,
    /// As a URL that is good for a while; object stores only.
    Url,
    /// Not at all: names, sizes and times, and no image is opened.
    None,
}

impl Request {
    /// Reads the body of a request, strictly, and [checks](Request::check) it.
    ///
    /// The `type` is looked at first; then an unknown, missing or repeated member and a wrong JSON
    /// type are refused with a code of their own and the path of the member. The problem never
    /// holds a string value of the body.
    pub fn parse(body: &[u8]) -> Result<Self, Problem> {
        let request = parse::request(body)?;
        request.check()?;
        Ok(request)
    }

    /// Checks every rule that needs neither engine nor store. A client calls it before it sends.
    pub fn check(&self) -> Result<(), Problem> {
        match self {
            Self::Generate(request) => request.check(),
            Self::Retrieve(request) => request.check(),
            Self::Delete(request) => request.check(),
        }
    }

    /// The compact JSON that goes on the wire. [`Request::parse`] reads it back to the same value.
    pub fn to_json(&self) -> Vec<u8> {
        crate::to_json(self)
    }

    /// Which of the three it is.
    pub fn operation(&self) -> Operation {
        match self {
            Self::Generate(_) => Operation::Generate,
            Self::Retrieve(_) => Operation::Retrieve,
            Self::Delete(_) => Operation::Delete,
        }
    }

    /// The device in whose name it is made.
    pub fn device_id(&self) -> &str {
        match self {
            Self::Generate(request) => &request.device_id,
            Self::Retrieve(request) => &request.device_id,
            Self::Delete(request) => &request.device_id,
        }
    }
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 3] = [Self::Generate, Self::Retrieve, Self::Delete];

    /// The `type` on the wire: `GENERATE`, `RETRIEVE`, `DELETE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Generate => "GENERATE",
            Self::Retrieve => "RETRIEVE",
            Self::Delete => "DELETE",
        }
    }

    /// The name in metrics and logs: `generate`, `retrieve`, `delete`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Generate => "generate",
            Self::Retrieve => "retrieve",
            Self::Delete => "delete",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl GenerateRequest {
    fn check(&self) -> Result<(), Problem> {
        DeviceId::check(&self.device_id)?;
        filename::check(&self.filename)?;
        check_text(&self.text)?;
        self.detail.check()
    }
}

impl RetrieveRequest {
    fn check(&self) -> Result<(), Problem> {
        DeviceId::check(&self.device_id)?;
        match (&self.filename, &self.prefix) {
            (Some(_), Some(_)) => {
                return Err(Problem::new(
                    Code::ConflictingFields,
                    "filename and prefix are both given; filename fetches one code, prefix lists many",
                )
                .with_field("prefix"));
            }
            (Some(name), None) => filename::check(name)?,
            (None, Some(prefix)) => filename::check_prefix(prefix)?,
            (None, None) => {}
        }
        let range = 1..=self.content.most_images();
        match self.limit {
            Some(limit) => limits::check(Code::LimitOutOfRange, "limit", limit, &range, "images"),
            None => Ok(()),
        }
    }
}

impl DeleteRequest {
    fn check(&self) -> Result<(), Problem> {
        DeviceId::check(&self.device_id)?;
        filename::check(&self.filename)
    }
}

impl ContentKind {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Url => "url",
            Self::None => "none",
        }
    }

    #[expect(clippy::cast_possible_wrap, reason = "100 and 1000")]
    const fn most_images(self) -> i64 {
        match self {
            Self::Base64 | Self::Url => limits::PAGE_IMAGES as i64,
            Self::None => limits::LISTING_IMAGES as i64,
        }
    }
}

fn check_text(text: &str) -> Result<(), Problem> {
    if text.is_empty() {
        return Err(Problem::new(
            Code::TextEmpty,
            "text is empty; send at least one character",
        )
        .with_field("text"));
    }
    if text.len() > limits::TEXT_BYTES {
        return Err(Problem::new(
            Code::TextTooLong,
            format!(
                "text has {} bytes of UTF-8; the largest QR code holds {}",
                text.len(),
                limits::TEXT_BYTES
            ),
        )
        .with_field("text")
        .with_limit(limits::TEXT_BYTES as u64, text.len() as u64));
    }
    Ok(())
}
