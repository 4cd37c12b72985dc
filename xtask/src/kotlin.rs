//! The Kotlin side: Maven builds, tests and installs `bindings/kotlin`, then its artifacts are used
//! as strangers use them.
//!
//! Maven runs in the folder of the build, which `.mvn/maven.config` is relative to, and keeps what
//! it downloads in its own repository, as everywhere.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::step::{Options, Outcome, Stop};
use crate::{android, artifact, bindings, shell, tools};

/// What the two example programs of the guide have to print, in this order.
const PRINTED: [&str; 3] = [
    "CREATED: ",
    "menu: https://example.com/menu",
    "deleted: true",
];

/// Builds and tests the libraries, installs them, and runs the guide's programs on them.
pub(crate) fn test(_: &Options) -> Outcome {
    let libraries = shell::target().join("android/jniLibs");
    if !libraries.join("arm64-v8a").exists() {
        return Err(Stop::Skipped(
            "needs the libraries for Android: `cargo xtask android`".to_owned(),
        ));
    }
    let qrgen = prepare()?;
    bindings::build(false)?;
    let mut install = maven("", &["install", "-pl", "sdk,sdk-android", "-am"]);
    install.arg(format!("-Dqrgen.binary={}", qrgen.display()));
    install.arg(format!("-Dandroid.libraries={}", libraries.display()));
    let tests = run_tests(&mut install)?;
    if let Some(complaint) = android::aar::complaint()? {
        return Err(Stop::Failed(complaint));
    }
    for example in ["kotlin", "java"] {
        run_example(example, &qrgen)?;
    }
    Ok(format!("{tests} tests passed, 2 programs of the guide ran"))
}

/// Packs the AAR with these libraries, and tests nothing.
pub(crate) fn pack(libraries: &Path) -> Result<(), Stop> {
    find_maven()?;
    bindings::build(false)?;
    let mut package = maven(
        "",
        &["package", "-pl", "sdk,sdk-android", "-am", "-DskipTests"],
    );
    package.arg(format!("-Dandroid.libraries={}", libraries.display()));
    Ok(shell::run(&mut package)?)
}

/// Shrinks a small app with the installed libraries by R8, runs it, and looks into the AAR.
pub(crate) fn r8(options: &Options) -> Outcome {
    let qrgen = prepare()?;
    let mut verify = maven("", &["verify", "-pl", "shrink-test"]);
    verify.arg(format!("-Dqrgen.binary={}", qrgen.display()));
    verify.arg(format!("-Dthorough={}", options.thorough));
    let tests = run_tests(&mut verify)?;
    Ok(format!("{tests} tests passed"))
}

/// What R8 leaves of a small app and the installed libraries, in bytes.
pub(crate) fn dex_bytes() -> Result<u64> {
    let mut verify = maven(
        "",
        &["verify", "-pl", "shrink-test", "-Dtest=ShrinkTest#for*"],
    );
    verify.arg(format!(
        "-Dqrgen.binary={}",
        artifact::program("qrgen-cli")?.display()
    ));
    let mut bytes = None;
    shell::run_watched(&mut verify, |line| bytes = bytes.or(dex_size(line)))?;
    bytes.context("the test of the dex file did not say its size")
}

/// The number in `classes.dex: 319000 bytes`.
fn dex_size(line: &str) -> Option<u64> {
    let (_, size) = line.split_once("classes.dex: ")?;
    size.split(' ').next()?.parse().ok()
}

/// Makes sure of Maven and a JDK, and builds the program that the tests talk to.
fn prepare() -> Result<PathBuf, Stop> {
    find_maven()?;
    same_version()?;
    Ok(artifact::program("qrgen-cli")?)
}

fn find_maven() -> Result<()> {
    tools::debian_packages(&[("maven", "mvn"), ("default-jdk-headless", "javac")])
}

/// Cargo and Maven release together.
fn same_version() -> Result<()> {
    let read = |name: &str| std::fs::read_to_string(shell::root().join(name)).context("reading");
    let version = env!("CARGO_PKG_VERSION");
    for pom in ["", "sdk/", "sdk-android/", "shrink-test/"] {
        let pom = format!("bindings/kotlin/{pom}pom.xml");
        ensure!(
            read(&pom)?.contains(&format!("<version>{version}</version>")),
            "{pom} is not of version {version}, which the Cargo workspace has"
        );
    }
    Ok(())
}

/// Maven in a folder below the build, without colours and progress bars.
pub(crate) fn maven(folder: &str, args: &[&str]) -> Command {
    let mut command = Command::new("mvn");
    command
        .current_dir(shell::root().join("bindings/kotlin").join(folder))
        .args(["-B", "-ntp"])
        .args(args)
        // Cargo puts its target folder there, where JNA would find a library that no artifact has.
        .env_remove("LD_LIBRARY_PATH");
    command
}

/// Runs Maven; how many tests it counted.
fn run_tests(command: &mut Command) -> Result<usize> {
    let mut tests = 0;
    shell::run_watched(command, |line| tests += counted(line).unwrap_or_default())?;
    Ok(tests)
}

/// The number in surefire's closing line of a module, `[INFO] Tests run: 12, Failures: 0, …`. The
/// line of a class looks the same and goes on with its time.
fn counted(line: &str) -> Option<usize> {
    let (_, counts) = line.split_once("Tests run: ")?;
    if counts.contains("Time elapsed") {
        return None;
    }
    counts.split(',').next()?.trim().parse().ok()
}

/// Runs a program that knows only the installed artifacts, by the command of the guide.
fn run_example(name: &str, qrgen: &Path) -> Result<()> {
    let server = Serve::start(qrgen)?;
    let mut example = maven(
        &format!("examples/{name}"),
        &["--quiet", "compile", "exec:java"],
    );
    example.arg(format!("-Dexec.args={}", server.url));
    let mut output = String::new();
    shell::run_watched(&mut example, |line| output.push_str(line))?;
    let mut rest = output.as_str();
    for line in PRINTED {
        let Some((_, after)) = rest.split_once(line) else {
            bail!("examples/{name} did not print `{line}`");
        };
        rest = after;
    }
    Ok(())
}

/// A `qrgen serve` with an empty store, until it is dropped.
struct Serve {
    child: Child,
    url: String,
}

impl Serve {
    fn start(qrgen: &Path) -> Result<Self> {
        let child = Command::new(qrgen)
            .args(["serve", "--listen", "127.0.0.1:0", "--store", "memory:"])
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start qrgen serve")?;
        let mut server = Self {
            child,
            url: String::new(),
        };
        let output = server.child.stdout.take().context("no output")?;
        BufReader::new(output).read_line(&mut server.url)?;
        server.url = server.url.trim().to_owned();
        ensure!(!server.url.is_empty(), "qrgen serve said no URL");
        Ok(server)
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_closing_line_of_a_module_counts_its_tests() {
        let cases = [
            (
                "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0",
                Some(12),
            ),
            (
                "[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.2 s -- in A",
                None,
            ),
            ("[INFO] Building jar", None),
        ];
        for (line, tests) in cases {
            assert_eq!(counted(line), tests, "{line}");
        }
    }
}
