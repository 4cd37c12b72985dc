//! `cargo xtask deploy`: the stack, from the sources to the endpoint.
//!
//! 1. packages and template go to the code bucket;
//! 2. CloudFormation works out what would change, and it is shown;
//! 3. after a yes it is applied, and the outputs are printed.
//!
//! `cargo xtask aws-local` and the tests go through the same [`apply`], to an endpoint on this
//! machine.

mod aws;
mod change_set;
mod code_bucket;
mod removal;
mod stack;

use std::io::{self, Write as _};

use anyhow::{Context as _, Result, bail};

pub(crate) use self::aws::{Aws, EMULATOR};
use self::change_set::ChangeSet;
use self::code_bucket::CodeBucket;
pub(crate) use self::stack::Outputs;
use self::stack::Stack;
use crate::package::{self, Package};
use crate::{infra, say};

/// Arguments of `cargo xtask deploy`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The name of the stack, in which the names of everything in it begin.
    #[arg(long)]
    stack: String,
    /// Where, such as eu-central-1.
    #[arg(long)]
    region: String,
    /// An endpoint that speaks for AWS, such as an emulator's.
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Remove the stack. The bucket with the images stays.
    #[arg(long)]
    delete: bool,
    /// A parameter of the template (may be given more than once). One that is not given keeps the
    /// value that the stack has.
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value, conflicts_with = "delete")]
    parameter: Vec<(String, String)>,
}

fn name_and_value(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("no = between name and value")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Deploys or removes a stack.
pub(crate) fn run(args: &Args) -> Result<()> {
    let aws = Aws::new(&args.region, args.endpoint_url.as_deref())?;
    if args.delete {
        return removal::run(&aws, &args.stack, || {
            Ok(args.yes || confirmed("Remove it?")?)
        });
    }
    let deployment = Deployment {
        stack: &args.stack,
        template: &infra::render(&args.parameter)?,
        packages: &package::build(package::Target::Lambda)?,
        parameters: &args.parameter,
    };
    let outputs = apply(&aws, &deployment, |changes| {
        say::line(changes);
        Ok(args.yes || confirmed("Apply these changes?")?)
    })?;
    for (name, value) in &outputs {
        say::line(&format!("{name:<16} {value}"));
    }
    Ok(())
}

/// What a stack is to be.
pub(crate) struct Deployment<'a> {
    /// Its name.
    pub(crate) stack: &'a str,
    /// The text of the template.
    pub(crate) template: &'a str,
    /// The functions.
    pub(crate) packages: &'a [Package],
    /// Name and value of the parameters that are not to keep what they are.
    pub(crate) parameters: &'a [(String, String)],
}

/// Makes the stack what it is to be, if `agree` agrees to the list of changes, and gives its outputs.
pub(crate) fn apply(
    aws: &Aws,
    deployment: &Deployment<'_>,
    agree: impl FnOnce(&str) -> Result<bool>,
) -> Result<Outputs> {
    let name = deployment.stack;
    let bucket = CodeBucket::open(aws)?;
    let mut parameters = vec![("CodeBucket".to_owned(), bucket.name.clone())];
    for package in deployment.packages {
        let key = bucket.upload(package)?;
        parameters.push((package.parameter(), key));
    }
    parameters.extend_from_slice(deployment.parameters);
    let template = bucket.upload_template(name, deployment.template)?;
    match ChangeSet::create(aws, name, &template, &parameters)? {
        None => say::line(&format!("{name} is as it should be")),
        Some(changes) if agree(&changes.to_string())? => {
            changes.execute()?;
            let stack = stack::wait(aws, name, "deploying")?.context("the stack is gone")?;
            if !matches!(stack.status.as_str(), "CREATE_COMPLETE" | "UPDATE_COMPLETE") {
                return Err(stack::failure(aws, name, &stack));
            }
        }
        Some(changes) => {
            changes.discard()?;
            bail!("nothing was changed");
        }
    }
    let stack = Stack::find(aws, name)?.context("the stack is gone")?;
    Ok(stack.outputs)
}

/// Asks on the terminal; only a yes is a yes.
fn confirmed(question: &str) -> Result<bool> {
    say::line(&format!("{question} [y/N]"));
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
