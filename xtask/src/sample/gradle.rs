//! What the Gradle files say: `gradle/libs.versions.toml` and the plain lines of
//! `app/build.gradle.kts`. Whatever is written there is written nowhere else.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::shell;

/// The group of our own artifacts, which no registry has yet and no lock can know.
pub(crate) const OURS: &str = "dev.qrgenerator";

/// The root of the Gradle build.
pub(crate) fn root() -> PathBuf {
    shell::root().join("android-sample")
}

/// The Gradle build, read.
pub(crate) struct Gradle {
    catalog: Catalog,
    /// `app/build.gradle.kts`.
    script: String,
}

#[derive(Deserialize)]
struct Catalog {
    versions: BTreeMap<String, String>,
    libraries: BTreeMap<String, Entry>,
    plugins: BTreeMap<String, Entry>,
}

/// A library has a `module`, a plugin an `id`.
#[derive(Deserialize)]
struct Entry {
    #[serde(alias = "id")]
    module: String,
    version: Reference,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "ref")]
    name: String,
}

/// A line of `dependencies`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// `implementation`, `debugImplementation` or `testImplementation`.
    pub(crate) configuration: String,
    /// `group:artifact`.
    pub(crate) module: String,
    pub(crate) version: String,
    /// The kind of file, where the line names one.
    pub(crate) kind: Option<String>,
}

impl Dependency {
    pub(crate) fn is_ours(&self) -> bool {
        self.module.starts_with(OURS)
    }

    pub(crate) fn coordinate(&self) -> String {
        format!("{}:{}", self.module, self.version)
    }
}

impl Gradle {
    pub(crate) fn load() -> Result<Self> {
        let read = |name: &str| {
            let path = root().join(name);
            std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
        };
        Self::parse(
            &read("gradle/libs.versions.toml")?,
            read("app/build.gradle.kts")?,
        )
    }

    pub(crate) fn parse(catalog: &str, script: String) -> Result<Self> {
        let catalog = toml::from_str(catalog).context("libs.versions.toml")?;
        Ok(Self { catalog, script })
    }

    /// The value of a plain `name = value`.
    pub(crate) fn setting(&self, name: &str) -> Result<&str> {
        let mut values = self.script.lines().filter_map(|line| {
            let value = line
                .trim()
                .strip_prefix(name)?
                .trim_start()
                .strip_prefix('=')?;
            Some(value.trim().trim_matches('"'))
        });
        let value = values
            .next()
            .with_context(|| format!("app/build.gradle.kts has no `{name} = …`"))?;
        ensure!(
            values.next().is_none(),
            "app/build.gradle.kts sets {name} twice"
        );
        Ok(value)
    }

    /// The ABIs that are packed.
    pub(crate) fn abis(&self) -> Result<Vec<&str>> {
        self.list("abiFilters")
    }

    /// The languages whose texts are packed.
    pub(crate) fn locales(&self) -> Result<Vec<&str>> {
        self.list("localeFilters")
    }

    /// What a plain `name += listOf("…", …)` adds.
    fn list(&self, name: &str) -> Result<Vec<&str>> {
        let list = self.script.split_once(&format!("{name} += listOf("));
        let (_, list) =
            list.with_context(|| format!("app/build.gradle.kts has no `{name} += listOf(…)`"))?;
        let list = list.split(')').next().unwrap_or_default();
        Ok(list
            .split(',')
            .map(|item| item.trim().trim_matches('"'))
            .collect())
    }

    /// The markers that the compiler takes as accepted.
    pub(crate) fn opt_ins(&self) -> impl Iterator<Item = &str> {
        self.script.lines().filter_map(|line| {
            line.trim()
                .strip_prefix("optIn.add(\"")?
                .strip_suffix("\")")
        })
    }

    /// A version of the catalog.
    pub(crate) fn version(&self, name: &str) -> Result<&str> {
        let version = self.catalog.versions.get(name);
        version
            .map(String::as_str)
            .with_context(|| format!("the catalog has no version `{name}`"))
    }

    /// What Gradle looks up to find a plugin of an id: a POM that leads to its code.
    pub(crate) fn plugins(&self) -> Result<Vec<String>> {
        let plugins = self.catalog.plugins.values();
        plugins
            .map(
                |Entry {
                     module: id,
                     version,
                 }| {
                    let version = self.version(&version.name)?;
                    Ok(format!("{id}:{id}.gradle.plugin:{version}"))
                },
            )
            .collect()
    }

    /// The dependencies, in the order of the lines.
    pub(crate) fn dependencies(&self) -> Result<Vec<Dependency>> {
        self.script
            .lines()
            .filter_map(|line| self.dependency(line).transpose())
            .collect()
    }

    fn dependency(&self, line: &str) -> Result<Option<Dependency>> {
        let Some((configuration, rest)) = line.trim().split_once("(libs.") else {
            return Ok(None);
        };
        if !configuration.to_lowercase().ends_with("implementation") {
            return Ok(None);
        }
        let (accessor, rest) = rest
            .split_once(')')
            .with_context(|| format!("`{line}` has no end"))?;
        let entry = self.library(accessor)?;
        let kind = rest
            .split_once("type = \"")
            .and_then(|(_, kind)| kind.split('"').next());
        Ok(Some(Dependency {
            configuration: configuration.to_owned(),
            module: entry.module.clone(),
            version: self.version(&entry.version.name)?.to_owned(),
            kind: kind.map(str::to_owned),
        }))
    }

