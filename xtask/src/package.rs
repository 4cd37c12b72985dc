//! `cargo xtask package`: the Lambda functions as deployment packages, `target/package/NAME.zip`.
//!
//! A package holds one file, the executable `bootstrap`. The same commit gives the same bytes, wherever it
//! is built: no path and no time of this machine gets into them. So a package can lie under its SHA-256
//! in the code bucket, and what runs can be held against what was built elsewhere.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::Metadata;
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::step::Stop;
use crate::{say, shell, tools};

/// The binary of each function, and the template's parameter for the key of its package.
const FUNCTIONS: [(&str, &str); 3] = [
    ("QRGenerator", "GeneratorCodeKey"),
    ("QRRetriever", "RetrieverCodeKey"),
    ("QRDelete", "DeleterCodeKey"),
];

/// The profile of the workspace for them.
const PROFILE: &str = "lambda";

/// What Lambda's arm64 has had from its first day, Graviton2. With its AES known to be there, the tables drop
/// out that `crc-fast` has for processors without: 0.7 MB of a binary, for sums that are never asked for.
const PROCESSOR: &str = "-Ctarget-cpu=neoverse-n1";

/// What a cold start may have to fetch and load: bytes of a binary, and of its zip.
const BINARY_LIMIT: u64 = 5_000_000;
const ZIP_LIMIT: u64 = 2_500_000;

/// Where a package is to run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// On AWS: `provided.al2023` on arm64.
    Lambda,
    /// In an emulator on this machine.
    Host,
}

/// The deployment package of one function.
pub(crate) struct Package {
    /// The function, which is also the name of its binary.
    pub(crate) name: &'static str,
    /// The zip.
    pub(crate) path: PathBuf,
    /// The executable in it: `…/NAME/bootstrap`.
    pub(crate) binary: PathBuf,
    /// Of the zip, in lower-case hexadecimal.
    pub(crate) sha256: String,
    parameter: &'static str,
}

impl Package {
    /// The parameter of the template that takes the key under which the package was uploaded.
    pub(crate) fn parameter(&self) -> String {
        self.parameter.to_owned()
    }

    /// Bytes of the binary and of the zip.
    pub(crate) fn sizes(&self) -> Result<(u64, u64)> {
        let size = |path: &Path| fs::metadata(path).map(|file| file.len());
        Ok((size(&self.binary)?, size(&self.path)?))
    }

    fn check_sizes(&self) -> Result<()> {
        let (binary, zip) = self.sizes()?;
        ensure!(
            binary <= BINARY_LIMIT && zip <= ZIP_LIMIT,
            "{} has grown too large: {binary} bytes of at most {BINARY_LIMIT}, zip {zip} of at most {ZIP_LIMIT}; \
             see what came in (`cargo tree -p qrgen-lambda -e normal`, `nm --size-sort` of a build with \
             CARGO_PROFILE_LAMBDA_STRIP=none)",
            self.name
        );
        Ok(())
    }
}

/// Arguments of `cargo xtask package`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// For this machine instead of AWS: into `target/package/host`.
    #[arg(long)]
    host: bool,
}

/// Builds the packages and prints name, sizes and SHA-256 of each.
pub(crate) fn run(args: &Args) -> Result<()> {
    let target = if args.host {
        Target::Host
    } else {
        Target::Lambda
    };
    for package in build(target)? {
        let Package { name, sha256, .. } = &package;
        let (binary, zip) = package.sizes()?;
        say::line(&format!(
            "{name:<12} {binary:>9} bytes, zip {zip:>9} bytes, SHA-256 {sha256}"
        ));
    }
    Ok(())
}

/// Builds the packages of all functions.
pub(crate) fn build(target: Target) -> Result<Vec<Package>, Stop> {
    let places = Places::find()?;
    let folder = places.packages(target);
    let binaries = places.binaries(target);
    match target {
        Target::Lambda => build_for_lambda(&places, &binaries)?,
        Target::Host => build_for_host(&places, &binaries)?,
    }
    let packages = FUNCTIONS.iter().map(|&(name, parameter)| {
        let binary = binaries.join(name).join("bootstrap");
        let path = folder.join(format!("{name}.zip"));
        let executable = fs::read(&binary).with_context(|| binary.display().to_string())?;
        let zip = zipped(&executable)?;
        let sha256 = sha256(&zip);
        fs::create_dir_all(&folder)?;
        fs::write(&path, zip).with_context(|| path.display().to_string())?;
        Ok(Package {
            name,
            path,
            binary,
            sha256,
            parameter,
        })
    });
    let packages = packages.collect::<Result<Vec<Package>>>()?;
    if target == Target::Lambda {
        packages.iter().try_for_each(Package::check_sizes)?;
    }
    Ok(packages)
}

