//! The rules for an APK.

use super::facts::{Entry, Facts};
use crate::sample::pack::PAGE;

/// What the Gradle files promise.
pub(crate) struct Expected<'a> {
    pub(crate) application_id: &'a str,
    pub(crate) version_name: &'a str,
    pub(crate) min_sdk: &'a str,
    pub(crate) target_sdk: &'a str,
    pub(crate) abis: Vec<&'a str>,
    pub(crate) is_release: bool,
}

/// What the app may ask for: its own, and the one that its libraries define for receivers.
const PERMISSIONS: [&str; 4] = [
    "INTERNET",
    "ACCESS_NETWORK_STATE",
    "WRITE_EXTERNAL_STORAGE",
    "DYNAMIC_RECEIVER_NOT_EXPORTED_PERMISSION",
];

/// Our library, and the one through which Kotlin calls it.
const LIBRARIES: [&str; 2] = ["libqrgen_sdk.so", "libjnidispatch.so"];

/// What is wrong with an APK.
pub(crate) fn complaints(facts: &Facts, expected: &Expected<'_>) -> Vec<String> {
    let mut complaints = badging(facts, expected);
    complaints.extend(facts.entries.iter().filter_map(misplaced));
    complaints.extend(libraries(facts, expected));
    if expected.is_release {
        if facts.badging.contains("application-debuggable") {
            complaints.push("a release that can be debugged".to_owned());
        }
        if is_true(&facts.manifest, "usesCleartextTraffic")
            || facts
                .settings
                .iter()
                .any(|settings| is_true(settings, "cleartextTrafficPermitted"))
        {
            complaints.push("a release that permits cleartext traffic".to_owned());
        }
        let dispatcher = |entry: &Entry| entry.name.starts_with("META-INF/services/");
        if !facts.entries.iter().any(dispatcher) {
            complaints.push(
                "no META-INF/services, where coroutines find their main dispatcher".to_owned(),
            );
        }
    }
    if is_true(&facts.manifest, "extractNativeLibs") {
        complaints.push("native libraries that are extracted".to_owned());
    }
    complaints
}

fn badging(facts: &Facts, expected: &Expected<'_>) -> Vec<String> {
    let package = format!("package: name='{}'", expected.application_id);
    let version = format!("versionName='{}'", expected.version_name);
    let min = format!("inSdkVersion:'{}'", expected.min_sdk);
    let target = format!("targetSdkVersion:'{}'", expected.target_sdk);
    let promised = [
        &*package,
        &version,
        &min,
        &target,
        "launchable-activity: name=",
        "application-icon-",
    ];
    let absent = promised
        .iter()
        .filter(|words| !facts.badging.contains(**words));
    let mut complaints: Vec<String> = absent
        .map(|words| format!("badging lacks {words}"))
        .collect();
    for line in facts.badging.lines() {
        let Some(name) = line.strip_prefix("uses-permission: name='") else {
            continue;
        };
        let name = name.split('\'').next().unwrap_or_default();
        if !PERMISSIONS.contains(&name.rsplit('.').next().unwrap_or_default()) {
            complaints.push(format!("asks for {name}"));
        }
    }
    complaints
}

/// A native library is mapped from the APK, so it begins on a page, and its segments are apart by
/// pages; `armeabi-v7a` is for processors with small pages alone.
fn misplaced(entry: &Entry) -> Option<String> {
    let align = entry.align?;
    let page = u64::from(PAGE);
    let has_large_pages = !entry.name.starts_with("lib/armeabi-v7a/");
    let is_wrong =
        !entry.is_stored || !entry.offset.is_multiple_of(page) || has_large_pages && align < page;
    is_wrong.then(|| format!("{} can't be mapped with pages of 16 KiB", entry.name))
}

fn libraries(facts: &Facts, expected: &Expected<'_>) -> Vec<String> {
    let has = |abi: &str, library: &str| {
        let name = format!("lib/{abi}/{library}");
        facts.entries.iter().any(|entry| entry.name == name)
    };
    let mut complaints = Vec::new();
    if !has("arm64-v8a", LIBRARIES[0]) {
        complaints.push("no library for phones".to_owned());
    }
    for abi in &expected.abis {
        // An ABI with one library and not the other would start and then fail.
        if has(abi, LIBRARIES[0]) != has(abi, LIBRARIES[1]) {
            complaints.push(format!(
                "{abi} has one of {} and not the other",
                LIBRARIES.join(", ")
            ));
        }
    }
    for entry in facts.entries.iter().filter(|entry| entry.align.is_some()) {
        let abi = entry.name.split('/').nth(1).unwrap_or_default();
        if !expected.abis.contains(&abi) {
            complaints.push(format!(
                "{} is for an ABI that the build file does not list",
                entry.name
            ));
        }
    }
    complaints
}

