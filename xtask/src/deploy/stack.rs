//! A stack: what CloudFormation knows of it, and waiting until it rests.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::Value;

use super::aws::Aws;
use crate::say::Progress;

/// How often CloudFormation is asked.
const PAUSE: Duration = Duration::from_secs(1);

/// The longest that a stack of this size was ever seen to need, twice over.
const PATIENCE: Duration = Duration::from_mins(20);

/// Name and value of each output of a stack.
pub(crate) type Outputs = BTreeMap<String, String>;

/// A stack as it is now.
pub(super) struct Stack {
    pub(super) status: String,
    reason: String,
    pub(super) parameters: Vec<String>,
    pub(super) outputs: Outputs,
}

impl Stack {
    /// Asks for a stack; `None` if there is none of this name.
    pub(super) fn find(aws: &Aws, name: &str) -> Result<Option<Self>> {
        let answer = aws.find(&["cloudformation", "describe-stacks", "--stack-name", name])?;
        answer
            .map(|answer| Self::read(&answer["Stacks"][0]))
            .transpose()
    }

    fn read(stack: &Value) -> Result<Self> {
        let text = |value: &Value, name| value[name].as_str().unwrap_or_default().to_owned();
        let list = |name| stack[name].as_array().into_iter().flatten();
        Ok(Self {
            status: stack["StackStatus"]
                .as_str()
                .context("a stack without status")?
                .to_owned(),
            reason: text(stack, "StackStatusReason"),
            parameters: list("Parameters")
                .map(|parameter| text(parameter, "ParameterKey"))
                .collect(),
            outputs: list("Outputs")
                .map(|output| (text(output, "OutputKey"), text(output, "OutputValue")))
                .collect(),
        })
    }
}

/// Waits until nothing is in progress any more, and tells how far it is. `None`: the stack is gone.
pub(super) fn wait(aws: &Aws, name: &str, what: &str) -> Result<Option<Stack>> {
    let (start, progress) = (Instant::now(), Progress::new());
    loop {
        let Some(stack) = Stack::find(aws, name)? else {
            return Ok(None);
        };
        if !stack.status.ends_with("_IN_PROGRESS") {
            return Ok(Some(stack));
        }
        if start.elapsed() > PATIENCE {
            bail!(
                "{name} is still {}; look at it in the console",
                stack.status
            );
        }
        let seconds = start.elapsed().as_secs();
        progress.show(&format!("{what} {name}: {}, {seconds} s", stack.status));
        sleep(PAUSE);
    }
}

/// An error that says why the stack is in this state.
pub(super) fn failure(aws: &Aws, name: &str, stack: &Stack) -> anyhow::Error {
    let events = [
        "cloudformation",
        "describe-stack-events",
        "--stack-name",
        name,
    ];
    let events = aws.call(&events).unwrap_or_default();
    let events = events["StackEvents"].as_array().into_iter().flatten();
    let failed = events.filter_map(|event| {
        let text = |name| event[name].as_str().unwrap_or_default();
        text("ResourceStatus").ends_with("_FAILED").then(|| {
            let (logical, kind) = (text("LogicalResourceId"), text("ResourceType"));
            format!("\n  {logical} ({kind}): {}", text("ResourceStatusReason"))
        })
    });
    let failed: String = failed.collect();
    anyhow!("{name} ended as {}: {}{failed}", stack.status, stack.reason)
}
