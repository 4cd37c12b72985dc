//! Programs from the npm registry.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use super::{cache, on_path};
use crate::shell;
use crate::step::Stop;

/// The `node_modules` that `xtask/pins/NAME/package-lock.json` pins.
pub(crate) fn npm(name: &str) -> Result<PathBuf, Stop> {
    if on_path("npm").is_none() {
        return Err(Stop::Skipped(
            "needs Node.js with npm: `sudo apt-get install npm`".to_owned(),
        ));
    }
    let read = |file| {
        let path = cache::pins(name, file);
        std::fs::read(&path).with_context(|| format!("reading {}", path.display()))
    };
    let (package, lock) = (read("package.json")?, read("package-lock.json")?);
    let folder = cache::filled(name, &cache::key_of(&[&package, &lock]), |folder| {
        std::fs::write(folder.join("package.json"), &package)?;
        std::fs::write(folder.join("package-lock.json"), &lock)?;
        let mut install = Command::new("npm");
        install
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(folder);
        shell::run(&mut install)
    })
    .map_err(|error| Stop::Skipped(format!("needs {name} from npm: {error:#}")))?;
    Ok(folder.join("node_modules"))
}
