//! The measurements of whole processes behind `docs/benchmarks.md`: `cargo xtask bench`.
//!
//! Each section drives the release binaries from outside, as users do, interleaves what it
//! compares, and prints Markdown. Progress goes to standard error.

mod load;
mod process;
mod render;
mod server;
mod signed;
mod stats;

/// Any error ends the measurement; its text says what went wrong.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[expect(clippy::print_stdout, reason = "the section is the output")]
fn main() -> Result<()> {
    // `cargo bench` adds `--bench`.
    for section in std::env::args().skip(1).filter(|arg| !arg.starts_with('-')) {
        let text = match section.as_str() {
            "render" => render::measure()?,
            "server" => server::measure()?,
            other => return Err(format!("no section {other}").into()),
        };
        println!("{text}");
    }
    Ok(())
}

/// Says on standard error what is going on.
#[expect(
    clippy::print_stderr,
    reason = "a measurement of minutes shows that it lives"
)]
fn progress(text: &str) {
    eprintln!("{text}");
}
