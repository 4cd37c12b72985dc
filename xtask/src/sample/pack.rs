//! From dex, resources and native libraries to a signed APK.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::build::{Build, Resources, Variant};
use super::stage::files;
use crate::shell;

/// The largest page that a device may have: a library is mapped from where it lies in the APK.
pub(crate) const PAGE: u16 = 16_384;

/// As the Android tools align what is stored.
const WORD: u16 = 4;

/// Read by all, as every file of an APK is.
const MODE: u32 = 0o644;

/// Words of a debug key are no secret: Android Studio's are the same.
const PASSWORD: &str = "pass:android";

impl Build {
    /// Packs and signs `app-VARIANT.apk`, with the libraries of these ABIs.
    pub(crate) fn apk(
        &self,
        variant: Variant,
        name: &str,
        dex: &Path,
        resources: &Resources,
        abis: &[&str],
    ) -> Result<PathBuf> {
        let raw = self.out.join(variant.name()).join("unsigned.apk");
        let mut apk = Apk::create(&raw)?;
        apk.copy(&resources.apk)?;
        apk.copy(dex)?;
        for library in self.libraries_of(variant) {
            for abi in abis {
                let Some(folder) = library.part(&format!("jni/{abi}")) else {
                    continue;
                };
                for file in files(&folder)? {
                    let name = file
                        .file_name()
                        .and_then(|name| name.to_str())
                        .context("a name that is not UTF-8")?;
                    apk.put(
                        &format!("lib/{abi}/{name}"),
                        &fs::read(&file)?,
                        CompressionMethod::Stored,
                    )?;
                }
            }
            if let Some(folder) = library.part("assets") {
                for file in files(&folder)? {
                    let name = file.strip_prefix(&folder)?.display().to_string();
                    apk.put(
                        &format!("assets/{name}"),
                        &fs::read(&file)?,
                        CompressionMethod::Deflated,
                    )?;
                }
            }
        }
        apk.archive.finish()?;
        let signed = self.out.join(name);
        self.sign(&raw, &signed)?;
        Ok(signed)
    }

    fn sign(&self, raw: &Path, signed: &Path) -> Result<()> {
        let key = self.out.join("debug.p12");
        if !key.exists() {
            let mut make = Command::new("keytool");
            make.args([
                "-genkeypair",
                "-alias",
                "debug",
                "-dname",
                "CN=Android Debug",
                "-keyalg",
                "RSA",
            ]);
            make.args([
                "-keysize",
                "2048",
                "-validity",
                "10000",
                "-storetype",
                "PKCS12",
                "-storepass",
            ]);
            make.arg(PASSWORD.trim_start_matches("pass:"))
                .arg("-keystore")
                .arg(&key);
            shell::read(&mut make)?;
        }
        let mut sign = Command::new("apksigner");
        sign.args([
            "sign",
            "--v1-signing-enabled",
            "false",
            "--v2-signing-enabled",
            "true",
            "--v3-signing-enabled",
            "true",
        ]);
        sign.args([
            "--ks-pass",
            PASSWORD,
            "--min-sdk-version",
            self.gradle.setting("minSdk")?,
        ])
        .arg("--ks")
        .arg(&key);
        shell::run(sign.arg("--out").arg(signed).arg(raw))
    }
}

/// An APK in the making. Times and modes are fixed, so that the same input is the same file.
struct Apk {
    archive: ZipWriter<File>,
    names: BTreeSet<String>,
}

impl Apk {
    fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("making {}", path.display()))?;
        Ok(Self {
            archive: ZipWriter::new(file),
            names: BTreeSet::new(),
        })
    }

    /// Takes over what an app has a use for.
    fn copy(&mut self, from: &Path) -> Result<()> {
        let mut from = ZipArchive::new(File::open(from)?)?;
        for index in 0..from.len() {
            let mut entry = from.by_index(index)?;
            let (name, method) = (entry.name()?.into_owned(), entry.compression());
            if !entry.is_file() || !is_wanted(&name) {
                continue;
            }
            if method == CompressionMethod::Stored {
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes)?;
                drop(entry);
                self.put(&name, &bytes, method)?;
            } else if self.names.insert(name) {
                // As it is: to compress a large dex file once more takes a while.
                let time = DateTime::default();
                self.archive.raw_copy_file_touch(entry, time, Some(MODE))?;
            }
        }
        Ok(())
    }

    /// The first of a name stays.
    fn put(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<()> {
        if !self.names.insert(name.to_owned()) {
            return Ok(());
        }
        let is_library = Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "so");
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(MODE)
            .with_alignment(if is_library { PAGE } else { WORD });
        self.archive.start_file(name, options)?;
        self.archive
            .write_all(bytes)
            .with_context(|| format!("packing {name}"))
    }
}

/// Jars bring what only compilers and other systems read. `META-INF/services` is for the app: it
/// names the main dispatcher of coroutines.
fn is_wanted(name: &str) -> bool {
    if name.starts_with("META-INF/") {
        return name.starts_with("META-INF/services/");
    }
    let endings = [
        "knm",
        "kotlin_module",
        "kotlin_builtins",
        "kotlin_metadata",
        "version",
        "pro",
        "jnilib",
        "dll",
        "a",
    ];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let multiplatform = name
        .split('/')
        .next()
        .is_some_and(|first| first.ends_with("Main") || first.ends_with("Main-cinterop"));
    !endings.contains(&ending) && !multiplatform && name != "DebugProbesKt.bin"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_packed_and_what_compilers_read_is_not() {
        for (name, wanted) in [
            (
                "META-INF/services/kotlinx.coroutines.internal.MainDispatcherFactory",
                true,
            ),
            ("classes.dex", true),
            ("res/xml/backup.xml", true),
            ("META-INF/androidx.core_core.version", false),
            ("META-INF/proguard/sdk.pro", false),
            ("kotlin/kotlin.kotlin_builtins", false),
            ("commonMain/default/linkdata/module", false),
            ("DebugProbesKt.bin", false),
        ] {
            assert_eq!(is_wanted(name), wanted, "{name}");
        }
    }
}
