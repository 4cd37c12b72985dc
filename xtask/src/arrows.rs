//! Which way the crates may know each other. ARCHITECTURE.md draws it; these tables hold it.

use anyhow::{Context as _, Result};
use cargo_metadata::{DependencyKind, Metadata};

use crate::shell;

/// The crates of ours that a crate may name in its manifest.
struct Arrows {
    from: &'static str,
    /// In `[dependencies]` and `[build-dependencies]`.
    to: &'static [&'static str],
    /// In `[dev-dependencies]`, beside those.
    in_tests: &'static [&'static str],
    reason: &'static str,
}

const ARROWS: &[Arrows] = &[
    Arrows {
        from: "qrgen-engine",
        to: &[],
        in_tests: &[],
        reason: "it runs on a phone, in a function and in a terminal alike, so it knows nobody",
    },
    Arrows {
        from: "qrgen-contract",
        to: &[],
        in_tests: &[],
        reason: "it is what client and service agree on, so it knows neither",
    },
    Arrows {
        from: "qrgen-service",
        to: &["qrgen-engine", "qrgen-contract"],
        in_tests: &[],
        reason: "it is called by every way in and knows none of them",
    },
    Arrows {
        from: "qrgen-server",
        to: &["qrgen-service", "qrgen-contract"],
        in_tests: &["qrgen-engine"],
        reason: "it is one way in: HTTP around the service",
    },
    Arrows {
        from: "qrgen-lambda",
        to: &["qrgen-service", "qrgen-contract"],
        in_tests: &["qrgen-engine"],
        reason: "it is one way in: a Lambda function around the service",
    },
    Arrows {
        from: "qrgen-sdk",
        to: &["qrgen-engine", "qrgen-contract"],
        in_tests: &["qrgen-service", "qrgen-server"],
        reason: "it ships to phones without the service; its tests talk to the real one",
    },
    Arrows {
        from: "qrgen-bindgen",
        to: &[],
        in_tests: &[],
        reason: "it reads a built library and links none",
    },
    Arrows {
        from: "qrgen-cli",
        to: &[
            "qrgen-sdk",
            "qrgen-service",
            "qrgen-server",
            "qrgen-contract",
        ],
        in_tests: &["qrgen-engine"],
        reason: "it is a client, and the place where client and service meet in one process",
    },
    Arrows {
        from: "xtask",
        to: &[],
        in_tests: &["qrgen-contract", "qrgen-sdk"],
        reason: "it must build in seconds; only its benchmarks link what they measure",
    },
];

/// Crates that must not be linked, directly or through others, with the default features.
struct Never {
    from: &'static str,
    reaches: &'static [&'static str],
    reason: &'static str,
}

const NEVER: &[Never] = &[
    Never {
        from: "qrgen-engine",
        reaches: &["serde", "serde_core", "tokio", "futures-core"],
        reason: "the engine does no I/O, nothing async, and has no wire format",
    },
    Never {
        from: "qrgen-contract",
        reaches: &["tokio", "reqwest", "hyper"],
        reason: "the contract does no I/O",
    },
    Never {
        from: "qrgen-sdk",
        reaches: &["object_store", "axum", "rxing"],
        reason: "the client carries nothing of the service",
    },
    Never {
        from: "qrgen-service",
        reaches: &["axum", "uniffi"],
        reason: "the service knows no way in, and no binding",
    },
    Never {
        from: "qrgen-lambda",
        reaches: &[
            "axum",
            "clap",
            "uniffi",
            "qrgen-sdk",
            "aws-config",
            "aws-sdk-s3",
        ],
        reason: "every cold start loads all of it: it has the store's own client and no other",
    },
    Never {
        from: "qrgen-cli",
        reaches: &["uniffi"],
        reason: "bindings are a feature that the CLI turns off",
    },
];

