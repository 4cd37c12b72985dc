//! The stable codes of every refusal: one table, from which status, title, retryability and the
//! guide's page follow.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A string that is no code of this version of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an error code that this version knows")]
pub struct UnknownCode;

/// Writes the enum [`Code`] and its properties from one table, so that a code can't miss one.
macro_rules! codes {
    ($($variant:ident = $name:literal, $status:literal $($retryable:ident)?, $title:literal, $help:literal;)*) => {
        /// Why a request was refused. Its text ([`Code::as_str`]) is part of the contract and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $name, "` (", $status, "): ", $title, ".")]
                #[serde(rename = $name)]
                $variant,
            )*
        }

        impl Code {
            /// Every code, in the order of the guide: by status, then as a request meets them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code on the wire, in snake case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The HTTP status (RFC 9110) that carries it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),* }
            }

            /// What is wrong, in a few words: the `title` of its [`Problem`](crate::Problem).
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }

            /// What the caller can do about it: one line of the guide, in Markdown.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help),* }
            }

            /// Whether the same request may succeed later, unchanged.
            pub const fn is_retryable(self) -> bool {
                match self { $(Self::$variant => codes!(@retryable $($retryable)?)),* }
            }
        }
    };
    (@retryable retryable) => { true };
    (@retryable) => { false };
}

