//! The dependency graph of the workspace as `cargo metadata` tells it: all features, all targets,
//! all kinds.

use std::collections::{HashMap, VecDeque};

use anyhow::{Context as _, Result};
use cargo_metadata::Metadata;

use crate::shell;

/// Packages by index, and who needs whom.
pub(crate) struct Graph {
    pub(crate) packages: Vec<Package>,
    /// `needs[i]` are the packages that package `i` depends on.
    pub(crate) needs: Vec<Vec<usize>>,
}

/// One package of the graph.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The SPDX expression of its manifest.
    pub(crate) license: Option<String>,
    pub(crate) source: Source,
}

/// Where a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A member of this workspace.
    Workspace,
    /// The default registry.
    Registry,
    /// Anything else: git, another registry, a path outside.
    Other(String),
}

impl Graph {
    /// Asks cargo for the graph of the committed lock file.
    pub(crate) fn load() -> Result<Self> {
        let args = [
            "metadata",
            "--format-version",
            "1",
            "--all-features",
            "--locked",
        ];
        let metadata: Metadata = serde_json::from_str(&shell::read(&mut shell::cargo(&args))?)?;
        let resolve = metadata
            .resolve
            .as_ref()
            .context("cargo metadata gave no graph")?;
        let index: HashMap<_, _> = resolve
            .nodes
            .iter()
            .enumerate()
            .map(|(i, node)| (&node.id, i))
            .collect();
        let source = |package: &cargo_metadata::Package| match &package.source {
            None if metadata.workspace_members.contains(&package.id) => Source::Workspace,
            None => Source::Other("a path outside the workspace".to_owned()),
            Some(source) if source.is_crates_io() => Source::Registry,
            Some(source) => Source::Other(source.repr.clone()),
        };
        let packages = resolve.nodes.iter().map(|node| {
            let package = &metadata[&node.id];
            Package {
                name: package.name.to_string(),
                version: package.version.to_string(),
                license: package.license.clone(),
                source: source(package),
            }
        });
        let needs = resolve.nodes.iter().map(|node| {
            node.deps
                .iter()
                .filter_map(|dep| index.get(&dep.pkg).copied())
                .collect()
        });
        Ok(Self {
            packages: packages.collect(),
            needs: needs.collect(),
        })
    }

    /// The shortest way from a member of the workspace to this package: `qrgen-sdk > reqwest >
    /// hyper`.
    pub(crate) fn path_to(&self, target: usize) -> String {
        let mut came_from: Vec<Option<usize>> = vec![None; self.packages.len()];
        let members = (0..self.packages.len())
            .filter(|&i| self.packages[i].source == Source::Workspace)
            .collect::<VecDeque<_>>();
        let mut seen: Vec<bool> = (0..self.packages.len())
            .map(|i| members.contains(&i))
            .collect();
        let mut queue = members;
        while let Some(at) = queue.pop_front() {
            for &next in &self.needs[at] {
                if !std::mem::replace(&mut seen[next], true) {
                    came_from[next] = Some(at);
                    queue.push_back(next);
                }
            }
        }
        let way = std::iter::successors(Some(target), |&at| came_from[at]);
        let mut names: Vec<&str> = way.map(|at| self.packages[at].name.as_str()).collect();
        names.reverse();
        names.join(" > ")
    }
}
