//! [`FileDeviceKey`]: a device key in a file that only its owner can read.

use std::fmt;
use std::fs::{DirBuilder, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use async_trait::async_trait;
use qrgen_contract::DeviceId;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use tempfile::NamedTempFile;

use crate::code::ClientCode;
use crate::device_key::DeviceKey;
use crate::error::QrError;
use crate::signer::public_point;

/// A P-256 private key needs 138 bytes of PKCS#8; whatever is larger than this is something else.
const MAX_FILE_BYTES: u64 = 4_096;

/// A software key: PKCS#8 (RFC 5958) in DER, in a file of mode 0600, held in memory while in use.
///
/// The file is the identity: whoever has it owns the codes, and there is no other copy.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct FileDeviceKey {
    pair: EcdsaKeyPair,
    device_id: DeviceId,
    random: SystemRandom,
}

impl FileDeviceKey {
    /// A new key that lives in memory only, for tests and codes that nobody needs to find again.
    pub fn generate() -> Result<Self, QrError> {
        Self::from_pkcs8(&new_pkcs8()?, "the new key")
    }

    /// Makes a new key in a new file at `path`, and the folders that lead there with mode 0700.
    ///
    /// The file is there whole or not at all, on disk when this returns, and an existing one is
    /// never overwritten (`device_key_exists`), whoever else creates one at the same time.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, QrError> {
        let path = path.as_ref();
        let pkcs8 = new_pkcs8()?;
        let key = Self::from_pkcs8(&pkcs8, "the new key")?;
        match write_new(path, &pkcs8) {
            Ok(()) => Ok(key),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(QrError::device_key(
                ClientCode::DeviceKeyExists,
                format!(
                    "{} holds a key already: load it, or choose another path",
                    path.display()
                ),
            )),
            Err(error) => Err(failed("create", path, &error)),
        }
    }

    /// Reads the key at `path`. Refuses a file that group or others may read, and says how to mend
    /// it.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, QrError> {
        let path = path.as_ref();
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let reason = format!("there is no key at {}: create one", path.display());
                return Err(QrError::device_key(ClientCode::DeviceKeyMissing, reason));
            }
            Err(error) => return Err(failed("open", path, &error)),
        };
        refuse_exposed(&file, path)?;
        let mut pkcs8 = Vec::new();
        file.take(MAX_FILE_BYTES)
            .read_to_end(&mut pkcs8)
            .map_err(|error| failed("read", path, &error))?;
        Self::from_pkcs8(&pkcs8, &path.display().to_string())
    }

    /// Reads the key at `path`, or makes one if there is none. Of two processes that do this at
    /// once, both end with the same key.
    pub fn load_or_create(path: impl AsRef<Path>) -> Result<Self, QrError> {
        let path = path.as_ref();
        let has_code = |error: &QrError, code: ClientCode| error.code() == code.as_str();
        match Self::load(path) {
            Err(error) if has_code(&error, ClientCode::DeviceKeyMissing) => {
                match Self::create(path) {
                    Err(error) if has_code(&error, ClientCode::DeviceKeyExists) => Self::load(path),
                    outcome => outcome,
                }
            }
            outcome => outcome,
        }
    }

    /// The id under which the service keeps this device's codes: the RFC 7638 thumbprint of the
    /// public key, 43 characters.
    pub fn device_id(&self) -> String {
        self.device_id.as_str().to_owned()
    }

    /// What [`DeviceKey::sign`] gives, at once: a software key has nothing to wait for.
    pub fn sign_now(&self, bytes: &[u8]) -> Result<Vec<u8>, QrError> {
        match self.pair.sign(&self.random, bytes) {
            Ok(signature) => Ok(signature.as_ref().to_vec()),
            Err(ring::error::Unspecified) => Err(no_randomness()),
        }
    }

    /// `what` names the key in a refusal.
    fn from_pkcs8(pkcs8: &[u8], what: &str) -> Result<Self, QrError> {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8, &random)
            .map_err(|rejected| {
                let reason =
                    format!("{what} is not a P-256 private key in PKCS#8 (DER): {rejected}");
                QrError::device_key(ClientCode::DeviceKeyInvalid, reason)
            })?;
        let device_id = DeviceId::of(&public_point(pair.public_key().as_ref())?);
        Ok(Self {
            pair,
            device_id,
            random,
        })
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
#[async_trait]
impl DeviceKey for FileDeviceKey {
    fn public_key(&self) -> Result<Vec<u8>, QrError> {
        Ok(self.pair.public_key().as_ref().to_vec())
    }

    async fn sign(&self, bytes: Vec<u8>) -> Result<Vec<u8>, QrError> {
        self.sign_now(&bytes)
    }
}

/// Shows whose key it is, and nothing of the key.
impl fmt::Debug for FileDeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileDeviceKey")
            .field("device_id", &self.device_id)
            .finish_non_exhaustive()
    }
}

fn new_pkcs8() -> Result<Vec<u8>, QrError> {
    match EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new()) {
        Ok(pkcs8) => Ok(pkcs8.as_ref().to_vec()),
        Err(ring::error::Unspecified) => Err(no_randomness()),
    }
}

fn no_randomness() -> QrError {
    QrError::device_key_failed("the operating system gave no random bytes")
}

fn failed(verb: &str, path: &Path, error: &io::Error) -> QrError {
    QrError::device_key_failed(format!("could not {verb} {}: {error}", path.display()))
}

/// Writes beside `path`, then gives the whole file its name unless the name is taken: nobody ever
/// reads half a key, and nobody loses one.
fn write_new(path: &Path, pkcs8: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    create_private_folders(folder)?;
    // Mode 0600 from the start, and gone again if anything below fails.
    let mut draft = NamedTempFile::new_in(folder)?;
    draft.write_all(pkcs8)?;
    draft.as_file().sync_all()?;
    draft.persist_noclobber(path)?;
    sync_folder(folder)
}

#[cfg(unix)]
fn create_private_folders(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Makes the new name last through a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Looks at the open file, so that it is the file which is then read.
#[cfg(unix)]
fn refuse_exposed(file: &File, path: &Path) -> Result<(), QrError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = file
        .metadata()
        .map_err(|error| failed("inspect", path, &error))?;
    let mode = metadata.permissions().mode() & 0o777;
    let for_others = mode & 0o077;
    if for_others == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(QrError::device_key(
        ClientCode::DeviceKeyExposed,
        format!("{path} is open to other users (mode {mode:04o}): run chmod 600 '{path}'"),
    ))
}

// Elsewhere a user's own folders are private by inheritance, and a folder can't be synced.

#[cfg(not(unix))]
fn create_private_folders(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(folder)
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn refuse_exposed(_file: &File, _path: &Path) -> Result<(), QrError> {
    Ok(())
}
