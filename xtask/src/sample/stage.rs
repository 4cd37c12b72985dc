//! Stages: work that is done again only when its inputs have changed.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::say;

/// Does `work`, which makes `output`, unless the output is there and made of the same inputs: the
/// contents of files and folders, and words such as the lock.
pub(crate) fn stage(
    name: &str,
    output: &Path,
    inputs: &[&Path],
    words: &[&str],
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let mut mark = output.as_os_str().to_owned();
    mark.push(".inputs");
    let mark = PathBuf::from(mark);
    let digest = digest(inputs, words)?;
    if output.exists() && fs::read_to_string(&mark).is_ok_and(|before| before == digest) {
        return Ok(());
    }
    say::line(&format!("sample: {name}"));
    // Else an output that is half made would pass for a whole one.
    if mark.exists() {
        fs::remove_file(&mark)?;
    }
    if let Some(folder) = output.parent() {
        fs::create_dir_all(folder)?;
    }
    work().with_context(|| format!("sample: {name}"))?;
    fs::write(&mark, digest).context("marking the stage as done")
}

fn digest(inputs: &[&Path], words: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    for input in inputs {
        for file in files(input)? {
            file.strip_prefix(input).unwrap_or(&file).hash(&mut hasher);
            fs::read(&file)
                .with_context(|| format!("reading {}", file.display()))?
                .hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file below a folder, in one order; of a file, itself; of what is not there, nothing.
pub(crate) fn files(place: &Path) -> Result<Vec<PathBuf>> {
    if !place.is_dir() {
        return Ok(place
            .exists()
            .then(|| place.to_owned())
            .into_iter()
            .collect());
    }
    let mut entries = fs::read_dir(place)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn work_is_done_again_when_an_input_changed_and_when_it_failed() {
        let folder = tempfile::tempdir().unwrap();
        let (input, output) = (folder.path().join("in"), folder.path().join("out"));
        let runs = Cell::new(0);
        let run = |text: &str, works: bool| {
            fs::write(&input, text).unwrap();
            let _ = stage("test", &output, &[&input], &["lock"], || {
                runs.set(runs.get() + 1);
                fs::write(&output, text)?;
                anyhow::ensure!(works, "no");
                Ok(())
            });
            runs.get()
        };
        let done = [
            run("a", true),
            run("a", true),
            run("b", false),
            run("b", true),
            run("b", true),
        ];
        assert_eq!(done, [1, 1, 2, 3, 3]);
    }
}
