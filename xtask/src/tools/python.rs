//! Programs from `PyPI`, each in a virtual environment of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{cache, on_path};
use crate::shell;
use crate::step::Stop;

/// Which Python a program runs on.
#[derive(Clone, Copy)]
pub(crate) enum Python {
    /// 3.11 or newer.
    Any,
    /// 3.13, no other.
    V3_13,
}

impl Python {
    fn fits(self, version: (u32, u32)) -> bool {
        match self {
            Self::Any => version >= (3, 11),
            Self::V3_13 => version == (3, 13),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Any => "Python 3.11 or newer",
            Self::V3_13 => "Python 3.13",
        }
    }

    /// The first that fits: of `PATH`, then of pyenv, whose programs on `PATH` stand for the
    /// version it is switched to.
    fn find(self) -> Option<PathBuf> {
        let on_path = ["python3.13", "python3.12", "python3.11", "python3"]
            .into_iter()
            .filter_map(on_path);
        on_path
            .chain(of_pyenv())
            .find(|python| version(python).is_ok_and(|version| self.fits(version)))
    }
}

fn of_pyenv() -> Vec<PathBuf> {
    let root = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pyenv")));
    let versions = root.map(|root| std::fs::read_dir(root.join("versions")));
    let Some(Ok(versions)) = versions else {
        return Vec::new();
    };
    versions
        .flatten()
        .map(|version| version.path().join("bin/python3"))
        .filter(|python| python.is_file())
        .collect()
}

fn version(python: &Path) -> Result<(u32, u32)> {
    let words = shell::read(Command::new(python).args([
        "-c",
        "import sys; print(sys.version_info[0], sys.version_info[1])",
    ]))?;
    let (major, minor) = words.trim().split_once(' ').context("no version")?;
    Ok((major.parse()?, minor.parse()?))
}

/// The `bin` folder of an environment with what `xtask/pins/NAME/requirements.txt` pins.
pub(crate) fn venv(name: &str, python: Python) -> Result<PathBuf, Stop> {
    let Some(python3) = python.find() else {
        return Err(Stop::Skipped(format!(
            "needs {} on PATH, or by `pyenv install`",
            python.name()
        )));
    };
    let file = cache::pins(name, "requirements.txt");
    let pins = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let key = cache::key_of(&[&pins, python3.as_os_str().as_encoded_bytes()]);
    let folder = cache::filled(name, &key, |folder| {
        shell::run(Command::new(&python3).args(["-m", "venv"]).arg(folder))?;
        let mut install = Command::new(folder.join("bin/python3"));
        // Everything that is needed is named with its version, so nothing is resolved.
        install
            .args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(&file);
        shell::run(&mut install)
    })
    .map_err(|error| Stop::Skipped(format!("needs {name} from PyPI: {error:#}")))?;
    Ok(folder.join("bin"))
}
