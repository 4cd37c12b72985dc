//! The records that go into a call and come out of it.
//!
//! They carry the names of the wire contract, with numbers that every language has (no unsigned
//! ones). `Debug` never shows what a code says: texts, images, links and page tokens print as their
//! size.

use std::fmt;

use qrgen_contract::{ContentKind, DetailOptions, GenerateStatus, Level};

/// Make a code and store it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct GenerateRequest {
    /// The name to keep it under: 1 to 200 bytes of UTF-8 that every file system takes, without
    /// `.png`.
    pub filename: String,
    /// What a reader shows: 1 to 7,089 bytes of UTF-8, if they fit a symbol of the wanted level.
    pub text: String,
    /// How it looks; medium unless there is a reason.
    pub detail: Detail,
    /// Whether another code of this name may be replaced. `false` by default.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub replace: bool,
}

impl GenerateRequest {
    /// A request with the defaults.
    ///
    /// ```
    /// # use qrgen_sdk::{Detail, GenerateRequest};
    /// let request = GenerateRequest {
    ///     detail: Detail::High,
    ///     ..GenerateRequest::new("menu", "https://example.com/menu")
    /// };
    /// ```
    pub fn new(filename: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            filename: filename.into(),
            text: text.into(),
            detail: Detail::default(),
            replace: false,
        }
    }
}

impl fmt::Debug for GenerateRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GenerateRequest")
            .field("filename", &self.filename)
            .field("text", &Hidden::of(&self.text))
            .field("detail", &self.detail)
            .field("replace", &self.replace)
            .finish()
    }
}

/// How a code looks. The presets draw black on white, leave a quiet zone of four modules and raise
/// the error correction level where that costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Detail {
    /// Level L, 4 pixels a module: for screens.
    Low,
    /// Level M, 8 pixels a module.
    #[default]
    Medium,
    /// Level Q, 12 pixels a module: for print.
    High,
    /// Level H, 16 pixels a module: for print that gets dirty.
    Max,
    /// Every value by hand.
    Custom {
        /// The values.
        options: DetailOptions,
    },
}

/// Find stored codes: one by its name, those whose names have a beginning, or all.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RetrieveRequest {
    /// The exact name. Excludes `prefix`.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub filename: Option<String>,
    /// The beginning of the names. Excludes `filename`.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub prefix: Option<String>,
    /// What comes with each code: the image (the default), a link to it, or nothing but name, size
    /// and time, which is by far the fastest.
    pub content: ContentKind,
    /// The most codes on a page: 1 to 100, or to 1,000 where no image comes along. The service
    /// chooses when nothing is given.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub limit: Option<i64>,
    /// The token of the page before, to get the next one.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub next_token: Option<String>,
}

impl RetrieveRequest {
    /// The code of exactly this name.
    pub fn named(filename: impl Into<String>) -> Self {
        Self {
            filename: Some(filename.into()),
            ..Self::default()
        }
    }

    /// The codes whose names begin with `prefix`.
    pub fn with_prefix(prefix: impl Into<String>) -> Self {
        Self {
            prefix: Some(prefix.into()),
            ..Self::default()
        }
    }
}

impl fmt::Debug for RetrieveRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetrieveRequest")
            .field("filename", &self.filename)
            .field("prefix", &self.prefix)
            .field("content", &self.content)
            .field("limit", &self.limit)
            .field("next_token", &self.next_token.as_deref().map(Hidden::of))
            .finish()
    }
}

/// Throw a code away.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DeleteRequest {
    /// The name of the code.
    pub filename: String,
}

impl DeleteRequest {
    /// The code of exactly this name.
    pub fn new(filename: impl Into<String>) -> Self {
        Self {
            filename: filename.into(),
        }
    }
}

/// What became of a request to make a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct GenerateOutcome {
    /// Whether the code is new, was there already, or took the place of another.
    pub status: GenerateStatus,
    /// The code as it is stored, with its image.
    pub image: QrImage,
    /// The decoders that read the image back before it was stored.
    pub verified_by: Vec<String>,
}

