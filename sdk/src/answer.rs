//! From the bytes of an answer to records or to the error that they mean.
//!
//! Answers are read leniently, so that a newer service does not break an older client. What is read
//! is checked: an image whose size or SHA-256 is not what the answer says is no image.

use std::time::{Duration, SystemTime};

use base64_simd::STANDARD as BASE64;
use qrgen_contract::{Code, Image, Problem, SymbolInfo as WireSymbol};
use ring::digest::{SHA256, digest};
use serde::de::DeserializeOwned;

use crate::code::ErrorCode;
use crate::error::QrError;
use crate::models::{QrImage, SymbolInfo};
use crate::transport::TransportResponse;

/// An attempt that gave no good answer, with what helps to give the next one a better chance.
pub(crate) struct Refusal {
    pub(crate) error: QrError,
    /// How long the service asked to wait.
    pub(crate) retry_after: Option<Duration>,
    /// The service's clock, if it refused the proof for its age.
    pub(crate) server_time: Option<SystemTime>,
}

impl From<QrError> for Refusal {
    fn from(error: QrError) -> Self {
        Self {
            error,
            retry_after: None,
            server_time: None,
        }
    }
}

/// Takes the body of a good answer, and turns any other answer into the error that it means.
pub(crate) fn judge(response: TransportResponse) -> Result<Vec<u8>, Refusal> {
    match response.status {
        200..=299 => Ok(response.body),
        400..=599 => Err(refusal(&response)),
        300..=399 => Err(QrError::protocol(format!(
            "it redirects (HTTP {}), and a proof is good for one URL only: set the endpoint to the \
             URL that it redirects to",
            response.status
        ))
        .into()),
        status => Err(QrError::protocol(format!("HTTP {status} is not a final status")).into()),
    }
}

fn refusal(response: &TransportResponse) -> Refusal {
    let status = response.status;
    let problem = Problem::from_json(&response.body);
    let in_body = problem
        .as_ref()
        .and_then(|problem| problem.retry_after_seconds);
    let retry_after = match (response.retry_after_seconds, in_body) {
        (Some(seconds), _) => u64::try_from(seconds).ok(),
        (None, seconds) => seconds,
    }
    .map(Duration::from_secs);
    let server_time = problem.as_ref().and_then(clock_of);
    let error = match problem {
        _ if status == i32::from(Code::RateLimited.status()) => QrError::rate_limited(retry_after),
        Some(problem) => QrError::Service {
            code: ErrorCode::new(&problem.code),
            status,
            reason: problem.detail.clone(),
            request_id: problem.request_id.clone(),
        },
        None => QrError::Service {
            code: ErrorCode::new(format!("http_{status}")),
            status,
            reason: "the answer is not a problem document (RFC 9457): something on the way to the \
                     service refused the request"
                .to_owned(),
            request_id: None,
        },
    };
    Refusal {
        error,
        retry_after,
        server_time,
    }
}

/// The time of the service, if it refused the proof for its age.
fn clock_of(problem: &Problem) -> Option<SystemTime> {
    match problem.known_code() {
        Some(Code::ProofExpired | Code::ProofNotYetValid) => {
            humantime::parse_rfc3339(problem.server_time.as_deref()?).ok()
        }
        _ => None,
    }
}

/// Reads a good answer. A refusal names the place and never the value.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, QrError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let (path, json) = (error.path(), error.inner());
        QrError::protocol(format!(
            "it is not the JSON that the contract asks for (at {path}, line {}, column {})",
            json.line(),
            json.column()
        ))
    })
}

impl TryFrom<Image> for QrImage {
    type Error = QrError;

    fn try_from(image: Image) -> Result<Self, QrError> {
        Ok(Self {
            png: checked_png(&image)?,
            byte_size: i64::try_from(image.byte_size).unwrap_or(i64::MAX),
            width_px: image
                .width
                .map(|width| i32::try_from(width).unwrap_or(i32::MAX)),
            filename: image.filename,
            media_type: image.media_type,
            url: image.url,
            sha256: image.sha256,
            stored_at: image.stored_at,
            text: image.text.flatten(),
            symbol: image.symbol.map(SymbolInfo::from),
            detail: image.detail,
        })
    }
}

impl From<WireSymbol> for SymbolInfo {
    fn from(symbol: WireSymbol) -> Self {
        Self {
            version: symbol.version.into(),
            error_correction: symbol.error_correction,
            mask: symbol.mask.into(),
        }
    }
}

/// Decodes the image, if there is one, and holds it against the size and the hash beside it.
fn checked_png(image: &Image) -> Result<Option<Vec<u8>>, QrError> {
    let Some(base64) = &image.base64 else {
        return Ok(None);
    };
    let refuse = |what: &str| {
        QrError::protocol(format!(
            "the image of {:?} {what}: it was damaged on its way",
            image.filename
        ))
    };
    let png = BASE64
        .decode_to_vec(base64)
        .map_err(|_not_base64| refuse("is not base64 (RFC 4648, 4)"))?;
    if u64::try_from(png.len()) != Ok(image.byte_size) {
        return Err(refuse("has not the size that the answer says"));
    }
    if image.sha256.as_deref() != Some(hex(digest(&SHA256, &png).as_ref()).as_str()) {
        return Err(refuse("has not the SHA-256 that the answer says"));
    }
    Ok(Some(png))
}

/// Lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0f])
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .collect()
}
