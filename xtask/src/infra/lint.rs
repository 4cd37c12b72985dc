//! The step `infra`: nothing is found in the template and the state machine, and something is found
//! in each broken copy of them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::linter::Linter;
use super::{render, slips};
use crate::shell;
use crate::step::{Options, Outcome, Stop, none_of};

/// Lints `backend/infra`.
pub(crate) fn lint(_: &Options) -> Outcome {
    let template = render(&())?;
    let machine = shell::root().join("backend/infra/state-machine.asl.json");
    let machine = fs::read_to_string(machine).context("reading the state machine")?;
    let folder = std::env::temp_dir().join(format!("qrgen-infra-{}", std::process::id()));
    let mut complaints = Vec::new();
    for linter in Linter::ALL {
        let text = if linter == Linter::Machine {
            &machine
        } else {
            &template
        };
        fs::create_dir_all(&folder).context("making a folder for the linters")?;
        let found = check(linter, text, &folder);
        fs::remove_dir_all(&folder).context("removing the folder for the linters")?;
        complaints.extend(found?);
    }
    none_of(&complaints)?;
    Ok(format!("{} slips noticed", slips::ALL.len()))
}

/// What is wrong with this text, and the slips in it that go unnoticed.
fn check(linter: Linter, text: &str, folder: &Path) -> Result<Vec<String>, Stop> {
    let mut complaints = Vec::new();
    let mut files = vec![write(folder, "as-it-is", text)?];
    let mut made = Vec::new();
    for slip in slips::ALL.iter().filter(|slip| slip.linter == linter) {
        let name = format!("slip-{}", files.len());
        match slip.made_in(text) {
            Some(broken) => {
                files.push(write(folder, &name, &broken)?);
                made.push(slip);
            }
            None => complaints.push(format!(
                "the slip for {} has nothing to break: its text is gone",
                slip.finding
            )),
        }
    }
    let mut findings = linter.findings(&files)?.into_iter();
    complaints.extend(findings.next().unwrap_or_default());
    for (slip, found) in made.into_iter().zip(findings) {
        if !found.iter().any(|finding| finding.contains(slip.finding)) {
            complaints.push(format!(
                "{linter:?} does not notice {}, only {found:?}",
                slip.finding
            ));
        }
    }
    Ok(complaints)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    // JSON is YAML: one ending does for both.
    let file = folder.join(name).with_extension("yaml");
    fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    Ok(file)
}
