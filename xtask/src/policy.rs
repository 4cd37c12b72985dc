//! What we let into the lock file: licences, banned crates, one version of each crate, one
//! registry.
//!
//! The rules are `deny.toml` in the format of cargo-deny, so that whoever has that tool gets the
//! same answer (`cargo deny check licenses bans sources`); this page spares everyone else building
//! it.

use spdx::{Expression, LicenseReq, Licensee, ParseMode};

use crate::deny::{Named, Rules};
use crate::graph::{Graph, Package, Source};

/// Every breach of the rules, each with the way that leads to it.
pub(crate) fn check(rules: &Rules, graph: &Graph) -> Vec<String> {
    let mut complaints = Vec::new();
    for (at, package) in graph.packages.iter().enumerate() {
        let wrong = [
            license(rules, package),
            ban(rules, package),
            source(package),
            second_version(rules, graph, package),
        ];
        complaints.extend(wrong.into_iter().flatten().map(|what| {
            format!(
                "{} {}: {what} ({})",
                package.name,
                package.version,
                graph.path_to(at)
            )
        }));
    }
    complaints.extend(unused_skips(rules, graph));
    complaints
}

fn license(rules: &Rules, package: &Package) -> Option<String> {
    let Some(text) = &package.license else {
        return Some("names no licence".to_owned());
    };
    // Lax: older manifests write `MIT/Apache-2.0`.
    let expression = match Expression::parse_mode(text, ParseMode::LAX) {
        Ok(expression) => expression,
        Err(error) => {
            return Some(format!(
                "licence `{text}` can not be read: {}",
                error.reason
            ));
        }
    };
    let own = rules
        .licenses
        .exceptions
        .iter()
        .filter(|e| e.name == package.name);
    let allowed: Vec<&String> = rules
        .licenses
        .allow
        .iter()
        .chain(own.flat_map(|e| &e.allow))
        .collect();
    let is_allowed = |req: &LicenseReq| {
        allowed
            .iter()
            .any(|name| Licensee::parse(name).is_ok_and(|l| l.satisfies(req)))
    };
    (!expression.evaluate(is_allowed)).then(|| format!("licence `{text}` is not allowed"))
}

fn ban(rules: &Rules, package: &Package) -> Option<String> {
    let ban = rules
        .bans
        .deny
        .iter()
        .find(|ban| ban.name == package.name)?;
    Some(format!("banned: {}", ban.reason))
}

fn source(package: &Package) -> Option<String> {
    match &package.source {
        Source::Workspace | Source::Registry => None,
        Source::Other(place) => Some(format!("comes from {place}, not from the default registry")),
    }
}

/// A package is one too many when another version of it is there and neither is skipped.
fn second_version(rules: &Rules, graph: &Graph, package: &Package) -> Option<String> {
    let counts = |p: &&Package| p.name == package.name && !is_skipped(rules, p);
    let other = graph
        .packages
        .iter()
        .filter(counts)
        .find(|p| p.version != package.version)?;
    (!is_skipped(rules, package)).then(|| format!("is there beside {}", other.version))
}

fn is_skipped(rules: &Rules, package: &Package) -> bool {
    let spec = format!("{}@{}", package.name, package.version);
    rules.bans.skip.iter().any(|skip| skip.name == spec)
}

