//! The app's tests on the JVM: `JUnit`, Robolectric with native graphics, the SDK's own library, and a
//! real `qrgen serve`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::build::{Build, Resources, jars, path};
use super::gradle;
use crate::{artifact, shell};

/// The packages into which Robolectric reaches.
const OPENED: [&str; 5] = ["java.io", "java.lang", "java.util", "java.nio", "java.net"];

/// What a run of the tests is to do with the pictures of the screens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pictures {
    Compare,
    Refresh,
}

/// Measures, and is not called as tests are, so that they leave it out.
const MEASUREMENT: &str = "dev.qrgenerator.sample.ui.PreviewMeasurement";

/// What the tests are made of.
pub(crate) struct Classes<'a> {
    pub(crate) app: &'a Path,
    pub(crate) tests: PathBuf,
    /// Those of the debug build.
    pub(crate) resources: &'a Resources,
}

impl Build {
    /// Runs the tests; how many passed.
    pub(crate) fn tests(&self, classes: &Classes<'_>, pictures: Pictures) -> Result<usize> {
        let drawn = self.out.join("pictures");
        if drawn.exists() {
            fs::remove_dir_all(&drawn)?;
        }
        fs::create_dir_all(&drawn)?;
        let committed = gradle::root().join("pictures");
        let qrgen = artifact::program("qrgen-cli")?;
        let mut properties: Vec<String> = [
            ("qrgen.binary", &qrgen),
            ("pictures.out", &drawn),
            ("pictures.golden", &committed),
        ]
        .map(|(property, value)| format!("-D{property}={}", value.display()))
        .into();
        properties.push(format!(
            "-Dpictures.refresh={}",
            pictures == Pictures::Refresh
        ));
        let all = format!("--scan-classpath={}", classes.tests.display());
        let mut command = self.launcher(classes, &properties, &all)?;
        let mut passed = 0;
        shell::run_watched(&mut command, |line| {
            passed = counted(line).unwrap_or(passed);
        })?;
        if pictures == Pictures::Refresh {
            replace(&drawn, &committed)?;
        }
        Ok(passed)
    }

    /// What the measurement prints.
    pub(crate) fn measured(&self, classes: &Classes<'_>) -> Result<String> {
        let mut output = String::new();
        let mut command = self.launcher(classes, &[], &format!("--select-class={MEASUREMENT}"))?;
        shell::run_watched(&mut command, |line| output.push_str(line))?;
        Ok(output)
    }

    /// The launcher of `JUnit` with Robolectric around it, for what is selected.
    fn launcher(
        &self,
        classes: &Classes<'_>,
        properties: &[String],
        selected: &str,
    ) -> Result<Command> {
        let folder = self.out.join("test");
        self.describe(&folder, classes.resources)?;
        let libraries = [self.libraries.debug(), self.libraries.test()].concat();
        let mut classpath = vec![
            classes.tests.clone(),
            Self::source("test/resources"),
            folder.join("config"),
            classes.app.to_owned(),
            classes.resources.r.clone(),
        ];
        classpath.extend(jars(&libraries));
        classpath.push(self.libraries.sdk_for_jvm.clone());
        classpath.push(self.libraries.file("launcher")?);
        // Last, and for the launcher alone, which looks at the tests outside of Robolectric.
        classpath.push(self.libraries.file("emulated")?);
        let mut command = Command::new("java");
        command.args([
            "-Xmx3g",
            "-Drobolectric.offline=true",
            "-Drobolectric.pixelCopyRenderMode=hardware",
        ]);
        command.arg(format!(
            "-Drobolectric.dependency.dir={}",
            folder.join("frameworks").display()
        ));
        command.args(properties);
        command.args(OPENED.map(|package| format!("--add-opens=java.base/{package}=ALL-UNNAMED")));
        command
            .arg("-cp")
            .arg(path(&classpath))
            .args(["org.junit.platform.console.ConsoleLauncher", "execute"])
            .arg(selected)
            .arg("--reports-dir")
            .arg(folder.join("reports"));
        command.args([
            "--disable-banner",
            "--details=tree",
            "--disable-ansi-colors",
            "--fail-if-no-tests",
        ]);
        let mut command = self.in_file(&command, "tests")?;
        // Cargo puts its target folder there, where JNA would find a library that no artifact has.
        command.env_remove("LD_LIBRARY_PATH");
        Ok(command)
    }

    /// Tells Robolectric where the app's manifest and resources are, and where the framework is.
    fn describe(&self, folder: &Path, debug: &Resources) -> Result<()> {
        let (config, frameworks, assets) = (
            folder.join("config/com/android/tools"),
            folder.join("frameworks"),
            folder.join("assets"),
        );
        for place in [&config, &frameworks, &assets] {
            fs::create_dir_all(place)?;
        }
        let text = format!(
            "android_merged_manifest={}\nandroid_resource_apk={}\nandroid_custom_package={}\nandroid_merged_assets={}\n",
            debug.manifest.display(),
            debug.apk.display(),
            self.gradle.setting("namespace")?,
            assets.display(),
        );
        fs::write(config.join("test_config.properties"), text)?;
        // Under the name that it has in a repository.
        let framework = self.libraries.file("emulated")?;
        let name = framework
            .file_name()
            .and_then(|name| name.to_str())
            .context("no framework")?;
        let link = frameworks.join(name.trim_start_matches("org.robolectric."));
        if !link.exists() {
            fs::hard_link(&framework, &link)
                .or_else(|_other_disk| fs::copy(&framework, &link).map(|_bytes| ()))?;
        }
        Ok(())
    }
}

/// The number in the launcher's closing line, `[        12 tests successful      ]`.
fn counted(line: &str) -> Option<usize> {
    let number = line
        .trim()
        .strip_prefix('[')?
        .trim_end_matches(']')
        .trim()
        .strip_suffix(" tests successful")?;
    number.parse().ok()
}

/// The committed pictures become those that were drawn.
fn replace(drawn: &Path, committed: &Path) -> Result<()> {
    if committed.exists() {
        fs::remove_dir_all(committed)?;
    }
    fs::create_dir_all(committed)?;
    let entries: Vec<PathBuf> = super::stage::files(drawn)?;
    for file in entries {
        let name = file.file_name().context("a picture without a name")?;
        fs::copy(&file, committed.join(name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_that_of_tests_and_not_of_containers() {
        assert_eq!(counted("[        12 tests successful      ]"), Some(12));
        assert_eq!(counted("[         4 containers successful ]"), None);
        assert_eq!(counted("[         0 tests failed          ]"), None);
    }
}
