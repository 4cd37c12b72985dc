//! `qrgen key …`: the key of this device.

use std::time::{SystemTime, UNIX_EPOCH};

use qrgen_contract::limits;
use qrgen_contract::proof::{self, PublicPoint, Unsigned};
use qrgen_sdk::{DeviceKey, FileDeviceKey, QrError};
use serde_json::json;

use crate::cli::{Key, KeyFile, Proof};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::{file, paths};

pub(super) fn run(command: Key, output: &mut Output) -> Result<(), Failure> {
    match command {
        Key::Id(file) => {
            let id = open(file)?.device_id();
            output.result(&json!({ "deviceId": id }), &id)
        }
        Key::Create(file) => {
            let path = paths::key(file)?;
            let key = FileDeviceKey::create(&path)
                .map_err(|error| Failure::of_client("could not make a key", &error))?;
            let (id, path) = (key.device_id(), path.display().to_string());
            output.note(format_args!("made {path}"));
            output.result(&json!({ "deviceId": id, "path": path }), &id)
        }
        Key::Path(file) => {
            let path = paths::key(file)?.display().to_string();
            output.result(&json!({ "path": path }), &path)
        }
        Key::Proof(arguments) => prove(arguments, output),
    }
}

fn open(file: KeyFile) -> Result<FileDeviceKey, Failure> {
    FileDeviceKey::load_or_create(paths::key(file)?)
        .map_err(|error| Failure::of_client("could not open your key", &error))
}

fn prove(arguments: Proof, output: &mut Output) -> Result<(), Failure> {
    const TRIED: &str = "could not make a proof";
    let url = proof::normalize_url(&arguments.url)
        .map_err(|problem| Failure::new(Exit::Refused, &problem.code, TRIED, &problem.detail))?;
    let body = file::read(&arguments.body, limits::BODY_BYTES)?;
    let key = open(arguments.key)?;
    let header = sign(&key, &url, &body).map_err(|error| Failure::of_client(TRIED, &error))?;
    let value = json!({ "deviceId": key.device_id(), "header": "DPoP", "value": header });
    output.result(&value, format_args!("DPoP: {header}"))
}

/// The proof for a POST of `body` to `url`, made now.
fn sign(key: &FileDeviceKey, url: &str, body: &[u8]) -> Result<String, QrError> {
    let failed = |what: &str| QrError::device_key_failed(what.to_owned());
    let point = PublicPoint::try_from(key.public_key()?)
        .map_err(|_too_long| failed("its public half is no point"))?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let id = format!("{:032x}", fastrand::u128(..));
    let unsigned = Unsigned::new(&point, "POST", url, body, now, &id);
    let signature = key.sign_now(unsigned.signing_input())?;
    unsigned
        .with_der_signature(&signature)
        .map_err(|error| failed(&error.to_string()))
}
