//! `deny.toml`: the part of cargo-deny's format that we use.
//!
//! A key that is not here is refused, so that cargo-deny and [`crate::policy`] can not drift apart
//! silently.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// The part of cargo-deny's format that we use.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    #[serde(rename = "graph")]
    _graph: AllFeatures,
    pub(crate) licenses: Licenses,
    pub(crate) bans: Bans,
    #[serde(rename = "sources")]
    _sources: Sources,
}

/// The graph that [`crate::graph::Graph::load`] asks for, in cargo-deny's words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AllFeatures {
    #[serde(rename = "all-features")]
    _all_features: Always,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Licenses {
    #[serde(rename = "include-dev")]
    _include_dev: Always,
    pub(crate) allow: Vec<String>,
    pub(crate) exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    pub(crate) allow: Vec<String>,
    #[serde(rename = "crate")]
    pub(crate) name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Bans {
    #[serde(rename = "multiple-versions")]
    _multiple_versions: Deny,
    #[serde(rename = "multiple-versions-include-dev")]
    _include_dev: Always,
    pub(crate) deny: Vec<Named>,
    pub(crate) skip: Vec<Named>,
}

/// A crate (`name`, or `name@version` in `skip`) and why it is listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    #[serde(rename = "crate")]
    pub(crate) name: String,
    pub(crate) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    #[serde(rename = "unknown-registry")]
    _unknown_registry: Deny,
    #[serde(rename = "unknown-git")]
    _unknown_git: Deny,
}

/// A lint level: we hold no softer one.
#[derive(Deserialize)]
enum Deny {
    #[serde(rename = "deny")]
    Deny,
}

/// `true`: what we hold always looks at everything.
#[derive(Deserialize)]
#[serde(try_from = "bool")]
struct Always;

impl TryFrom<bool> for Always {
    type Error = &'static str;

    fn try_from(value: bool) -> Result<Self, Self::Error> {
        if value { Ok(Self) } else { Err("must be true") }
    }
}

impl Rules {
    /// Reads `deny.toml`.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("could not read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("could not read {}", path.display()))
    }
}
