//! The one place that prints.

/// Prints one line to standard output, where the steps' own output goes too, so that the order
/// holds.
#[expect(clippy::print_stdout, reason = "a task runner speaks to its terminal")]
pub(crate) fn line(text: &str) {
    println!("{text}");
}
