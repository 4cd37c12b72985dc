//! What the files of `backend/infra` must agree with: the functions, the contract, the guide.

#![cfg(test)] // so that the lints know: here a failed `unwrap` is a failed test

mod guide;
mod problems;
mod state_machine;

/// A file of `backend/infra`.
fn infra(file: &str) -> String {
    repository(&format!("backend/infra/{file}"))
}

/// A file of the repository.
fn repository(file: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::fs::read_to_string(format!("{root}/{file}"))
        .unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files of resources, as `template.yaml` names them.
fn resources() -> String {
    let template = infra("template.yaml");
    let files = template
        .lines()
        .filter_map(|line| line.trim().strip_prefix("# @yaml "));
    files.map(infra).collect()
}
