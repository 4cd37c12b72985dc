//! The steps of `cargo xtask test` that deploy the stack and call it: `cli/tests/aws`, and what of
//! `cli/tests/it` every endpoint must pass.

use std::process::Command;

use anyhow::Context as _;
use serde_json::json;

use super::emulator::Emulator;
use super::{endpoint, localstack, ministack};
use crate::deploy::{self, Aws, Deployment, Outputs};
use crate::step::{Options, Outcome};
use crate::test::counted;
use crate::{infra, package, say, shell};

/// The state machine and its functions, called directly, with every role held to its policy.
pub(crate) fn workflow(_: &Options) -> Outcome {
    let packages = package::build(package::Target::Host)?;
    let emulator = ministack::start()?;
    let aws = Aws::of_emulator(emulator.url())?;
    let template = infra::render(&())?;
    let deployment = Deployment {
        stack: "qrgen",
        template: &infra::without(&template, ministack::LEFT_OUT),
        packages: &packages,
        parameters: &[],
    };
    let outputs = deploy::apply(&aws, &deployment, |_| Ok(true))?;
    let mut tests = tests("aws", &["workflow::"]);
    tests.env("QRGEN_TEST_AWS", description(&emulator, &aws, &outputs));
    run(&emulator, &mut tests)
}

/// The endpoint over HTTP, by the real program and by hand.
pub(crate) fn rest(_: &Options) -> Outcome {
    let packages = package::build(package::Target::Host)?;
    let emulator = localstack::start_anywhere()?;
    let open = endpoint::deploy(&emulator, &packages, "qrgen", &[])?;
    let keyed = ("ApiKeyRequired".to_owned(), "yes".to_owned());
    let keyed = endpoint::deploy(&emulator, &packages, "qrgen-keyed", &[keyed])?;
    let key_id = keyed.outputs.get("ApiKeyId");
    let key_id = key_id.context("the stack with an API key has no output ApiKeyId")?;
    let mut own = tests("aws", &["rest::"]);
    own.env(
        "QRGEN_TEST_AWS",
        description(&emulator, &open.aws, &open.outputs),
    )
    .env("QRGEN_TEST_ENDPOINT", &open.url)
    .env("QRGEN_TEST_KEYED_ENDPOINT", &keyed.url)
    .env("QRGEN_TEST_API_KEY_ID", key_id);
    // The same main job as in process and over HTTP.
    let mut main_job = tests("it", &["main_job::the_whole_job_over_http"]);
    main_job.env("QRGEN_TEST_ENDPOINT", &open.url);
    run(&emulator, &mut main_job)?;
    run(&emulator, &mut own)
}

/// These tests of a test target of the program. Named as `cargo test --workspace` builds it, so that
/// nothing is built twice.
fn tests(target: &str, filters: &[&str]) -> Command {
    let mut command = shell::cargo(&["test", "--workspace", "--all-features", "--locked"]);
    command.args(["--test", target, "--"]).args(filters);
    command
}

/// What `cli/tests/aws/stack.rs` reads.
fn description(emulator: &Emulator, aws: &Aws, outputs: &Outputs) -> String {
    json!({ "emulator": emulator.url(), "cli": aws.program(), "outputs": outputs }).to_string()
}

/// Runs tests, and prints what the emulator said if they fail.
fn run(emulator: &Emulator, tests: &mut Command) -> Outcome {
    counted(tests).inspect_err(|_| say::line(&emulator.last_words()))
}
