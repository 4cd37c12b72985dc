//! Files of Maven repositories, by Maven itself, so that a mirror that it is set up for is asked.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};

use super::lock::Artifact;
use crate::shell;

const PLUGIN: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

const KTLINT: &str = "com.github.gantsign.maven:ktlint-maven-plugin:3.5.0";

/// Copies exactly these files into a folder and compares them with the lock.
pub(crate) fn copy_locked(artifacts: &[Artifact], folder: &Path) -> Result<()> {
    let items = artifacts.iter().fold(String::new(), |mut items, artifact| {
        let Artifact {
            group,
            name,
            version,
            kind,
            ..
        } = artifact;
        let _ = write!(
            items,
            "<artifactItem><groupId>{group}</groupId><artifactId>{name}</artifactId>\
             <version>{version}</version><type>{kind}</type></artifactItem>"
        );
        items
    });
    let pom = folder.join("pom.xml");
    fs::write(&pom, project("", &items))?;
    run(
        &pom,
        "copy",
        folder,
        &[
            "-Dmdep.prependGroupId=true",
            "-Dmdep.overWriteReleases=true",
        ],
    )?;
    for artifact in artifacts {
        let sum = sha256(&folder.join(artifact.file_name()))?;
        ensure!(
            sum == artifact.sha256,
            "{artifact}: what came has SHA-256 {sum}"
        );
    }
    Ok(())
}

/// Copies an artifact of this repository, as `mvn install` in `bindings/kotlin` left it.
pub(crate) fn copy_ours(name: &str, version: &str, kind: &str, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let group = super::gradle::OURS;
    let item = format!(
        "<artifactItem><groupId>{group}</groupId><artifactId>{name}</artifactId>\
         <version>{version}</version><type>{kind}</type></artifactItem>"
    );
    let pom = folder.join("pom.xml");
    fs::write(&pom, project("", &item))?;
    run(
        &pom,
        "copy",
        folder,
        &[
            "--offline",
            "-Dmdep.overWriteReleases=true",
            "-Dmdep.stripVersion=true",
        ],
    )
}

/// Copies a module and all that it needs.
pub(crate) fn copy_with_all(module: &str, version: &str, folder: &Path) -> Result<()> {
    let (group, name) = module.split_once(':').context("no module")?;
    let dependency = format!(
        "<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>"
    );
    let pom = folder.join("pom.xml");
    fs::write(&pom, project(&dependency, ""))?;
    run(&pom, "copy-dependencies", folder, &[])
}

/// Holds Kotlin to ktlint, by the plugin that `bindings/kotlin` has; `folder` is for the POM.
pub(crate) fn lint(sources: &Path, tests: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let pom = folder.join("pom.xml");
    let project = format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>\
         <groupId>local</groupId><artifactId>lint</artifactId><version>1</version>\
         <build><sourceDirectory>{}</sourceDirectory><testSourceDirectory>{}</testSourceDirectory></build></project>",
        sources.display(),
        tests.display()
    );
    fs::write(&pom, project)?;
    let mut command = Command::new("mvn");
    command.args(["--batch-mode", "--quiet", "--file"]).arg(pom);
    shell::run(command.arg(format!("{KTLINT}:check")))
}

fn project(dependencies: &str, items: &str) -> String {
    format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>\
         <groupId>local</groupId><artifactId>files</artifactId><version>1</version>\
         <repositories><repository><id>google</id><url>https://maven.google.com</url></repository></repositories>\
         <dependencies>{dependencies}</dependencies>\
         <build><plugins><plugin><groupId>org.apache.maven.plugins</groupId>\
         <artifactId>maven-dependency-plugin</artifactId>\
         <configuration><artifactItems>{items}</artifactItems></configuration>\
         </plugin></plugins></build></project>"
    )
}

fn run(pom: &Path, goal: &str, folder: &Path, options: &[&str]) -> Result<()> {
    let mut command = Command::new("mvn");
    command.args(["--batch-mode", "--quiet", "--file"]).arg(pom);
    command
        .arg(format!("{PLUGIN}:{goal}"))
        .arg(format!("-DoutputDirectory={}", folder.display()));
    shell::run(command.args(options))
}

/// In hexadecimal digits.
pub(crate) fn sha256(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let digest = Sha256::digest(&bytes);
    Ok(digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
