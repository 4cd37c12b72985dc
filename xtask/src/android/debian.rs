//! A Debian of another architecture: some packages, unpacked into a folder of the tool cache.
//!
//! Nothing of this machine's own apt changes: the copy has its own lists and its own empty status.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::step::Stop;
use crate::{shell, tools};

/// A Python, and what it and a C compiler need. `libc6` and the like come with them.
const PACKAGES: [&str; 9] = [
    "python3.11-minimal",
    "libpython3.11-stdlib",
    "libc6-dev",
    "libffi8",
    "libgcc-s1",
    "libgcc-12-dev",
    "libssl3",
    "zlib1g",
    "libexpat1",
];

/// The name that Debian gives the release whose packages these are.
const RELEASE: &str = "bookworm";

/// A root of Debian for arm64, and qemu to run it.
pub(crate) struct Root {
    folder: PathBuf,
}

impl Root {
    /// Finds it in the tool cache, or unpacks it there.
    pub(crate) fn arm64() -> Result<Self, Stop> {
        tools::debian_packages(&[("qemu-user-static", QEMU), ("lld", "ld.lld")])
            .map_err(|error| Stop::Skipped(error.to_string()))?;
        let folder = tools::filled("debian-arm64", RELEASE, unpack).map_err(|error| {
            Stop::Skipped(format!("needs Debian packages for arm64: {error:#}"))
        })?;
        Ok(Self { folder })
    }

    /// The options with which clang compiles for it.
    pub(crate) fn compiling(&self) -> Vec<String> {
        vec![
            "--target=aarch64-linux-gnu".to_owned(),
            format!("--sysroot={}", self.folder.display()),
            "-fuse-ld=lld".to_owned(),
        ]
    }

    /// Its Python under qemu, with `first` before its own libraries.
    pub(crate) fn interpreter(&self, first: &Path) -> Vec<OsString> {
        let mut path = OsString::from("LD_LIBRARY_PATH=");
        path.push(first);
        for own in ["lib/aarch64-linux-gnu", "usr/lib/aarch64-linux-gnu"] {
            path.push(":");
            path.push(self.folder.join(own));
        }
        vec![
            QEMU.into(),
            "-L".into(),
            self.folder.clone().into(),
            "-E".into(),
            path,
            self.folder.join("usr/bin/python3.11").into(),
        ]
    }
}

const QEMU: &str = "qemu-aarch64-static";

fn unpack(folder: &Path) -> Result<()> {
    let apt = folder.join("apt");
    for place in [
        "etc/apt/apt.conf.d",
        "etc/apt/preferences.d",
        "var/lib/apt/lists/partial",
    ]
    .iter()
    .chain(&["var/cache/apt/archives/partial", "var/lib/dpkg"])
    {
        fs::create_dir_all(apt.join(place))?;
    }
    fs::write(apt.join("var/lib/dpkg/status"), "")?;
    let mut ask = Command::new("apt-get");
    ask.args([
        "indextargets",
        "--format",
        "$(REPO_URI)",
        "Created-By: Packages",
    ]);
    let answer = shell::read(&mut ask)?;
    let repository = answer
        .lines()
        .next()
        .context("this machine's apt has no repository")?;
    fs::write(
        apt.join("etc/apt/sources.list"),
        format!(
            "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {repository} {RELEASE} main\n"
        ),
    )?;
    let configuration = apt.join("apt.conf");
    let place = apt.display();
    fs::write(
        &configuration,
        format!(
            "APT::Architecture \"arm64\";\nAPT::Architectures {{ \"arm64\"; }};\nDir \"{place}\";\n\
             Dir::State::status \"{place}/var/lib/dpkg/status\";\nAPT::Install-Recommends \"false\";\n\
             APT::Sandbox::User \"root\";\n"
        ),
    )?;
    let apt_get = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        shell::run(command.args(args).env("APT_CONFIG", &configuration))
    };
    apt_get(&["update", "-qq"])?;
    apt_get(
        &[
            &["install", "--yes", "-qq", "--download-only"],
            &PACKAGES[..],
        ]
        .concat(),
    )?;
    for package in fs::read_dir(apt.join("var/cache/apt/archives"))? {
        let package = package?.path();
        if package.extension().is_some_and(|ending| ending == "deb") {
            shell::run(Command::new("dpkg").arg("-x").arg(&package).arg(folder))?;
        }
    }
    Ok(())
}
