//! From sources to classes and resources: manifest merger, aapt2, javac, kotlinc.
//!
//! Both variants share the classes of the app: their `R` is a class of variables that the variant's
//! own `R` fills, so kotlinc runs once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::gradle::{self, Gradle};
use super::libraries::{Libraries, Library};
use super::maven;
use super::stage::{files, stage};
use crate::shell;

/// A variant of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    Debug,
    Release,
}

impl Variant {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// What the stages share.
pub(crate) struct Build {
    pub(crate) gradle: Gradle,
    pub(crate) libraries: Libraries,
    /// `android-sample` below the target folder.
    pub(crate) out: PathBuf,
}

/// What aapt2 makes.
pub(crate) struct Resources {
    pub(crate) manifest: PathBuf,
    /// An APK without code.
    pub(crate) apk: PathBuf,
    /// The classes `R`.
    pub(crate) r: PathBuf,
    /// What the manifest and the layouts ask R8 to keep.
    pub(crate) rules: PathBuf,
}

impl Build {
    /// Holds the Kotlin of the app and of its tests to ktlint.
    pub(crate) fn lint(&self) -> Result<()> {
        let [sources, tests] = ["main/kotlin", "test/kotlin"].map(Self::source);
        let rules = gradle::root().join(".editorconfig");
        let (folder, passed) = (self.out.join("lint"), self.out.join("lint/passed"));
        stage("ktlint", &passed, &[&sources, &tests, &rules], &[], || {
            maven::lint(&sources, &tests, &folder)?;
            Ok(fs::write(&passed, "")?)
        })
    }

    /// `app/src/NAME` of the Gradle build.
    pub(crate) fn source(name: &str) -> PathBuf {
        gradle::root().join("app/src").join(name)
    }

    pub(crate) fn libraries_of(&self, variant: Variant) -> Vec<Library> {
        match variant {
            Variant::Debug => self.libraries.debug(),
            Variant::Release => self.libraries.release(),
        }
    }

    /// Merges the manifests and links the resources of a variant.
    pub(crate) fn resources(&self, variant: Variant) -> Result<Resources> {
        let folder = self.out.join(variant.name());
        let manifest = self.manifest(variant, &folder)?;
        let libraries = self.libraries_of(variant);
        // The app's last, for they replace those of libraries, and the variant's the app's.
        let mut places: Vec<PathBuf> = libraries
            .iter()
            .filter_map(|library| library.part("res"))
            .collect();
        let own = [
            Self::source("main/res"),
            Self::source(&format!("{}/res", variant.name())),
        ];
        places.extend(own.iter().filter(|place| place.exists()).cloned());
        let (apk, rules, sources) = (
            folder.join("resources.apk"),
            folder.join("aapt.pro"),
            folder.join("r"),
        );
        let inputs = [&*manifest, &own[0], &own[1]];
        let locales = self.gradle.locales()?.join(",");
        stage(
            &format!("{} resources", variant.name()),
            &apk,
            &inputs,
            &[&self.libraries.lock, &locales],
            || {
                let mut compiled = Vec::new();
                for (number, place) in places.iter().enumerate() {
                    let archive = folder.join(format!("compiled/{number}.zip"));
                    fs::create_dir_all(archive.parent().unwrap_or(&folder))?;
                    let mut compile = Command::new(self.libraries.aapt2());
                    shell::read(
                        compile
                            .arg("compile")
                            .arg("--dir")
                            .arg(place)
                            .arg("-o")
                            .arg(&archive),
                    )?;
                    compiled.push(archive);
                }
                if sources.exists() {
                    fs::remove_dir_all(&sources)?;
                }
                let mut packages: Vec<String> =
                    libraries.iter().filter_map(Library::package).collect();
                packages.sort();
                let mut link = Command::new(self.libraries.aapt2());
                link.args([
                    "link",
                    "--auto-add-overlay",
                    "--no-version-vectors",
                    "--non-final-ids",
                ]);
                link.args(["--custom-package", self.gradle.setting("namespace")?]);
                link.args(["--extra-packages", &packages.join(":")]);
                link.args(["-c", &locales]);
                if variant == Variant::Debug {
                    link.arg("--debug-mode");
                }
                link.arg("-I")
                    .arg(self.libraries.file("framework")?)
                    .arg("--manifest")
                    .arg(&manifest);
                link.arg("--java")
                    .arg(&sources)
                    .arg("--proguard")
                    .arg(&rules);
                for archive in &compiled {
                    link.arg("-R").arg(archive);
                }
                shell::run(link.arg("-o").arg(&apk))
            },
        )?;
        let r = self.r(variant, &sources)?;
        Ok(Resources {
            manifest,
            apk,
            r,
            rules,
        })
    }

