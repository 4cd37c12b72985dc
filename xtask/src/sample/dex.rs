//! From classes to dex: R8 in full mode for the release, D8 for debugging.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::build::{Build, Resources, Variant, jars, java};
use super::gradle;
use super::stage::stage;
use crate::{shell, tools};

impl Build {
    /// The dex files of a variant, in one archive.
    pub(crate) fn dex(
        &self,
        variant: Variant,
        app: &Path,
        resources: &Resources,
    ) -> Result<PathBuf> {
        let archive = self.out.join(variant.name()).join("dex.zip");
        let libraries = jars(&self.libraries_of(variant));
        let rules = self.rules(resources);
        let mut inputs: Vec<&Path> = vec![app, &resources.r];
        let sdk = self.libraries.sdk.jars();
        inputs.extend(sdk.iter().map(PathBuf::as_path));
        if variant == Variant::Release {
            inputs.extend(rules.iter().map(PathBuf::as_path));
        }
        stage(
            &format!("{} dex", variant.name()),
            &archive,
            &inputs,
            &[&self.libraries.lock],
            || {
                let r8 = self.libraries.tool("r8");
                let mut command = match variant {
                    Variant::Debug => java(&r8, "com.android.tools.r8.D8"),
                    Variant::Release => java(&r8, "com.android.tools.r8.R8"),
                };
                command
                    .arg(format!("--{}", variant.name()))
                    .args(["--min-api", self.gradle.setting("minSdk")?]);
                // The framework has no `java.*`.
                command
                    .arg("--lib")
                    .arg(self.libraries.file("framework")?)
                    .arg("--lib")
                    .arg(jdk()?);
                command.args(["--map-diagnostics", "info", "none"]);
                if variant == Variant::Release {
                    for file in &rules {
                        command.arg("--pg-conf").arg(file);
                    }
                    command
                        .arg("--pg-map-output")
                        .arg(self.out.join("release/mapping.txt"));
                }
                command
                    .arg("--output")
                    .arg(&archive)
                    .arg(app)
                    .arg(&resources.r)
                    .args(&libraries);
                self.run(&command, &format!("{}-dex", variant.name()))
            },
        )?;
        Ok(archive)
    }

    /// The app's, the Android plugin's, aapt2's, and those of the AARs. R8 finds those of jars.
    fn rules(&self, resources: &Resources) -> Vec<PathBuf> {
        let mut rules = vec![
            gradle::root().join("app/proguard-rules.pro"),
            shell::root().join("xtask/pins/sample/proguard-android.pro"),
            resources.rules.clone(),
        ];
        rules.extend(
            self.libraries
                .release()
                .iter()
                .filter_map(|library| library.part("proguard.txt")),
        );
        rules
    }
}

/// The folder of the JDK.
pub(crate) fn jdk() -> Result<PathBuf> {
    let javac = tools::on_path("javac").context("no JDK")?.canonicalize()?;
    let home = javac
        .parent()
        .and_then(Path::parent)
        .context("a JDK without a folder")?;
    Ok(home.to_owned())
}
