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

/// Another architecture, as each of those who deal with it calls it.
pub(crate) struct Architecture {
    /// Debian.
    pub(crate) debian: &'static str,
    /// The folders of libraries.
    pub(crate) gnu: &'static str,
    /// What clang is told.
    pub(crate) clang: &'static [&'static str],
    /// What runs its programs: qemu, or for one that the processor knows its own loader.
    pub(crate) runner: Runner,
}

pub(crate) enum Runner {
    Qemu(&'static str),
    Loader(&'static str),
}

/// A root of Debian for an architecture, and what runs its programs.
pub(crate) struct Root {
    architecture: &'static Architecture,
    folder: PathBuf,
}

impl Root {
    /// Finds it in the tool cache, or unpacks it there.
    pub(crate) fn find(architecture: &'static Architecture) -> Result<Self, Stop> {
        let mut tools = vec![("lld", "ld.lld")];
        if let Runner::Qemu(qemu) = architecture.runner {
            tools.push(("qemu-user-static", qemu));
        }
        tools::debian_packages(&tools).map_err(|error| Stop::Skipped(error.to_string()))?;
        let name = architecture.debian;
        let unpacked = tools::filled(&format!("debian-{name}"), RELEASE, |folder| {
            unpack(folder, name)
        });
        let folder = unpacked.map_err(|error| {
            Stop::Skipped(format!("needs Debian packages for {name}: {error:#}"))
        })?;
        Ok(Self {
            architecture,
            folder,
        })
    }

    /// The options with which clang compiles for it.
    pub(crate) fn compiling(&self) -> Vec<String> {
        let own = self.architecture.clang.iter().map(|&word| word.to_owned());
        own.chain([
            format!("--sysroot={}", self.folder.display()),
            "-fuse-ld=lld".to_owned(),
        ])
        .collect()
    }

    /// Its Python, with `first` before its own libraries.
    pub(crate) fn interpreter(&self, first: &Path) -> Vec<OsString> {
        let mut path = first.as_os_str().to_owned();
        for own in ["lib", "usr/lib"] {
            path.push(":");
            path.push(self.folder.join(own).join(self.architecture.gnu));
        }
        let run: Vec<OsString> = match self.architecture.runner {
            Runner::Loader(loader) => vec![
                self.folder.join(loader).into(),
                "--library-path".into(),
                path,
            ],
            Runner::Qemu(qemu) => {
                let mut variable = OsString::from("LD_LIBRARY_PATH=");
                variable.push(path);
                let root = self.folder.clone().into();
                vec![qemu.into(), "-L".into(), root, "-E".into(), variable]
            }
        };
        let python = self.folder.join("usr/bin/python3.11").into();
        run.into_iter().chain([python]).collect()
    }
}

fn unpack(folder: &Path, architecture: &str) -> Result<()> {
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
            "APT::Architecture \"{architecture}\";\nAPT::Architectures {{ \"{architecture}\"; }};\nDir \"{place}\";\n\
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