    fn manifest(&self, variant: Variant, folder: &Path) -> Result<PathBuf> {
        let main = Self::source("main/AndroidManifest.xml");
        let overlay = Self::source(&format!("{}/AndroidManifest.xml", variant.name()));
        let script = gradle::root().join("app/build.gradle.kts");
        let libraries = self.libraries_of(variant);
        let others: Vec<PathBuf> = libraries
            .iter()
            .filter_map(|library| library.part("AndroidManifest.xml"))
            .collect();
        let merged = folder.join("AndroidManifest.xml");
        let inputs = [&*main, &overlay, &script];
        stage(
            &format!("{} manifest", variant.name()),
            &merged,
            &inputs,
            &[&self.libraries.lock],
            || {
                let namespace = self.gradle.setting("namespace")?;
                // As the Android plugin does: the namespace of the build file, and native libraries
                // that are loaded where they lie in the APK.
                let text = fs::read_to_string(&main).context("reading the manifest")?;
                let text = text
                    .replacen(
                        "<manifest ",
                        &format!("<manifest package=\"{namespace}\" "),
                        1,
                    )
                    .replacen(
                        "<application",
                        "<application android:extractNativeLibs=\"false\"",
                        1,
                    );
                let main = folder.join("main.xml");
                fs::write(&main, text)?;
                let mut merge = java(
                    &self.libraries.tool("merger"),
                    "com.android.manifmerger.Merger",
                );
                merge
                    .arg("--main")
                    .arg(&main)
                    .arg("--libs")
                    .arg(path(&others));
                if overlay.exists() {
                    let text = fs::read_to_string(&overlay)?;
                    let own = folder.join("overlay.xml");
                    fs::write(
                        &own,
                        text.replacen(
                            "<manifest ",
                            &format!("<manifest package=\"{namespace}\" "),
                            1,
                        ),
                    )?;
                    merge.arg("--overlays").arg(own);
                }
                for (property, setting) in [
                    ("PACKAGE", "applicationId"),
                    ("MIN_SDK_VERSION", "minSdk"),
                    ("TARGET_SDK_VERSION", "targetSdk"),
                    ("VERSION_CODE", "versionCode"),
                    ("VERSION_NAME", "versionName"),
                ] {
                    merge
                        .arg("--property")
                        .arg(format!("{property}={}", self.gradle.setting(setting)?));
                }
                merge
                    .args(["--remove-tools-declarations", "--log", "WARNING", "--out"])
                    .arg(&merged);
                self.run(&merge, &format!("{}-merger", variant.name()))
            },
        )?;
        Ok(merged)
    }

    /// The `R` classes of the app and of the libraries.
    fn r(&self, variant: Variant, sources: &Path) -> Result<PathBuf> {
        let folder = self.out.join(variant.name());
        let jar = folder.join("r.jar");
        stage(
            &format!("{} R", variant.name()),
            &jar,
            &[sources],
            &[],
            || {
                let classes = folder.join("r-classes");
                if classes.exists() {
                    fs::remove_dir_all(&classes)?;
                }
                let mut compile = Command::new("javac");
                compile
                    .args(["-nowarn", "-Xlint:-options", "--release", "11", "-d"])
                    .arg(&classes);
                shell::read(compile.args(files(sources)?))?;
                shell::run(
                    Command::new("jar")
                        .args(["--create", "--file"])
                        .arg(&jar)
                        .arg("-C")
                        .arg(&classes)
                        .arg("."),
                )
            },
        )?;
        Ok(jar)
    }

