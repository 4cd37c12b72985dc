//! `--delete`: the stack goes, the images stay.

use anyhow::{Result, bail};

use super::aws::Aws;
use super::stack::{self, Stack};
use crate::say;

/// Removes a stack, if `agree` agrees, and says what is left of it.
pub(super) fn run(aws: &Aws, name: &str, agree: impl FnOnce() -> Result<bool>) -> Result<()> {
    let Some(stack) = Stack::find(aws, name)? else {
        bail!("there is no stack {name} in {}", aws.region());
    };
    let images = stack
        .outputs
        .get("Bucket")
        .map(|bucket| format!("s3://{bucket}"));
    say::line(&format!("removing {name}: the endpoint stops to answer."));
    if let Some(images) = &images {
        say::line(&format!(
            "{images}, which holds the images, stays, and so do backups."
        ));
    }
    if !agree()? {
        bail!("nothing was changed");
    }
    aws.call(&["cloudformation", "delete-stack", "--stack-name", name])?;
    match stack::wait(aws, name, "removing")? {
        // Asked by its name, CloudFormation forgets a stack that is gone.
        None => {}
        Some(stack) if stack.status == "DELETE_COMPLETE" => {}
        Some(stack) => return Err(stack::failure(aws, name, &stack)),
    }
    say::line(&format!("{name} is removed."));
    if let Some(images) = images {
        say::line(&format!("kept: {images}"));
    }
    Ok(())
}
