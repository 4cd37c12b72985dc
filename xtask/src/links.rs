//! Links in Markdown that lead to files of the repository.

use std::path::Path;

/// The relative targets of `[text](target)` and `src="target"` in this file that do not exist.
pub(crate) fn dead<'a>(file: &'a Path, text: &'a str) -> impl Iterator<Item = &'a str> {
    let folder = file.parent().unwrap_or(file);
    targets(text).filter(move |target| !folder.join(target).exists())
}

/// Relative targets, without their `#fragment`. Code blocks are passed over: brackets mean other
/// things there.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.lines()
        .filter(move |line| {
            let fence = line.trim_start().starts_with("```");
            in_code ^= fence;
            !in_code && !fence
        })
        .flat_map(|line| {
            let markdown = line
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split([')', ' ']).next());
            let html = line
                .split("src=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            markdown.chain(html)
        })
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .filter_map(|target| target.split('#').next())
        .filter(|target| !target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_targets_are_found_and_others_left_alone() {
        let text = "See [a](docs/a.md#part), [b](https://example.com), [c](#here) and <img src=\"c.svg\">.\n\
                    ```\n[d](d.md)\n```\n![e](e.png \"title\")\n";
        assert_eq!(
            targets(text).collect::<Vec<_>>(),
            ["docs/a.md", "c.svg", "e.png"]
        );
    }

    #[test]
    fn a_target_is_looked_for_beside_its_file() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let text = "[x](src/main.rs) [y](../Cargo.toml) [z](src/none.rs)";
        assert_eq!(dead(&here, text).collect::<Vec<_>>(), ["src/none.rs"]);
    }
}