    /// The app's own classes.
    pub(crate) fn classes(&self, r: &Path) -> Result<PathBuf> {
        let classpath = [vec![r.to_owned()], jars(&self.libraries.debug())].concat();
        self.kotlinc("app", &[Self::source("main/kotlin")], &classpath, &[r], &[])
    }

    /// The classes of the tests, which see what is internal to the app.
    pub(crate) fn test_classes(&self, r: &Path, app: &Path) -> Result<PathBuf> {
        let libraries = [self.libraries.debug(), self.libraries.test()].concat();
        let classpath = [vec![app.to_owned(), r.to_owned()], jars(&libraries)].concat();
        let sources = [
            Self::source("test/kotlin"),
            shell::root().join("bindings/kotlin/test-support"),
        ];
        self.kotlinc(
            "test",
            &sources,
            &classpath,
            &[r, app],
            &[&format!("-Xfriend-paths={}", app.display())],
        )
    }

    /// Runs a [`java`] with its arguments in a file: they are longer than one cares to see.
    pub(crate) fn run(&self, command: &Command, name: &str) -> Result<()> {
        shell::run(&mut self.in_file(command, name)?)
    }

    /// The command with its arguments in the file `NAME.args`.
    pub(crate) fn in_file(&self, command: &Command, name: &str) -> Result<Command> {
        let file = self.out.join(format!("{name}.args"));
        let quoted = |argument: &std::ffi::OsStr| {
            let text = argument.display().to_string();
            format!("\"{}\"\n", text.replace('\\', "\\\\").replace('"', "\\\""))
        };
        fs::write(&file, command.get_args().map(quoted).collect::<String>())?;
        let mut short = Command::new(command.get_program());
        short.arg(format!("@{}", file.display()));
        Ok(short)
    }

    fn kotlinc(
        &self,
        name: &str,
        sources: &[PathBuf],
        classpath: &[PathBuf],
        changing: &[&Path],
        options: &[&str],
    ) -> Result<PathBuf> {
        let jar = self.out.join(format!("{name}.jar"));
        let mut inputs: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
        inputs.extend(changing);
        let sdk = self.libraries.sdk.jars();
        inputs.extend(sdk.iter().map(PathBuf::as_path));
        stage(
            &format!("Kotlin of the {name}"),
            &jar,
            &inputs,
            &[&self.libraries.lock],
            || {
                let mut compile = java(
                    &self.libraries.tool("kotlinc"),
                    "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                );
                compile.args([
                    "-no-stdlib",
                    "-no-reflect",
                    "-jvm-target",
                    "17",
                    "-Werror",
                    "-module-name",
                    name,
                ]);
                compile.args(self.gradle.opt_ins().map(|name| format!("-opt-in={name}")));
                compile
                    .arg(format!(
                        "-Xplugin={}",
                        self.libraries.file("compose")?.display()
                    ))
                    .args(options);
                // The framework last: it has classes of libraries too.
                let classpath = [classpath, &[self.libraries.file("framework")?]].concat();
                compile
                    .arg("-classpath")
                    .arg(path(&classpath))
                    .arg("-d")
                    .arg(&jar);
                compile.args(sources);
                self.run(&compile, &format!("kotlinc-{name}"))
            },
        )?;
        Ok(jar)
    }
}

/// The classes of libraries.
pub(crate) fn jars(libraries: &[Library]) -> Vec<PathBuf> {
    libraries.iter().flat_map(Library::jars).collect()
}

/// A program for the JVM.
pub(crate) fn java(classpath: &[PathBuf], main: &str) -> Command {
    let mut command = Command::new("java");
    command
        .args(["-Xmx3g", "-cp"])
        .arg(path(classpath))
        .arg(main);
    command
}

pub(crate) fn path(files: &[PathBuf]) -> String {
    let files: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    files.join(":")
}