    /// `compose.ui` of the script is `compose-ui` of the catalog.
    fn library(&self, accessor: &str) -> Result<&Entry> {
        let name = accessor.replace('.', "-");
        let entry = self.catalog.libraries.get(&name);
        entry.with_context(|| format!("the catalog has no library `{name}`"))
    }

    /// What is wrong with the files as such: a reference to nowhere, a name that nothing uses, a
    /// version that is not Cargo's.
    pub(crate) fn complaints(&self) -> Result<Vec<String>> {
        let dependencies = self.dependencies()?;
        let mut complaints = Vec::new();
        let (libraries, plugins) = (&self.catalog.libraries, &self.catalog.plugins);
        for (name, entry) in libraries.iter().chain(plugins) {
            if let Err(error) = self.version(&entry.version.name) {
                complaints.push(format!("{name}: {error}"));
            }
        }
        for (name, entry) in libraries {
            if !dependencies
                .iter()
                .any(|dependency| dependency.module == entry.module)
            {
                complaints.push(format!(
                    "{name} of the catalog is used by no line of app/build.gradle.kts"
                ));
            }
        }
        for name in self.catalog.versions.keys() {
            let mut entries = libraries.values().chain(plugins.values());
            if !entries.any(|entry| &entry.version.name == name) {
                complaints.push(format!("version {name} of the catalog is used by no entry"));
            }
        }
        for name in plugins.keys() {
            let alias = format!("alias(libs.plugins.{})", name.replace('-', "."));
            if !self.script.contains(&alias) {
                complaints.push(format!("app/build.gradle.kts does not apply plugin {name}"));
            }
        }
        let ours = env!("CARGO_PKG_VERSION");
        for (what, version) in [
            ("qrgen of the catalog", self.version("qrgen")?),
            ("versionName", self.setting("versionName")?),
        ] {
            if version != ours {
                complaints.push(format!(
                    "{what} is {version}, and the Cargo workspace's version {ours}"
                ));
            }
        }
        Ok(complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOG: &str = r#"
[versions]
agp = "9.5.0"
compose = "1.12.1"
qrgen = "0.1.0"
[libraries]
compose-ui = { module = "androidx.compose.ui:ui-android", version.ref = "compose" }
qrgen-sdk-android = { module = "dev.qrgenerator:qrgen-sdk-android", version.ref = "qrgen" }
[plugins]
android-application = { id = "com.android.application", version.ref = "agp" }
"#;

    const SCRIPT: &str = r#"
plugins {
    alias(libs.plugins.android.application)
}
    minSdk = 24
    versionName = "0.1.0"
    ndk { abiFilters += listOf("arm64-v8a", "x86_64") }
    implementation(libs.compose.ui)
    implementation(libs.qrgen.sdk.android) { artifact { type = "aar" } }
"#;

    fn parsed(script: &str) -> Gradle {
        Gradle::parse(CATALOG, script.to_owned()).unwrap()
    }

    #[test]
    fn plain_lines_are_read_as_gradle_reads_them() {
        let gradle = parsed(SCRIPT);
        assert_eq!(gradle.setting("minSdk").unwrap(), "24");
        assert_eq!(gradle.setting("versionName").unwrap(), "0.1.0");
        assert_eq!(gradle.abis().unwrap(), ["arm64-v8a", "x86_64"]);
        let dependencies = gradle.dependencies().unwrap();
        assert_eq!(
            dependencies[0].coordinate(),
            "androidx.compose.ui:ui-android:1.12.1"
        );
        assert_eq!(dependencies[1].kind.as_deref(), Some("aar"));
        assert_eq!(
            gradle.plugins().unwrap(),
            ["com.android.application:com.android.application.gradle.plugin:9.5.0"]
        );
        assert!(dependencies[1].is_ours() && !dependencies[0].is_ours());
        assert!(gradle.setting("targetSdk").is_err() && gradle.locales().is_err());
    }

    #[test]
    fn a_slip_in_the_files_is_named() {
        let version = env!("CARGO_PKG_VERSION");
        let right = SCRIPT.replace("0.1.0", version);
        let catalog = CATALOG.replace("qrgen = \"0.1.0\"", &format!("qrgen = \"{version}\""));
        let complaints = |catalog: &str, script: &str| {
            Gradle::parse(catalog, script.to_owned())
                .unwrap()
                .complaints()
                .unwrap()
                .join("\n")
        };
        assert_eq!(complaints(&catalog, &right), "");
        for (from, to, said) in [
            (
                "    implementation(libs.compose.ui)\n",
                "",
                "compose-ui of the catalog is used by no line",
            ),
            ("versionName = \"", "versionName = \"9", "versionName is 9"),
            ("alias(libs", "alias(lib", "does not apply plugin"),
        ] {
            assert!(
                complaints(&catalog, &right.replace(from, to)).contains(said),
                "{said}"
            );
        }
        let spare = catalog.replace("[libraries]", "spare = \"1\"\n[libraries]");
        assert!(complaints(&spare, &right).contains("version spare"));
    }

    #[test]
    fn a_line_that_names_no_entry_of_the_catalog_is_an_error() {
        let error = parsed("implementation(libs.nowhere)")
            .dependencies()
            .unwrap_err();
        assert!(error.to_string().contains("nowhere"), "{error}");
    }
}
