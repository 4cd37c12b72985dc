//! The stack behind an endpoint of HTTP, in LocalStack.

use std::slice;

use anyhow::{Context as _, Result};

use super::emulator::Emulator;
use crate::deploy::{self, Aws, Deployment, Outputs};
use crate::infra;
use crate::package::Package;

/// A stack that answers.
pub(super) struct Rest {
    pub(super) aws: Aws,
    /// The base URL, to which clients add `/v1/qr`.
    pub(super) url: String,
    pub(super) outputs: Outputs,
}

/// Deploys a stack of this name and finds its endpoint.
pub(super) fn deploy(
    emulator: &Emulator,
    packages: &[Package],
    stack: &str,
    parameters: &[(String, String)],
) -> Result<Rest> {
    let aws = Aws::of_emulator(emulator.url())?;
    // Rendered once: LocalStack forgets an API whose deployment is replaced.
    let template = infra::render(&parameters)?;
    let apply = |parameters: &[(String, String)]| {
        let deployment = Deployment {
            stack,
            template: &template,
            packages,
            parameters,
        };
        deploy::apply(&aws, &deployment, |_| Ok(true))
    };
    let outputs = apply(parameters)?;
    let url = local(emulator.url(), &outputs)?;
    // What clients sign is the URL that they call, which is another one than AWS would have; and it
    // is known only now.
    let public = ("PublicUrl".to_owned(), format!("{url}/v1/qr"));
    let outputs = apply(slice::from_ref(&public))?;
    Ok(Rest { aws, url, outputs })
}

/// Where LocalStack answers for the API of the stack.
fn local(emulator: &str, outputs: &Outputs) -> Result<String> {
    let api = outputs
        .get("ApiId")
        .context("the stack has no output ApiId")?;
    Ok(format!("{emulator}/_aws/execute-api/{api}"))
}