/// One page of codes, sorted by name.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RetrievePage {
    /// The codes; empty when there are none.
    pub images: Vec<QrImage>,
    /// What to pass on to get the next page; nothing at the end.
    pub next_token: Option<String>,
}

impl fmt::Debug for RetrievePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetrievePage")
            .field("images", &self.images)
            .field("next_token", &self.next_token.as_deref().map(Hidden::of))
            .finish()
    }
}

/// A stored code.
///
/// The kind of content that was asked for decides what is there: the image and everything but the
/// link, the link and everything but the image, or nothing but name, media type, size and time. Two
/// codes with the same hash are the same image.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct QrImage {
    /// The name.
    pub filename: String,
    /// `image/png`.
    pub media_type: String,
    /// The PNG, checked against its size and its hash.
    pub png: Option<Vec<u8>>,
    /// A link to the PNG that works for a while, without a key: treat it as a secret.
    pub url: Option<String>,
    /// The size of the PNG in bytes.
    pub byte_size: i64,
    /// SHA-256 of the PNG, in lower-case hexadecimal.
    pub sha256: Option<String>,
    /// Width and height of the PNG in pixels.
    pub width_px: Option<i32>,
    /// When it was stored: RFC 3339 in UTC with milliseconds, so that texts sort as times do.
    pub stored_at: String,
    /// What a reader shows. Nothing also when the stored object is not an image of this project.
    pub text: Option<String>,
    /// The symbol in the image.
    pub symbol: Option<SymbolInfo>,
    /// How it was drawn. Generating with these options again gives the same bytes.
    pub detail: Option<DetailOptions>,
}

impl fmt::Debug for QrImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QrImage")
            .field("filename", &self.filename)
            .field("media_type", &self.media_type)
            .field("png", &self.png.as_deref().map(Hidden::of))
            .field("url", &self.url.as_deref().map(Hidden::of))
            .field("byte_size", &self.byte_size)
            .field("sha256", &self.sha256)
            .field("width_px", &self.width_px)
            .field("stored_at", &self.stored_at)
            .field("text", &self.text.as_deref().map(Hidden::of))
            .field("symbol", &self.symbol)
            .field("detail", &self.detail)
            .finish()
    }
}

/// The QR symbol in an image, in the terms of ISO/IEC 18004.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SymbolInfo {
    /// 1 to 40: the side has 17 + 4 · version modules.
    pub version: i32,
    /// The error correction level that the symbol has.
    pub error_correction: Level,
    /// The data mask, 0 to 7.
    pub mask: i32,
}

/// Draw a code without storing it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RenderRequest {
    /// What a reader shows: 1 to 7,089 bytes of UTF-8, if they fit a symbol of the wanted level.
    pub text: String,
    /// How it looks; medium unless there is a reason.
    pub detail: Detail,
    /// Draw colours that many readers cannot tell apart, or that are light on dark. `false` by
    /// default; the service stores no such image.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub allow_low_contrast: bool,
}

impl RenderRequest {
    /// A request with the defaults.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            detail: Detail::default(),
            allow_low_contrast: false,
        }
    }
}

impl fmt::Debug for RenderRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenderRequest")
            .field("text", &Hidden::of(&self.text))
            .field("detail", &self.detail)
            .field("allow_low_contrast", &self.allow_low_contrast)
            .finish()
    }
}

/// A code that was drawn and not stored.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RenderedCode {
    /// The PNG: the bytes that the service would store.
    pub png: Vec<u8>,
    /// Width and height of the PNG in pixels.
    pub width_px: i32,
    /// The symbol in the image.
    pub symbol: SymbolInfo,
}

impl fmt::Debug for RenderedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenderedCode")
            .field("png", &Hidden::of(&self.png))
            .field("width_px", &self.width_px)
            .field("symbol", &self.symbol)
            .finish()
    }
}

/// What stands in `Debug` for something that must not be seen: `<34 bytes>`.
pub(crate) struct Hidden(usize);

impl Hidden {
    pub(crate) fn of(content: impl AsRef<[u8]>) -> Self {
        Self(content.as_ref().len())
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0)
    }
}
