//! What the programs of `peers` print, as numbers to compare.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};

/// Kind of payload and level.
pub(super) type Set = (String, String);

/// Figures of one encoder or pipeline.
#[derive(Default)]
pub(super) struct Row {
    pub(super) nanoseconds: BTreeMap<Set, f64>,
    pub(super) bytes: BTreeMap<Set, u64>,
    pub(super) misread: u32,
    pub(super) refused: u32,
}

/// All figures, in the order in which they came.
#[derive(Default)]
pub(super) struct Figures {
    pub(super) kinds: Vec<String>,
    pub(super) matrix: Vec<(String, Row)>,
    pub(super) image: Vec<(String, Row)>,
}

impl Figures {
    /// Reads the lines that `peers/encoders/src/main.rs` describes.
    pub(super) fn parse(lines: &str) -> Result<Self> {
        let mut all = Self::default();
        for line in lines.lines().filter(|line| !line.is_empty()) {
            all.add(line)
                .with_context(|| format!("the line `{line}`"))?;
        }
        Ok(all)
    }

    fn add(&mut self, line: &str) -> Result<()> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [what, kind, level, name, first, ref rest @ ..] = fields[..] else {
            bail!("has too few fields");
        };
        if !self.kinds.iter().any(|known| known == kind) {
            self.kinds.push(kind.to_owned());
        }
        let set = (kind.to_owned(), level.to_owned());
        match what {
            "matrix" => {
                let row = row(&mut self.matrix, name);
                row.nanoseconds.insert(set, first.parse()?);
            }
            "image" => {
                let row = row(&mut self.image, name);
                row.nanoseconds.insert(set.clone(), first.parse()?);
                row.bytes.insert(set, rest.join("").parse()?);
            }
            "misread" => row(&mut self.matrix, name).misread += first.parse::<u32>()?,
            "refused" => row(&mut self.matrix, name).refused += first.parse::<u32>()?,
            _ => bail!("is of no known kind"),
        }
        Ok(())
    }
}

fn row<'a>(rows: &'a mut Vec<(String, Row)>, name: &str) -> &'a mut Row {
    let at = rows
        .iter()
        .position(|(known, _)| known == name)
        .unwrap_or_else(|| {
            rows.push((name.to_owned(), Row::default()));
            rows.len() - 1
        });
    &mut rows[at].1
}

/// How many times as long as `base` a row takes: the geometric mean over the sets of both.
pub(super) fn times_as_long(row: &Row, base: &Row) -> Option<f64> {
    let ratios: Vec<f64> = row
        .nanoseconds
        .iter()
        .filter_map(|(set, nanoseconds)| Some((nanoseconds / base.nanoseconds.get(set)?).ln()))
        .collect();
    let count = u32::try_from(ratios.len())
        .ok()
        .filter(|&count| count > 0)?;
    Some((ratios.iter().sum::<f64>() / f64::from(count)).exp())
}

/// The median; it sorts what it is given.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_the_geometric_mean_over_the_sets_that_both_have() {
        let all = Figures::parse(
            "matrix\ta\tL\tours\t10\nmatrix\ta\tM\tours\t10\nmatrix\ta\tL\ttheirs\t20\n\
             matrix\ta\tM\ttheirs\t80\nmatrix\tb\tL\ttheirs\t1\nmisread\ta\tM\ttheirs\t3\n",
        )
        .unwrap();
        let [(_, ours), (_, theirs)] = &all.matrix[..] else {
            panic!("two encoders");
        };
        let ratio = times_as_long(theirs, ours).unwrap();
        assert!((ratio - 4.0).abs() < 1e-9, "{ratio}");
        assert_eq!(theirs.misread, 3);
    }

    #[test]
    fn a_line_that_says_nothing_is_an_error() {
        assert!(Figures::parse("matrix\ta\tL\tours\tfast\n").is_err());
        assert!(Figures::parse("heat\ta\tL\tours\t1\n").is_err());
    }
}