/// Where cargo keeps what it downloads.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
        .context("neither CARGO_HOME nor HOME is set")
}

/// Where the executables of the packages are: `NAME/bootstrap` below it.
pub(crate) fn binaries(target: Target) -> Result<PathBuf> {
    Ok(Places::find()?.binaries(target))
}

/// By `cargo lambda`, with zig as linker and C compiler, against a glibc that AWS has. Into
/// `binaries/NAME/bootstrap`.
fn build_for_lambda(places: &Places, binaries: &Path) -> Result<(), Stop> {
    let tools = tools::venv("cargo-lambda", tools::Python::Any)?;
    tools::rust_target("aarch64-unknown-linux-gnu")?;
    let mut command = Command::new(tools.join("cargo-lambda"));
    command
        .args(["lambda", "build", "--arm64", "--profile", PROFILE])
        .args(["--package", "qrgen-lambda", "--locked", "--lambda-dir"])
        .arg(binaries)
        .current_dir(shell::root());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path)));
    command.env(
        "PATH",
        path.context("a folder of PATH has a colon in its name")?,
    );
    shell::run(places.forget(&mut command, &[PROCESSOR]))?;
    Ok(())
}

/// By cargo alone, to the same place.
fn build_for_host(places: &Places, binaries: &Path) -> Result<()> {
    let mut command = shell::cargo(&["build", "--profile", PROFILE, "--locked"]);
    command.args(["--package", "qrgen-lambda", "--bins"]);
    shell::run(places.forget(&mut command, &[]))?;
    for (name, _) in FUNCTIONS {
        let folder = binaries.join(name);
        fs::create_dir_all(&folder)?;
        fs::copy(
            places.target.join(PROFILE).join(name),
            folder.join("bootstrap"),
        )?;
    }
    Ok(())
}

/// The folders of this machine that must not be told by a binary.
struct Places {
    target: PathBuf,
    cargo_home: PathBuf,
    /// The sources of the standard library, where they are installed, and what the compiler calls them where
    /// they are not.
    library: (PathBuf, String),
}

impl Places {
    fn find() -> Result<Self> {
        let args = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
        let metadata: Metadata = serde_json::from_str(&shell::read(&mut shell::cargo(&args))?)?;
        let mut rustc = Command::new("rustc");
        let version = shell::read(rustc.arg("-vV").current_dir(shell::root()))?;
        let commit = version
            .lines()
            .find_map(|line| line.strip_prefix("commit-hash: "));
        Ok(Self {
            target: metadata.target_directory.into(),
            cargo_home: cargo_home()?,
            library: (
                tools::sysroot()?.join("lib/rustlib/src/rust"),
                format!("/rustc/{}", commit.unwrap_or_default()),
            ),
        })
    }

    fn packages(&self, target: Target) -> PathBuf {
        match target {
            Target::Lambda => self.target.join("package"),
            Target::Host => self.target.join("package/host"),
        }
    }

    fn binaries(&self, target: Target) -> PathBuf {
        self.packages(target).join("binaries")
    }

    /// Has the compiler write other paths for those of this machine, and gives it `more` flags.
    fn forget<'a>(&self, command: &'a mut Command, more: &[&str]) -> &'a mut Command {
        let to = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
        // Of two that fit, the later one counts: the target folder may lie in the root.
        let flags = [
            to(&self.library.0, &self.library.1),
            to(&self.cargo_home, "/cargo"),
            to(shell::root(), "/qrgen"),
            to(&self.target, "/target"),
        ];
        let flags = flags.iter().map(String::as_str).chain(more.iter().copied());
        let flags: Vec<&str> = flags.collect();
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
    }
}

/// A zip of one executable, `bootstrap`.
fn zipped(executable: &[u8]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        // The beginning of time for a zip.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o755);
    zip.start_file("bootstrap", options)?;
    zip.write_all(executable)?;
    Ok(zip.finish()?.into_inner())
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String never fails.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_executable_gives_the_same_zip_and_lambda_can_run_it() {
        let executable = b"\x7fELF and so on".repeat(100);
        let zip = zipped(&executable).unwrap();
        assert_eq!(zip, zipped(&executable).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
        assert_eq!(archive.len(), 1);
        let mut file = archive.by_name("bootstrap").unwrap();
        assert_eq!(file.unix_mode(), Some(0o100_755));
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut content).unwrap();
        assert_eq!(content, executable);
    }
}