/// Whether a line of a dumped tree gives this attribute the value true.
fn is_true(tree: &str, attribute: &str) -> bool {
    tree.lines()
        .any(|line| line.contains(attribute) && line.trim_end().ends_with("=true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: Expected<'_> = Expected {
        application_id: "dev.example",
        version_name: "0.1.0",
        min_sdk: "24",
        target_sdk: "36",
        abis: Vec::new(),
        is_release: true,
    };

    const BADGING: &str = "package: name='dev.example' versionCode='1' versionName='0.1.0'\n\
        minSdkVersion:'24'\ntargetSdkVersion:'36'\n\
        uses-permission: name='android.permission.INTERNET'\n\
        application-icon-160:'res/icon.xml'\n\
        launchable-activity: name='dev.example.MainActivity'\n";

    fn entry(name: &str, offset: u64, align: Option<u64>) -> Entry {
        Entry {
            name: name.to_owned(),
            is_stored: true,
            offset,
            align,
        }
    }

    fn sound() -> Facts {
        Facts {
            badging: BADGING.to_owned(),
            manifest: "A: extractNativeLibs(0x010104ea)=false".to_owned(),
            settings: vec!["A: cleartextTrafficPermitted=false".to_owned()],
            entries: vec![
                entry("META-INF/services/a.b", 100, None),
                entry("lib/arm64-v8a/libqrgen_sdk.so", 16_384, Some(16_384)),
                entry("lib/arm64-v8a/libjnidispatch.so", 32_768, Some(16_384)),
            ],
        }
    }

    fn complaints_of(break_it: impl FnOnce(&mut Facts)) -> String {
        let mut facts = sound();
        break_it(&mut facts);
        complaints(
            &facts,
            &Expected {
                abis: vec!["arm64-v8a", "armeabi-v7a"],
                ..EXPECTED
            },
        )
        .join("\n")
    }

    #[test]
    fn a_sound_apk_passes() {
        assert_eq!(complaints_of(|_| ()), "");
    }

    #[test]
    fn each_fault_is_named() {
        let replace = |from: &'static str, to: &'static str| {
            complaints_of(move |facts| facts.badging = facts.badging.replace(from, to))
        };
        assert!(replace("dev.example'", "dev.other'").contains("lacks package"));
        assert!(replace("minSdkVersion:'24'", "minSdkVersion:'26'").contains("inSdkVersion:'24'"));
        assert!(replace("launchable-activity", "activity").contains("launchable"));
        assert!(replace("INTERNET", "CAMERA").contains("asks for android.permission.CAMERA"));
        assert!(
            replace(
                "application-icon",
                "application-debuggable\napplication-icon"
            )
            .contains("debugged")
        );
        let cleartext = complaints_of(|facts| {
            facts
                .settings
                .push("A: cleartextTrafficPermitted=true".to_owned());
        });
        assert!(cleartext.contains("cleartext"));
        let cleartext = complaints_of(|facts| {
            facts
                .manifest
                .push_str("\nA: usesCleartextTraffic(0x1)=true");
        });
        assert!(cleartext.contains("cleartext"));
        assert!(
            complaints_of(|facts| facts.manifest = facts.manifest.replace("false", "true"))
                .contains("extracted")
        );
        assert!(complaints_of(|facts| drop(facts.entries.remove(0))).contains("META-INF/services"));
        assert!(
            complaints_of(|facts| drop(facts.entries.remove(1))).contains("no library for phones")
        );
        assert!(complaints_of(|facts| drop(facts.entries.remove(2))).contains("not the other"));
    }

    #[test]
    fn a_library_that_a_phone_with_large_pages_can_not_map_is_named() {
        let broken: [fn(&mut Entry); 3] = [
            |entry| entry.offset += 4_096,
            |entry| entry.align = Some(4_096),
            |entry| entry.is_stored = false,
        ];
        for break_it in broken {
            assert!(complaints_of(|facts| break_it(&mut facts.entries[1])).contains("16 KiB"));
        }
        let small =
            |name| complaints_of(|facts| facts.entries.push(entry(name, 49_152, Some(4_096))));
        assert!(!small("lib/armeabi-v7a/liba.so").contains("16 KiB"));
        assert!(small("lib/x86_64/liba.so").contains("does not list"));
    }
}