/// A skip that no longer has anything to skip must go.
fn unused_skips(rules: &Rules, graph: &Graph) -> Vec<String> {
    let needed = |skip: &&Named| {
        let Some((name, version)) = skip.name.split_once('@') else {
            return false;
        };
        let mut versions = graph
            .packages
            .iter()
            .filter(|p| p.name == name)
            .map(|p| &p.version);
        versions.clone().count() > 1 && versions.any(|v| v == version)
    };
    let unused = rules.bans.skip.iter().filter(|skip| !needed(skip));
    unused
        .map(|skip| {
            format!(
                "deny.toml: skip `{}` ({}) skips nothing",
                skip.name, skip.reason
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        graph.all-features = true
        [licenses]
        include-dev = true
        allow = ["MIT", "Apache-2.0"]
        exceptions = [{ crate = "roots", allow = ["CDLA-Permissive-2.0"] }]
        [bans]
        multiple-versions = "deny"
        multiple-versions-include-dev = true
        deny = [{ crate = "aws-lc-rs", reason = "one crypto library" }]
        skip = [{ crate = "old@1.0.0", reason = "needed by x" }]
        [sources]
        unknown-registry = "deny"
        unknown-git = "deny"
    "#;

    /// `app` needs all of these, in a row: name, version, licence.
    fn complaints(packages: &[(&str, &str, &str)]) -> Vec<String> {
        let outside = packages
            .iter()
            .map(|&(name, version, license)| (name, version, license));
        let skipped = [("old", "1.0.0", "MIT"), ("old", "2.0.0", "MIT")];
        let package = |(name, version, license): (&str, &str, &str), source| Package {
            name: name.to_owned(),
            version: version.to_owned(),
            license: Some(license.to_owned()),
            source,
        };
        let mut all = vec![package(("app", "0.1.0", "MIT"), Source::Workspace)];
        all.extend(outside.chain(skipped).map(|p| package(p, Source::Registry)));
        let mut needs = vec![Vec::new(); all.len()];
        needs[0] = (1..all.len()).collect();
        let rules: Rules = toml::from_str(RULES).unwrap();
        check(
            &rules,
            &Graph {
                packages: all,
                needs,
            },
        )
    }

    #[test]
    fn a_licence_passes_when_one_choice_of_it_is_allowed() {
        assert_eq!(
            complaints(&[("a", "1.0.0", "MIT/GPL-3.0-only")]),
            [] as [&str; 0]
        );
        assert_eq!(
            complaints(&[("roots", "1.0.0", "CDLA-Permissive-2.0")]),
            [] as [&str; 0]
        );
    }

    #[test]
    fn each_breach_is_named_with_the_way_to_it() {
        let cases = [
            (
                ("a", "1.0.0", "GPL-3.0-only"),
                "a 1.0.0: licence `GPL-3.0-only` is not allowed (app > a)",
            ),
            (
                ("b", "1.0.0", "MIT AND ISC"),
                "b 1.0.0: licence `MIT AND ISC` is not allowed (app > b)",
            ),
            (
                ("aws-lc-rs", "1.0.0", "MIT"),
                "aws-lc-rs 1.0.0: banned: one crypto library (app > aws-lc-rs)",
            ),
        ];
        for (package, complaint) in cases {
            assert_eq!(complaints(&[package]), [complaint]);
        }
    }

    #[test]
    fn a_second_version_is_refused_unless_skipped() {
        let both = complaints(&[("a", "1.0.0", "MIT"), ("a", "2.0.0", "MIT")]);
        assert_eq!(
            both,
            [
                "a 1.0.0: is there beside 2.0.0 (app > a)",
                "a 2.0.0: is there beside 1.0.0 (app > a)"
            ]
        );
    }

    #[test]
    fn a_source_that_is_not_the_registry_is_refused() {
        let git = Package {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            license: None,
            source: Source::Other("git+https://example.com/a".to_owned()),
        };
        assert!(source(&git).is_some());
    }

    #[test]
    fn a_skip_without_a_duplicate_and_an_unknown_key_are_refused() {
        let rules: Rules = toml::from_str(RULES).unwrap();
        let empty = Graph {
            packages: Vec::new(),
            needs: Vec::new(),
        };
        assert_eq!(
            check(&rules, &empty),
            ["deny.toml: skip `old@1.0.0` (needed by x) skips nothing"]
        );
        assert!(
            toml::from_str::<Rules>(&RULES.replace("[sources]", "wildcards = \"deny\"\n[sources]"))
                .is_err()
        );
        assert!(
            toml::from_str::<Rules>(
                &RULES.replace("graph.all-features = true", "graph.all-features = false")
            )
            .is_err()
        );
    }
}
