//! `--update-lock`: what the dependencies of the Gradle files come to, by coursier.
//!
//! A POM lacks the constraints by which Gradle aligns the modules of a group, so `tools.toml` forces
//! their versions; R8, which refuses a class that is there twice, proves that the set is clean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::gradle::{Dependency, Gradle};
use super::lock::{self, APP, Artifact, DEBUG, PLUGIN, TEST};
use super::maven;
use crate::{shell, tools};

const COURSIER: (&str, &str) = ("io.get-coursier:coursier-cli_2.13", "2.1.24");

#[derive(Deserialize)]
struct Wanted {
    tools: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
    force: BTreeMap<String, String>,
}

/// Resolves everything anew and writes the lock; how many files it lists.
pub(crate) fn update(gradle: &Gradle) -> Result<usize> {
    let file = shell::root().join("xtask/pins/sample/tools.toml");
    let wanted: Wanted = toml::from_str(&std::fs::read_to_string(file)?).context("tools.toml")?;
    let coursier = Coursier::find()?;
    let mut pins = BTreeMap::new();
    for (module, version) in &wanted.force {
        pins.insert(module.clone(), referred(gradle, version)?);
    }
    let dependencies = gradle.dependencies()?;
    let mut locked: Vec<Artifact> = Vec::new();
    let mut configurations = Vec::new();
    for (scope, configuration) in [
        (APP, "implementation"),
        (DEBUG, "debugImplementation"),
        (TEST, "testImplementation"),
    ] {
        configurations.push(configuration);
        let needed: Vec<&Dependency> = dependencies
            .iter()
            .filter(|dependency| {
                configurations.contains(&&*dependency.configuration) && !dependency.is_ours()
            })
            .collect();
        let found = coursier.all(scope, &needed, &pins)?;
        let new: Vec<Artifact> = found
            .into_iter()
            .filter(|new| !locked.iter().any(|old| is_same(old, new)))
            .collect();
        // What a build has keeps its version in those that build on it.
        pins.extend(
            new.iter()
                .map(|artifact| (artifact.module(), artifact.version.clone())),
        );
        locked.extend(new);
    }
    for (scope, coordinate) in &wanted.tools {
        locked.extend(coursier.fetch(scope, &[referred(gradle, coordinate)?])?);
    }
    for (scope, coordinate) in &wanted.files {
        let coordinate = referred(gradle, coordinate)?;
        let (coordinate, kind) = coordinate.split_once('@').unwrap_or((&coordinate, "jar"));
        locked.extend(coursier.alone(scope, coordinate, kind)?);
    }
    for coordinate in gradle.plugins()? {
        locked.extend(coursier.alone(PLUGIN, &coordinate, "pom")?);
    }
    lock::write(&locked)?;
    Ok(locked.len())
}

fn is_same(one: &Artifact, other: &Artifact) -> bool {
    one.module() == other.module() && one.kind == other.kind
}

/// With the catalog's version in place of a `ref:NAME` at the end.
fn referred(gradle: &Gradle, text: &str) -> Result<String> {
    Ok(match text.split_once("ref:") {
        Some((before, name)) => format!("{before}{}", gradle.version(name)?),
        None => text.to_owned(),
    })
}

struct Coursier {
    folder: PathBuf,
}

impl Coursier {
    fn find() -> Result<Self> {
        let (module, version) = COURSIER;
        let folder = tools::filled("coursier", version, |folder| {
            maven::copy_with_all(module, version, folder)
        })?;
        Ok(Self { folder })
    }

