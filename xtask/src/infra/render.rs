//! The template as `CloudFormation` gets it: one text, made of the files of `backend/infra`.
//!
//! No YAML is parsed. JSON is YAML, so JSON on one line may stand wherever a value may; and every
//! resource is a paragraph of its own, so one is left out by leaving out its lines.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::shell;

/// Renders `backend/infra/template.yaml`.
///
/// `parameters` are those that it will be deployed with, in any form: API Gateway serves the methods
/// as they were when a deployment was made, so the deployment is named after everything that can
/// change them, and a change makes a new one.
pub(crate) fn render(parameters: &impl Hash) -> Result<String> {
    let folder = shell::root().join("backend/infra");
    let read = |file: &str| {
        std::fs::read_to_string(folder.join(file))
            .with_context(|| format!("reading backend/infra/{file}"))
    };
    let rendered = fill_in("# @yaml template.yaml", &read)?;
    let mut hasher = DefaultHasher::new();
    rendered.hash(&mut hasher);
    parameters.hash(&mut hasher);
    Ok(rendered.replace(
        "DeploymentRevision",
        &format!("Deployment{:016X}", hasher.finish()),
    ))
}

/// Leaves out the resources of these types, for an emulator that does not know them. Nothing else
/// may refer to them.
pub(crate) fn without(template: &str, types: &[&str]) -> String {
    let kept = |paragraph: &&str| {
        let mut lines = paragraph.lines();
        !lines.any(|line| {
            line.strip_prefix("    Type: ")
                .is_some_and(|of| types.contains(&of))
        })
    };
    let paragraphs: Vec<_> = template.split("\n\n").filter(kept).collect();
    paragraphs.join("\n\n")
}

/// Puts files in place of their markers: `# @yaml FILE` (its lines), `"@json FILE"` (its JSON) and
/// `"@text FILE"` (its text, as one string).
fn fill_in(template: &str, read: &impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut rendered = String::new();
    for line in template.lines() {
        if let Some(file) = line.trim_start().strip_prefix("# @yaml ") {
            writeln!(rendered, "{}", fill_in(&read(file)?, read)?)?;
        } else if let Some((before, file)) = marker(line, "json") {
            let json = serde_json::from_str::<Value>(&read(file)?);
            writeln!(
                rendered,
                "{before}{}",
                json.with_context(|| format!("{file} is not JSON"))?
            )?;
        } else if let Some((before, file)) = marker(line, "text") {
            writeln!(rendered, "{before}{}", Value::String(read(file)?))?;
        } else {
            writeln!(rendered, "{line}")?;
        }
    }
    Ok(rendered)
}

/// What stands before `"@KIND FILE"` at the end of a line, and the file.
fn marker<'a>(line: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    let (before, rest) = line.split_once("\"@")?;
    let file = rest
        .strip_prefix(kind)?
        .strip_prefix(' ')?
        .strip_suffix('"')?;
    (!line.starts_with('#')).then_some((before, file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_take_the_place_of_their_markers() {
        let read = |file: &str| {
            Ok(match file {
                "a.json" => "{\n  \"a\": [1]\n}\n",
                "b.vtl" => "# of b\n\"q\" \\'\n",
                _ => "  C: \"@json a.json\"",
            }
            .to_owned())
        };
        let template =
            "# \"@json FILE\"\nA: \"@json a.json\"\nB: !Sub \"@text b.vtl\"\n  # @yaml c.yaml\n";
        assert_eq!(
            fill_in(template, &read).unwrap(),
            "# \"@json FILE\"\nA: {\"a\":[1]}\nB: !Sub \"# of b\\n\\\"q\\\" \\\\'\\n\"\n  C: {\"a\":[1]}\n\n"
        );
    }

    #[test]
    fn another_template_or_parameter_makes_another_deployment() {
        let render = |parameter| render(&[("ApiKeyRequired", parameter)]).unwrap();
        assert_eq!(render("yes"), render("yes"));
        assert_ne!(render("yes"), render("no"));
        assert!(!render("yes").contains("DeploymentRevision"));
    }

    #[test]
    fn resources_of_a_type_can_be_left_out() {
        let rendered = render(&()).unwrap();
        let without = without(&rendered, &["AWS::CloudWatch::Alarm"]);
        assert!(rendered.contains("\n    Type: AWS::CloudWatch::Alarm\n"));
        assert!(!without.contains("AWS::CloudWatch::Alarm"));
        assert!(without.contains("\n    Type: AWS::CloudWatch::Dashboard\n"));
    }

    /// Otherwise [`without`] would leave out a neighbour too.
    #[test]
    fn every_resource_is_a_paragraph_of_its_own() {
        for paragraph in render(&()).unwrap().split("\n\n") {
            let types = paragraph
                .lines()
                .filter(|line| line.starts_with("    Type: AWS::"));
            assert!(types.count() <= 1, "{paragraph}");
        }
    }
}
