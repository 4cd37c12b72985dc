//! `cargo xtask deploy` as it is typed, against LocalStack: the stack is made, then found as it is, then
//! removed, and the images stay.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::emulator::Emulator;
use super::localstack;
use crate::deploy::{self, Aws};
use crate::step::{Options, Outcome};
use crate::{say, shell};

/// Not the Region that is special, us-east-1.
const REGION: &str = "eu-central-1";

const STACK: &str = "qr";

/// Types the commands and reads what they say.
pub(crate) fn deploy(_: &Options) -> Outcome {
    let emulator = localstack::start_anywhere()?;
    drive(&emulator).inspect_err(|_| say::line(&emulator.last_words()))?;
    Ok("made, found as it is, removed".to_owned())
}

fn drive(emulator: &Emulator) -> Result<()> {
    let first = said(emulator, &[])?;
    for line in [
        "making the code bucket ",
        "uploading s3://",
        "changes to qr:",
    ] {
        ensure_said(&first, line)?;
    }
    let bucket = output(&first, "Bucket")?;
    let endpoint = output(&first, "Endpoint")?;

    let second = said(emulator, &[])?;
    for line in ["making the code bucket ", "uploading s3://"] {
        ensure!(!second.contains(line), "a second time it said `{line}`");
    }
    ensure!(
        output(&second, "Endpoint")? == endpoint,
        "the endpoint has moved"
    );

    let removed = said(emulator, &["--delete"])?;
    ensure_said(&removed, &format!("kept: s3://{bucket}"))?;
    let aws = Aws::of_emulator(emulator.url())?;
    aws.call(&["s3api", "head-bucket", "--bucket", bucket])
        .context("the images are gone")?;
    let mut again = typed(emulator, &["--delete"]);
    ensure!(shell::run(&mut again).is_err(), "it removed what is gone");
    Ok(())
}

fn typed(emulator: &Emulator, more: &[&str]) -> Command {
    let mut command = shell::cargo(&["xtask", "deploy", "--stack", STACK, "--region", REGION]);
    command
        .args(["--endpoint-url", emulator.url(), "--yes"])
        .args(more)
        .envs(deploy::EMULATOR);
    command
}

fn said(emulator: &Emulator, more: &[&str]) -> Result<String> {
    let mut text = String::new();
    shell::run_watched(&mut typed(emulator, more), |line| text.push_str(line))?;
    Ok(text)
}

fn ensure_said(text: &str, line: &str) -> Result<()> {
    ensure!(text.contains(line), "it did not say `{line}`");
    Ok(())
}

/// The value of an output of the stack, as it is printed: name, spaces, value.
fn output<'a>(text: &'a str, name: &str) -> Result<&'a str> {
    let mut lines = text.lines().filter_map(|line| line.split_once(' '));
    let value = lines.find_map(|(of, value)| (of == name).then(|| value.trim()));
    value.with_context(|| format!("no output {name} was printed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_found_by_its_whole_name() {
        let text = "$ aws Bucket\nBucketArn        arn\nBucket           images of qr\n";
        assert_eq!(output(text, "Bucket").unwrap(), "images of qr");
        assert!(output(text, "Endpoint").is_err());
    }
}
