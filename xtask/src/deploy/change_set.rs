//! A change set: what a deployment would do, shown before it is done.

use std::fmt;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::aws::Aws;
use super::stack::Stack;

const PAUSE: Duration = Duration::from_millis(500);

/// A change set that CloudFormation has worked out.
pub(super) struct ChangeSet<'a> {
    aws: &'a Aws,
    stack: &'a str,
    name: String,
    changes: Vec<Value>,
}

impl<'a> ChangeSet<'a> {
    /// Asks CloudFormation what it would have to do. `None`: nothing.
    ///
    /// A parameter that is not named keeps the value that the stack has, or takes the default.
    pub(super) fn create(
        aws: &'a Aws,
        stack: &'a str,
        template_url: &str,
        parameters: &[(String, String)],
    ) -> Result<Option<Self>> {
        let now = Stack::find(aws, stack)?;
        // REVIEW_IN_PROGRESS is a stack that has had change sets only.
        let now = now.filter(|now| now.status != "REVIEW_IN_PROGRESS");
        if now
            .as_ref()
            .is_some_and(|now| now.status == "ROLLBACK_COMPLETE")
        {
            bail!("{stack} could not be created last time; remove it with --delete, then deploy");
        }
        let parameters = match &now {
            Some(now) => json_of(parameters, &known(aws, template_url)?, &now.parameters),
            None => json_of(parameters, &[], &[]),
        };
        let parameters = parameters.to_string();
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let name = format!("deploy-{seconds}");
        aws.call(&[
            "cloudformation",
            "create-change-set",
            "--stack-name",
            stack,
            "--change-set-name",
            &name,
            "--change-set-type",
            if now.is_some() { "UPDATE" } else { "CREATE" },
            "--template-url",
            template_url,
            "--parameters",
            &parameters,
            "--capabilities",
            "CAPABILITY_IAM",
            "CAPABILITY_NAMED_IAM",
        ])?;
        let set = Self {
            aws,
            stack,
            name,
            changes: Vec::new(),
        };
        set.worked_out()
    }

    /// Waits for CloudFormation to compare.
    fn worked_out(mut self) -> Result<Option<Self>> {
        loop {
            let answer = self.call("describe-change-set")?;
            let reason = answer["StatusReason"].as_str().unwrap_or_default();
            match answer["Status"]
                .as_str()
                .context("a change set without status")?
            {
                "CREATE_COMPLETE" => {
                    let changes = answer["Changes"].as_array();
                    self.changes = changes.cloned().unwrap_or_default();
                    return Ok(Some(self));
                }
                "FAILED" if is_empty(reason) => {
                    self.call("delete-change-set")?;
                    return Ok(None);
                }
                "FAILED" => bail!("CloudFormation refused the change set: {reason}"),
                _ => sleep(PAUSE),
            }
        }
    }

    /// Starts to apply it.
    pub(super) fn execute(&self) -> Result<()> {
        self.call("execute-change-set").map(|_| ())
    }

    /// Throws it away, and the stack with it if there is nothing in it.
    pub(super) fn discard(&self) -> Result<()> {
        self.call("delete-change-set").map(|_| ())
    }

    fn call(&self, command: &str) -> Result<Value> {
        self.aws.call(&[
            "cloudformation",
            command,
            "--stack-name",
            self.stack,
            "--change-set-name",
            &self.name,
        ])
    }
}

/// One line a change.
impl fmt::Display for ChangeSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "changes to {}:", self.stack)?;
        for change in &self.changes {
            let change = &change["ResourceChange"];
            let text = |name| change[name].as_str().unwrap_or_default();
            let (action, name, kind) = (
                text("Action"),
                text("LogicalResourceId"),
                text("ResourceType"),
            );
            let replaced = match text("Replacement") {
                "True" => ", replaced",
                "Conditional" => ", may be replaced",
                _ => "",
            };
            write!(f, "\n  {action:<7} {name} ({kind}{replaced})")?;
        }
        Ok(())
    }
}

/// What CloudFormation says of a change set that changes nothing.
fn is_empty(reason: &str) -> bool {
    reason.contains("didn't contain changes") || reason.contains("No updates are to be performed")
}

/// The parameters of a template: a stack may have had others.
fn known(aws: &Aws, template_url: &str) -> Result<Vec<String>> {
    let ask = [
        "cloudformation",
        "get-template-summary",
        "--template-url",
        template_url,
    ];
    let summary = aws.call(&ask)?;
    let parameters = summary["Parameters"].as_array().into_iter().flatten();
    let names = parameters.filter_map(|parameter| parameter["ParameterKey"].as_str());
    Ok(names.map(str::to_owned).collect())
}

/// The parameters as CloudFormation takes them. Those of the stack that are still known, and are
/// not given, keep their value.
fn json_of(given: &[(String, String)], known: &[String], had: &[String]) -> Value {
    let kept = had
        .iter()
        .filter(|name| known.contains(name) && !given.iter().any(|(given, _)| given == *name))
        .map(|name| json!({ "ParameterKey": name, "UsePreviousValue": true }));
    given
        .iter()
        .map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }))
        .chain(kept)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_is_not_given_keeps_its_value() {
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let given = [("LogLevel".to_owned(), "debug".to_owned())];
        let known = names(&["LogLevel", "CorsOrigin", "Tracing"]);
        let had = names(&["LogLevel", "CorsOrigin", "OfAnOlderTemplate"]);
        assert_eq!(
            json_of(&given, &known, &had),
            json!([
                { "ParameterKey": "LogLevel", "ParameterValue": "debug" },
                { "ParameterKey": "CorsOrigin", "UsePreviousValue": true },
            ])
        );
    }
}
