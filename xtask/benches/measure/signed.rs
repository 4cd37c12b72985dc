//! Requests made and signed before the clock starts.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use qrgen_contract::proof::{PublicPoint, Unsigned};
use qrgen_contract::{Detail, GenerateRequest, JSON, PATH, Request};
use qrgen_sdk::{DeviceKey as _, FileDeviceKey};

use crate::Result;

/// A body and, with a key, the proof for it.
pub(crate) struct Signed {
    pub(crate) body: Vec<u8>,
    pub(crate) proof: Option<String>,
}

/// GENERATE of a short URL of its own under a name of its own, for each number.
pub(crate) fn generate(
    key: &FileDeviceKey,
    url: Option<&str>,
    numbers: std::ops::Range<u32>,
) -> Result<Vec<Signed>> {
    let point: PublicPoint = key.public_key()?.as_slice().try_into()?;
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let signed = |number: u32| {
        let body = Request::Generate(GenerateRequest {
            device_id: key.device_id(),
            filename: format!("menu-{number:06}"),
            text: format!("https://example.com/m/{number:06}"),
            detail: Detail::default(),
            replace: false,
        })
        .to_json();
        let proof = url.map(|url| {
            let unsigned = Unsigned::new(&point, "POST", url, &body, now, &format!("{number:032}"));
            let der = key.sign_now(unsigned.signing_input())?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(unsigned.with_der_signature(&der)?)
        });
        Ok(Signed {
            proof: proof.transpose()?,
            body,
        })
    };
    numbers.map(signed).collect()
}

/// Writes them as `load.lua` reads them: a line with the length, then the whole HTTP request.
pub(crate) fn write(requests: &[Signed], host: &str, file: &Path) -> Result<()> {
    let mut bytes = Vec::new();
    for request in requests {
        let mut head = format!("POST {PATH} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {JSON}\r\n");
        if let Some(proof) = &request.proof {
            write!(head, "DPoP: {proof}\r\n")?;
        }
        write!(head, "Content-Length: {}\r\n\r\n", request.body.len())?;
        bytes.extend_from_slice(format!("{}\n", head.len() + request.body.len()).as_bytes());
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&request.body);
    }
    Ok(std::fs::write(file, bytes)?)
}