    /// The files of these dependencies and all that they need.
    fn all(
        &self,
        scope: &str,
        wanted: &[&Dependency],
        pins: &BTreeMap<String, String>,
    ) -> Result<Vec<Artifact>> {
        let mut arguments: Vec<String> =
            vec!["--reconciliation".to_owned(), "*:*:relaxed".to_owned()];
        for (module, version) in pins {
            arguments.extend(["-V".to_owned(), format!("{module}:{version}")]);
        }
        let plain = wanted.iter().filter(|dependency| dependency.kind.is_none());
        arguments.extend(plain.map(|dependency| dependency.coordinate()));
        let mut found = self.fetch(scope, &arguments)?;
        for dependency in wanted {
            if let Some(kind) = &dependency.kind {
                found.extend(self.alone(scope, &dependency.coordinate(), kind)?);
            }
        }
        Ok(found)
    }

    fn alone(&self, scope: &str, coordinate: &str, kind: &str) -> Result<Vec<Artifact>> {
        let module = match kind {
            "jar" => format!("--intransitive={coordinate}"),
            _ => format!("--intransitive={coordinate},ext={kind},type={kind}"),
        };
        self.fetch(scope, &["-A".to_owned(), kind.to_owned(), module])
    }

    fn fetch(&self, scope: &str, arguments: &[String]) -> Result<Vec<Artifact>> {
        let mut command = Command::new("java");
        command.arg("-cp").arg(self.folder.join("*")).args([
            "coursier.cli.Coursier",
            "fetch",
            "-q",
        ]);
        // `bundle` is what Guava's POM calls a jar.
        command.args(["-A", "jar,aar,bundle"]).args(arguments);
        let output = shell::read(&mut command)?;
        let files: BTreeSet<PathBuf> = output.lines().map(PathBuf::from).collect();
        let mut found = files
            .iter()
            .map(|file| artifact(scope, file))
            .collect::<Result<Vec<_>>>()?;
        let all = found.clone();
        found.retain(|one| !all.iter().any(|other| stands_for(other, one)));
        Ok(found)
    }
}

/// Whether one file makes another needless: an AAR beside an empty jar of the same module, and the
/// Android half of a multiplatform module beside that of the JVM.
fn stands_for(one: &Artifact, other: &Artifact) -> bool {
    let is_aar = one.module() == other.module() && one.kind == "aar" && other.kind == "jar";
    let halves = (
        one.name.strip_suffix("-android"),
        other.name.strip_suffix("-jvm"),
    );
    is_aar || one.group == other.group && halves.0.is_some() && halves.0 == halves.1
}

/// `…/maven2/GROUP/NAME/VERSION/FILE` in the cache of coursier.
fn artifact(scope: &str, file: &Path) -> Result<Artifact> {
    let text = |part: Option<&std::ffi::OsStr>| {
        part.and_then(|part| part.to_str())
            .unwrap_or_default()
            .to_owned()
    };
    let folder = file.parent().context("a file without a folder")?;
    let module = folder.parent().context("a file without a module")?;
    let mut group: Vec<String> = Vec::new();
    for place in module.ancestors().skip(1) {
        let name = text(place.file_name());
        if ["maven2", "repository", ""].contains(&&*name) {
            break;
        }
        group.insert(0, name);
    }
    Ok(Artifact {
        scope: scope.to_owned(),
        group: group.join("."),
        name: text(module.file_name()),
        version: text(folder.file_name()),
        kind: text(file.extension()),
        sha256: maven::sha256(file)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked(coordinate: &str) -> Artifact {
        format!("app {coordinate} 00").parse().unwrap()
    }

    #[test]
    fn of_two_files_with_the_same_classes_one_is_left_out() {
        for (one, other, needless) in [
            ("a:ui:1:aar", "a:ui:1:jar", true),
            ("a:ui-android:1:aar", "a:ui-jvm:1:jar", true),
            ("a:ui-android:1:aar", "b:ui-jvm:1:jar", false),
            ("a:ui:1:jar", "a:ui-jvm:1:jar", false),
            ("a:ui:1:jar", "a:ui:1:jar", false),
        ] {
            assert_eq!(
                stands_for(&locked(one), &locked(other)),
                needless,
                "{one} {other}"
            );
        }
    }
}
