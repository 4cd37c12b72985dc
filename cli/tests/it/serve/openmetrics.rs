//! A strict reader of OpenMetrics text (OpenMetrics 1.0, "ABNF"), as far as this server uses it.

use std::collections::BTreeMap;

/// Samples by name and labels.
pub(super) struct Metrics {
    samples: BTreeMap<(String, BTreeMap<String, String>), f64>,
}

impl Metrics {
    pub(super) fn value(&self, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.samples
            .get(&(name.to_owned(), labels.iter().map(owned).collect()))
            .copied()
    }
}

/// Reads the text; panics where it is not what the standard says.
#[track_caller]
pub(super) fn parse(text: &str) -> Metrics {
    let text = text
        .strip_suffix("# EOF\n")
        .expect("the text ends with EOF");
    let mut types: BTreeMap<&str, &str> = BTreeMap::new();
    let mut samples = BTreeMap::new();
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            let parts: Vec<&str> = comment.splitn(3, ' ').collect();
            let [kind, family, value] = parts[..] else {
                panic!("no descriptor: {line}")
            };
            match kind {
                "TYPE" => assert_eq!(types.insert(family, value), None, "{family} twice"),
                "UNIT" => assert!(
                    family.ends_with(value),
                    "{family} does not end with its unit"
                ),
                "HELP" => {}
                other => panic!("unknown descriptor {other}"),
            }
            continue;
        }
        let (series, value) = line.rsplit_once(' ').expect("a sample has a value");
        let (name, labels) = match series.split_once('{') {
            Some((name, labels)) => (name, labels.strip_suffix('}').expect("labels are closed")),
            None => (series, ""),
        };
        assert!(
            types
                .iter()
                .any(|(family, kind)| is_sample_of(name, family, kind)),
            "{name} has no family"
        );
        let labels = labels
            .split(',')
            .filter(|label| !label.is_empty())
            .map(|label| {
                let (name, value) = label.split_once('=').expect("a label has a value");
                let value = value
                    .strip_prefix('"')
                    .and_then(|value| value.strip_suffix('"'));
                (
                    name.to_owned(),
                    value.expect("a label's value is quoted").to_owned(),
                )
            });
        let key = (name.to_owned(), labels.collect());
        let value = value.parse().expect("a value is a number");
        assert_eq!(samples.insert(key, value), None, "{series} twice");
    }
    Metrics { samples }
}

/// Whether a sample's name has an ending that its family's type allows.
fn is_sample_of(name: &str, family: &str, kind: &str) -> bool {
    let endings: &[&str] = match kind {
        "counter" => &["_total", "_created"],
        "histogram" => &["_bucket", "_count", "_sum", "_created"],
        "info" => &["_info"],
        _ => &[""],
    };
    name.strip_prefix(family)
        .is_some_and(|ending| endings.contains(&ending))
}