/// Every arrow that points the wrong way.
pub(crate) fn check() -> Result<Vec<String>> {
    let args = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
    let metadata: Metadata = serde_json::from_str(&shell::read(&mut shell::cargo(&args))?)?;
    let ours: Vec<&str> = metadata.packages.iter().map(|p| p.name.as_str()).collect();
    let mut complaints = Vec::new();
    for package in &metadata.packages {
        let needs = package
            .dependencies
            .iter()
            .filter(|d| ours.contains(&d.name.as_str()));
        let needs = needs.map(|d| (d.name.as_str(), d.kind == DependencyKind::Development));
        complaints.extend(wrong_arrows(ARROWS, &package.name, needs));
    }
    for never in NEVER {
        let args = [
            "tree",
            "--locked",
            "--target",
            "all",
            "--edges",
            "normal,build",
        ];
        let plain = [
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--package",
            never.from,
        ];
        let tree = shell::read(shell::cargo(&args).args(plain))?;
        for name in reached(never, &tree) {
            let inverted = ["--package", never.from, "--invert", name];
            let way = shell::read(shell::cargo(&args).args(inverted))
                .with_context(|| format!("{} reaches {name}", never.from))?;
            complaints.push(format!(
                "{} links {name}: {}\n{way}",
                never.from, never.reason
            ));
        }
    }
    Ok(complaints)
}

/// What a crate needs of ours and may not; `needs` are name and "for tests only".
fn wrong_arrows<'a>(
    table: &[Arrows],
    from: &str,
    needs: impl Iterator<Item = (&'a str, bool)>,
) -> Vec<String> {
    let Some(arrows) = table.iter().find(|arrows| arrows.from == from) else {
        return vec![format!(
            "{from} has no row in xtask/src/arrows.rs: say there whom it may know"
        )];
    };
    let wrong = needs.filter(|(name, in_tests)| {
        !(arrows.to.contains(name) || *in_tests && arrows.in_tests.contains(name))
    });
    wrong
        .map(|(name, _)| format!("{from} may not know {name}: {}", arrows.reason))
        .collect()
}

/// The forbidden crates in the output of `cargo tree --prefix none --format {p}` (`name v1.2.3 …` a
/// line).
fn reached(never: &Never, tree: &str) -> Vec<&'static str> {
    let linked = |name: &str| {
        tree.lines()
            .any(|line| line.split(' ').next() == Some(name))
    };
    never
        .reaches
        .iter()
        .copied()
        .filter(|name| linked(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_is_wrong_unless_the_table_allows_it() {
        // from, to, in tests only, allowed
        let cases = [
            ("qrgen-sdk", "qrgen-engine", false, true),
            ("qrgen-sdk", "qrgen-service", true, true),
            ("qrgen-sdk", "qrgen-service", false, false),
            ("qrgen-service", "qrgen-sdk", false, false),
            ("qrgen-service", "qrgen-sdk", true, false),
            ("qrgen-engine", "qrgen-contract", false, false),
            ("qrgen-new", "qrgen-engine", false, false),
        ];
        for (from, to, in_tests, allowed) in cases {
            let wrong = wrong_arrows(ARROWS, from, [(to, in_tests)].into_iter());
            assert_eq!(wrong.is_empty(), allowed, "{from} to {to}: {wrong:?}");
        }
    }

    #[test]
    fn the_allowed_arrows_make_no_circle() {
        // Strip, again and again, the crates that know nobody still standing.
        let mut left: Vec<&Arrows> = ARROWS.iter().collect();
        while !left.is_empty() {
            let names: Vec<&str> = left.iter().map(|a| a.from).collect();
            let before = left.len();
            left.retain(|a| a.to.iter().any(|to| names.contains(to)));
            assert!(left.len() < before, "a circle among {names:?}");
        }
    }

    #[test]
    fn a_forbidden_crate_is_found_by_its_whole_name() {
        let never = Never {
            from: "a",
            reaches: &["tokio", "serde"],
            reason: "",
        };
        assert_eq!(
            reached(&never, "a v0.1.0\ntokio v1.54.0\nserde_json v1.0.0\n"),
            ["tokio"]
        );
        assert_eq!(
            reached(&never, "a v0.1.0\ntokio-util v0.7.0\n"),
            [] as [&str; 0]
        );
    }
}