/// Gives the table to the macro `$then`: whoever needs the codes as items (the bindings of the SDK)
/// writes none of them again. A row: variant, text, status, `retryable` where it is, title, help.
#[doc(hidden)]
#[macro_export]
macro_rules! with_codes { ($then:path) => { $then! {
    MalformedJson = "malformed_json", 400, "The body is not JSON",
        "Send one JSON object in UTF-8; the message gives line and column.";
    NestedTooDeep = "nested_too_deep", 400, "The body is nested too deep",
        "No request needs more than two levels; send the members of the contract only.";
    RequestInvalid = "request_invalid", 400, "The body is not a request",
        "Compare the body with the OpenAPI document. A gateway that checks bodies for the service says no more than this.";
    MissingField = "missing_field", 400, "A member is missing",
        "Add the member that `field` names.";
    UnknownOperation = "unknown_operation", 400, "The operation is unknown",
        "Set `type` to `GENERATE`, `RETRIEVE` or `DELETE`.";
    UnknownField = "unknown_field", 400, "A member is unknown",
        "Remove the member that `field` names, or correct its spelling.";
    DuplicateField = "duplicate_field", 400, "A member is given twice",
        "Give the member that `field` names once.";
    WrongType = "wrong_type", 400, "A member has the wrong JSON type",
        "Send the JSON type that the message names; a number is not a string, and `8.0` is not `8`.";
    ConflictingFields = "conflicting_fields", 400, "Two members exclude each other",
        "Give `filename` for one code or `prefix` for many, not both.";
    DeviceIdInvalid = "device_id_invalid", 400, "The device id is not one",
        "Send the RFC 7638 thumbprint of the device's key: 43 characters of base64url. `qrgen key id` prints it.";
    FilenameInvalid = "filename_invalid", 400, "The name can't be used",
        "Choose a name that every file system takes; the message says which rule it breaks.";
    TextEmpty = "text_empty", 400, "The text is empty",
        "Send at least one character.";
    TextTooLong = "text_too_long", 400, "The text is too long for any QR code",
        "Shorten the text to `limit` bytes of UTF-8.";
    TextDoesNotFit = "text_does_not_fit", 400, "The text does not fit at this error correction level",
        "Shorten the text, or ask for a lower level: M, then L.";
    DetailInvalid = "detail_invalid", 400, "The detail is unknown",
        "Use `low`, `medium`, `high` or `max`, or an object with a level `L`, `M`, `Q` or `H`.";
    ScaleOutOfRange = "scale_out_of_range", 400, "The scale is out of range",
        "Use 1 to 64 pixels per module.";
    QuietZoneOutOfRange = "quiet_zone_out_of_range", 400, "The quiet zone is out of range",
        "Use 0 to 16 modules; readers expect 4.";
    ImageTooWide = "image_too_wide", 400, "The image would be too wide",
        "Use a smaller scale; the image may be `limit` pixels wide.";
    ColorInvalid = "color_invalid", 400, "The colour is not one",
        "Write colours as `#rrggbb`.";
    ContrastTooLow = "contrast_too_low", 400, "The colours can't be told apart",
        "Use a dark colour on a light one, with a contrast of at least 3:1.";
    ContentInvalid = "content_invalid", 400, "The content kind is unknown",
        "Use `base64`, `url` or `none`.";
    UrlUnsupported = "url_unsupported", 400, "This store has no URLs to give",
        "Use content `base64`; only an object store can sign URLs.";
    LimitOutOfRange = "limit_out_of_range", 400, "The page size is out of range",
        "Use 1 to 100 images, or 1 to 1000 with content `none`.";
    NextTokenMalformed = "next_token_malformed", 400, "The page token is not one",
        "Send `nextToken` exactly as the last page gave it, or none to begin again.";
    NextTokenForeign = "next_token_foreign", 400, "The page token belongs to another listing",
        "Keep `deviceId`, `prefix` and `content` the same from page to page.";
    ProofMissing = "proof_missing", 401, "The proof is missing",
        "Send one `DPoP` header. `qrgen key proof` prints one.";
    ProofMalformed = "proof_malformed", 401, "The proof can't be read",
        "Send one DPoP proof (RFC 9449) with the claims `htm`, `htu`, `iat`, `jti` and `digest`.";
    ProofAlgorithmUnsupported = "proof_algorithm_unsupported", 401, "The proof's algorithm is not taken",
        "Sign with `ES256`; nothing else is taken.";
    ProofKeyPrivate = "proof_key_private", 401, "The proof carries a private key",
        "That key is public now: make a new one, and put only its public part in proofs.";
    ProofKeyUnsupported = "proof_key_unsupported", 401, "The proof's kind of key is not taken",
        "Use an elliptic-curve key (`EC`) on the curve `P-256`.";
    ProofKeyInvalid = "proof_key_invalid", 401, "The proof's key is not a key",
        "`x` and `y` must be the coordinates of a point on P-256, 32 bytes each.";
    ProofSignatureInvalid = "proof_signature_invalid", 401, "The proof's signature is wrong",
        "Sign header and claims with the key in the header; the signature has the fixed form of 64 bytes (RFC 7518).";
    ProofMethodMismatch = "proof_method_mismatch", 401, "The proof is for another method",
        "Set the claim `htm` to `POST`.";
    ProofUrlMismatch = "proof_url_mismatch", 401, "The proof is for another URL",
        "Set the claim `htu` to the URL that you call. Behind a proxy, tell the service its public URL.";
    ProofExpired = "proof_expired", 401, "The proof is too old",
        "Make a proof per request, and set the clock: `serverTime` is the server's.";
    ProofNotYetValid = "proof_not_yet_valid", 401, "The proof is from the future",
        "Set the clock: `serverTime` is the server's.";
    ProofDigestMismatch = "proof_digest_mismatch", 401, "The proof is for another body",
        "Sign the digest of the exact bytes that you send, after the last change to them.";
    ApiKeyInvalid = "api_key_invalid", 403, "The API key is missing or wrong",
        "Send the key that you were given in the header `x-api-key`; only a gateway in front of the service asks for one.";
    DeviceMismatch = "device_mismatch", 403, "The codes belong to another device",
        "Send the `deviceId` of the key that signs.";
    RouteNotFound = "route_not_found", 404, "There is nothing here",
        "The one endpoint is `POST /v1/qr` below the base URL.";
    MethodNotAllowed = "method_not_allowed", 405, "The method is not taken",
        "Use `POST`.";
    FilenameTaken = "filename_taken", 409, "The name holds another code",
        "Choose another name, or set `replace` to `true`.";
    BodyTooLarge = "body_too_large", 413, "The body is too large",
        "Send at most `limit` bytes.";
    ContentTypeUnsupported = "content_type_unsupported", 415, "The content type is not taken",
        "Send `content-type: application/json`.";
    RateLimited = "rate_limited", 429 retryable, "Too many requests",
        "Wait as long as `Retry-After` says.";
    Internal = "internal", 500, "The service failed",
        "Nothing was stored. Report it with its `requestId`.";
    StorageUnavailable = "storage_unavailable", 503 retryable, "The store can't be reached",
        "Try again later; the operations may be repeated safely.";
    Overloaded = "overloaded", 503 retryable, "The service is busy",
        "Wait as long as `Retry-After` says.";
    TimedOut = "timed_out", 504 retryable, "The service took too long",
        "Try again; the operations may be repeated safely.";
} } }

with_codes!(codes);

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == text)
            .ok_or(UnknownCode)
    }
}
