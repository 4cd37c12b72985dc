//! Every limit of the contract, in one place.
//!
//! Client and server check against these constants; `qrgen limits` and the guide print [`ALL`].
//! A value outside its limit is refused, never clamped.

use std::ops::RangeInclusive;

use serde::Serialize;

use crate::{Code, Problem};

/// Longest request body, in bytes.
pub const BODY_BYTES: usize = 16_384;

/// Longest text of a code, in bytes of UTF-8. It is the capacity of the largest symbol, version 40
/// at level L, for digits (ISO/IEC 18004, table 7); every other text fits less.
pub const TEXT_BYTES: usize = 7_089;

/// Longest name of a code, in bytes of UTF-8. With `.png` it stays below the 255 bytes of the usual
/// file systems.
pub const FILENAME_BYTES: usize = 200;

/// Pixels per module.
pub const SCALE: RangeInclusive<i64> = 1..=64;

/// Width of the light border, in modules. The standard asks for 4 (ISO/IEC 18004, clause 5.3.8).
pub const QUIET_ZONE: RangeInclusive<i64> = 0..=16;

/// Widest image, in pixels, border included.
pub const IMAGE_WIDTH_PX: u32 = 4_096;

/// Most images in one page of a RETRIEVE with content `base64` or `url`.
pub const PAGE_IMAGES: usize = 100;

/// Images in one page of a RETRIEVE that names no `limit`.
pub const PAGE_IMAGES_DEFAULT: usize = 50;

/// Most entries in one page of a RETRIEVE with content `none`, which opens no image.
pub const LISTING_IMAGES: usize = 1_000;

/// Longest page, in bytes of JSON: a page ends before it and gives a `nextToken`. A Step Functions
/// state carries 262,144 bytes, and the answer is escaped once on its way through.
pub const PAGE_BYTES: usize = 180_000;

/// How far the time of a proof may lie from the server's, in seconds, either way.
pub const PROOF_SKEW_SECONDS: i64 = 300;

/// Longest proof, the value of the `DPoP` header, in bytes. An honest one has about 600.
pub const PROOF_BYTES: usize = 4_096;

/// Longest identifier of a proof (claim `jti`), in characters.
pub const PROOF_ID_CHARS: usize = 128;

/// One limit, as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// Stable name, in kebab case.
    pub name: &'static str,
    /// Smallest value that is taken, where the limit is a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// Largest value that is taken.
    pub maximum: i64,
    /// Unit of both.
    pub unit: &'static str,
    /// What is limited, as a phrase.
    pub meaning: &'static str,
}

impl Limit {
    /// The value as text: `16384`, or `1 to 64` for a range.
    pub fn value(&self) -> String {
        match self.minimum {
            Some(minimum) => format!("{minimum} to {}", self.maximum),
            None => self.maximum.to_string(),
        }
    }

    const fn at_most(
        name: &'static str,
        maximum: usize,
        unit: &'static str,
        meaning: &'static str,
    ) -> Self {
        #[expect(
            clippy::cast_possible_wrap,
            reason = "the constants of this file, far below 2^31"
        )]
        let maximum = maximum as i64;
        Self {
            name,
            minimum: None,
            maximum,
            unit,
            meaning,
        }
    }

    const fn within(
        name: &'static str,
        range: &RangeInclusive<i64>,
        unit: &'static str,
        meaning: &'static str,
    ) -> Self {
        Self {
            name,
            minimum: Some(*range.start()),
            maximum: *range.end(),
            unit,
            meaning,
        }
    }
}

/// Every limit, in the order in which a request meets them.
pub const ALL: &[Limit] = &[
    Limit::at_most("body", BODY_BYTES, "bytes", "body of one request"),
    Limit::at_most("proof", PROOF_BYTES, "bytes", "value of the DPoP header"),
    Limit::at_most(
        "proof-id",
        PROOF_ID_CHARS,
        "characters",
        "claim jti of a proof",
    ),
    Limit {
        name: "proof-skew",
        minimum: None,
        maximum: PROOF_SKEW_SECONDS,
        unit: "seconds",
        meaning: "age of a proof, past or future, by the server's clock",
    },
    Limit::at_most(
        "filename",
        FILENAME_BYTES,
        "bytes",
        "name of a code, in UTF-8",
    ),
    Limit::at_most(
        "text",
        TEXT_BYTES,
        "bytes",
        "text of a code, in UTF-8, before it must also fit a symbol",
    ),
    Limit::within("scale", &SCALE, "pixels", "side of one module"),
    Limit::within(
        "quiet-zone",
        &QUIET_ZONE,
        "modules",
        "light border round the symbol",
    ),
    Limit::at_most(
        "image-width",
        IMAGE_WIDTH_PX as usize,
        "pixels",
        "width of an image, border included",
    ),
    Limit::at_most(
        "page-images",
        PAGE_IMAGES,
        "images",
        "one page of RETRIEVE with content base64 or url",
    ),
    Limit::at_most(
        "page-images-default",
        PAGE_IMAGES_DEFAULT,
        "images",
        "one page of RETRIEVE without a limit",
    ),
    Limit::at_most(
        "listing-images",
        LISTING_IMAGES,
        "images",
        "one page of RETRIEVE with content none",
    ),
    Limit::at_most(
        "page-bytes",
        PAGE_BYTES,
        "bytes",
        "one page of RETRIEVE, as JSON",
    ),
];

/// Refuses a number outside `range`, naming the field, the value and the range.
pub(crate) fn check(
    code: Code,
    field: &str,
    value: i64,
    range: &RangeInclusive<i64>,
    unit: &str,
) -> Result<(), Problem> {
    if range.contains(&value) {
        return Ok(());
    }
    let (start, end) = (*range.start(), *range.end());
    let problem = Problem::new(
        code,
        format!("{field} is {value}; use {start} to {end} {unit}"),
    )
    .with_field(field);
    let passed = if value < start { start } else { end };
    Err(match (u64::try_from(passed), u64::try_from(value)) {
        (Ok(limit), Ok(actual)) => problem.with_limit(limit, actual),
        // The members are unsigned; the message has the value.
        _ => problem,
    })
}
