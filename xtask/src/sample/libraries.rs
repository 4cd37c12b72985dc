//! The files of the lock in the tool cache, AARs unpacked, and the SDK of this repository.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use zip::ZipArchive;

use super::gradle::Gradle;
use super::lock::{self, APP, Artifact, DEBUG, TEST};
use super::maven;
use crate::step::{Stop, none_of};
use crate::tools;

/// What a build is made of.
pub(crate) struct Libraries {
    cache: PathBuf,
    artifacts: Vec<Artifact>,
    /// The text of the lock: another lock, other files.
    pub(crate) lock: String,
    pub(crate) sdk: Library,
    /// Has the library of this machine, where JNA looks for it.
    pub(crate) sdk_for_jvm: PathBuf,
}

/// A jar, or an AAR as a folder.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    place: PathBuf,
}

impl Library {
    /// Its classes.
    pub(crate) fn jars(&self) -> Vec<PathBuf> {
        if self.place.is_file() {
            return vec![self.place.clone()];
        }
        let mut jars: Vec<PathBuf> = self.part("classes.jar").into_iter().collect();
        let inner = fs::read_dir(self.place.join("libs"))
            .into_iter()
            .flatten()
            .flatten();
        jars.extend(inner.map(|entry| entry.path()));
        jars
    }

    /// A part of an AAR, if it has it.
    pub(crate) fn part(&self, name: &str) -> Option<PathBuf> {
        Some(self.place.join(name)).filter(|path| self.place.is_dir() && path.exists())
    }

    /// The package whose `R` class the library's own code asks for, if it has resources.
    pub(crate) fn package(&self) -> Option<String> {
        let symbols = fs::metadata(self.part("R.txt")?).ok()?;
        let manifest = fs::read_to_string(self.part("AndroidManifest.xml")?).ok()?;
        let package = manifest
            .split_once("package=\"")?
            .1
            .split('"')
            .next()?
            .to_owned();
        (symbols.len() > 0).then_some(package)
    }
}

impl Libraries {
    /// Fetches what the cache lacks, and takes the SDK as `mvn install` left it. `out` is for the
    /// latter alone, which changes with every build.
    pub(crate) fn load(gradle: &Gradle, out: &Path) -> Result<Self, Stop> {
        let (lock, artifacts) = lock::load()?;
        none_of(&lock::complaints(gradle, &artifacts)?)?;
        let key = &maven::sha256(&lock::path())?[..16];
        let cache = tools::filled("android-sample", key, |folder| {
            maven::copy_locked(&artifacts, folder)?;
            for artifact in artifacts.iter().filter(|artifact| artifact.kind == "aar") {
                let file = folder.join(artifact.file_name());
                unpack(&file, &unpacked(&file))?;
            }
            let aapt2 = artifacts
                .iter()
                .find(|artifact| artifact.scope == "aapt2")
                .context("no aapt2")?;
            take_aapt2(&folder.join(aapt2.file_name()), folder)
        })
        .map_err(|error| {
            Stop::Skipped(format!("needs the libraries of the sample app: {error:#}"))
        })?;
        let version = gradle.version("qrgen")?;
        let ours = out.join("sdk");
        for (name, kind) in [("qrgen-sdk-android", "aar"), ("qrgen-sdk", "jar")] {
            maven::copy_ours(name, version, kind, &ours).map_err(|error| {
                Stop::Skipped(format!(
                    "needs the SDK for Android: `cargo xtask android`, then `cargo xtask test --only kotlin` ({error:#})"
                ))
            })?;
        }
        let aar = ours.join("qrgen-sdk-android.aar");
        let place = unpacked(&aar);
        if place.exists() {
            fs::remove_dir_all(&place).context("removing an older SDK")?;
        }
        unpack(&aar, &place)?;
        Ok(Self {
            cache,
            artifacts,
            lock,
            sdk: Library { place },
            sdk_for_jvm: ours.join("qrgen-sdk.jar"),
        })
    }

    /// The files of a tool.
    pub(crate) fn tool(&self, scope: &str) -> Vec<PathBuf> {
        let wanted = self
            .artifacts
            .iter()
            .filter(|artifact| artifact.scope == scope);
        wanted
            .map(|artifact| self.cache.join(artifact.file_name()))
            .collect()
    }

    /// The one file of a scope that has no more.
    pub(crate) fn file(&self, scope: &str) -> Result<PathBuf> {
        self.tool(scope)
            .pop()
            .with_context(|| format!("the lock has nothing for {scope}"))
    }

    pub(crate) fn aapt2(&self) -> PathBuf {
        self.cache.join("aapt2")
    }

    /// The libraries of the release, and the SDK.
    pub(crate) fn release(&self) -> Vec<Library> {
        let mut all = self.of(&[APP]);
        all.push(self.sdk.clone());
        all
    }

    /// Those of the debug build.
    pub(crate) fn debug(&self) -> Vec<Library> {
        let mut all = self.release();
        all.extend(self.of(&[DEBUG]));
        all
    }

    /// What only the tests have.
    pub(crate) fn test(&self) -> Vec<Library> {
        self.of(&[TEST])
    }

    fn of(&self, scopes: &[&str]) -> Vec<Library> {
        let wanted = self
            .artifacts
            .iter()
            .filter(|artifact| scopes.contains(&&*artifact.scope));
        wanted
            .map(|artifact| {
                let file = self.cache.join(artifact.file_name());
                Library {
                    place: if artifact.kind == "aar" {
                        unpacked(&file)
                    } else {
                        file
                    },
                }
            })
            .collect()
    }
}

/// The folder of an unpacked AAR.
fn unpacked(aar: &Path) -> PathBuf {
    aar.with_extension("unpacked")
}

fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    let file = File::open(archive).with_context(|| format!("opening {}", archive.display()))?;
    ZipArchive::new(file)?
        .extract(folder)
        .with_context(|| format!("unpacking {}", archive.display()))
}

/// The static program that apktool brings for its own use.
fn take_aapt2(archive: &Path, folder: &Path) -> Result<()> {
    let mut archive = ZipArchive::new(File::open(archive)?)?;
    let mut program = archive
        .by_name("prebuilt/linux/aapt2_64")
        .context("apktool without its aapt2")?;
    let path = folder.join("aapt2");
    std::io::copy(&mut program, &mut File::create(&path)?)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
