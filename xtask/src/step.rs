//! Steps: a name, a function, an outcome; run in order, timed, counted.

use std::fmt;
use std::time::{Duration, Instant};

use crate::say;

/// One check of `cargo xtask test`.
pub(crate) struct Step {
    /// What `--only` takes and the summary prints.
    pub(crate) name: &'static str,
    /// The work. A failing step does not stop the ones after it.
    pub(crate) run: fn(&Options) -> Outcome,
}

impl Step {
    /// A step of this name.
    pub(crate) const fn new(name: &'static str, run: fn(&Options) -> Outcome) -> Self {
        Self { name, run }
    }
}

/// What the caller asked of every step.
pub(crate) struct Options {
    /// Also run what takes minutes.
    pub(crate) thorough: bool,
}

/// A passed step may add a note (a count, say) to its line in the summary.
pub(crate) type Outcome = Result<String, Stop>;

/// Why a step did not pass. The reason is for people: what is wrong, what to do.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It ran and found something wrong, or could not run for a reason that is ours.
    Failed(String),
    /// It needs something that this machine lacks.
    Skipped(String),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Failed(reason) | Self::Skipped(reason)) = self;
        f.write_str(reason)
    }
}

/// For tasks that are no steps.
impl std::error::Error for Stop {}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        // A tool that is missing stays one, whatever it was needed for.
        match error.downcast_ref::<Self>() {
            Some(Self::Skipped(_)) => Self::Skipped(format!("{error:#}")),
            _ => Self::Failed(format!("{error:#}")),
        }
    }
}

/// A step with nothing to complain of passes; otherwise every complaint is one line of its failure.
pub(crate) fn none_of(complaints: &[String]) -> Outcome {
    if complaints.is_empty() {
        Ok(String::new())
    } else {
        Err(Stop::Failed(complaints.join("\n")))
    }
}

/// How many steps ended which way. `Display` is the closing line that CI reads.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

/// Runs every step, shows its output as it comes, and then prints one summary line a step.
pub(crate) fn run_all<'a>(steps: impl Iterator<Item = &'a Step>, options: &Options) -> Tally {
    let mut tally = Tally::default();
    let mut summary = Vec::new();
    for step in steps {
        say::line(&format!("\n==> {}", step.name));
        let start = Instant::now();
        let outcome = (step.run)(options);
        let (word, text) = match outcome {
            Ok(note) => {
                tally.passed += 1;
                ("passed", note)
            }
            Err(Stop::Failed(reason)) => {
                tally.failed += 1;
                say::line(&reason);
                ("FAILED", first_line(&reason))
            }
            Err(Stop::Skipped(reason)) => {
                tally.skipped += 1;
                say::line(&reason);
                ("skipped", first_line(&reason))
            }
        };
        summary.push(summary_line(step.name, word, start.elapsed(), &text));
    }
    say::line("");
    for line in summary {
        say::line(line.trim_end());
    }
    tally
}

fn summary_line(name: &str, word: &str, time: Duration, text: &str) -> String {
    format!("{name:<20} {word:<8} {:>7.1} s  {text}", time.as_secs_f64())
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_runs_whatever_the_ones_before_it_did() {
        let steps = [
            Step::new("bad", |_| Err(Stop::Failed("no".to_owned()))),
            Step::new("absent", |_| Err(Stop::Skipped("needs a tool".to_owned()))),
            Step::new("good", |_| Ok(String::new())),
        ];
        let tally = run_all(steps.iter(), &Options { thorough: false });
        assert_eq!(
            tally,
            Tally {
                passed: 1,
                failed: 1,
                skipped: 1
            }
        );
    }

    #[test]
    fn the_closing_line_has_the_form_that_ci_reads() {
        let tally = Tally {
            passed: 9,
            failed: 0,
            skipped: 1,
        };
        assert_eq!(tally.to_string(), "9 passed, 0 failed, 1 skipped");
    }
}
