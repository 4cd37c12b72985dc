//! The stack under test.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde_json::Value;

/// Tests share the stack; one that changes it has it for itself.
static IN_USE: RwLock<()> = RwLock::new(());

/// The keys that emulators know.
pub(crate) const ACCESS_KEY: &str = "test";
pub(crate) const SECRET_KEY: &str = "test";
pub(crate) const REGION: &str = "us-east-1";

/// What `cargo xtask test` says of the stack in `QRGEN_TEST_AWS`.
#[derive(serde::Deserialize)]
struct Description {
    /// The base URL of the emulator.
    emulator: String,
    /// The program `aws`.
    cli: PathBuf,
    /// The outputs of the stack.
    outputs: BTreeMap<String, String>,
}

/// The stack, shared or held alone (`Hold`) as long as this lives.
pub(crate) struct Stack<Hold = RwLockReadGuard<'static, ()>> {
    description: Description,
    _hold: Hold,
}

/// The stack in one test alone.
pub(crate) type StackAlone = Stack<RwLockWriteGuard<'static, ()>>;

impl Stack {
    /// For a test that leaves the stack as it is.
    pub(crate) fn shared() -> Self {
        let hold = IN_USE.read().unwrap_or_else(PoisonError::into_inner);
        Self::held(hold)
    }
}

impl StackAlone {
    /// For a test that changes the stack, and changes it back.
    pub(crate) fn alone() -> Self {
        let hold = IN_USE.write().unwrap_or_else(PoisonError::into_inner);
        Self::held(hold)
    }
}

impl<Hold> Stack<Hold> {
    fn held(hold: Hold) -> Self {
        let description = std::env::var("QRGEN_TEST_AWS")
            .expect("QRGEN_TEST_AWS is not set; run `cargo xtask test --only aws-workflow`");
        Self {
            description: serde_json::from_str(&description).unwrap(),
            _hold: hold,
        }
    }

    /// The base URL of the emulator.
    pub(crate) fn emulator(&self) -> &str {
        &self.description.emulator
    }

    /// An output of the stack.
    #[track_caller]
    pub(crate) fn output(&self, name: &str) -> &str {
        let outputs = &self.description.outputs;
        outputs
            .get(name)
            .unwrap_or_else(|| panic!("no output {name} in {outputs:?}"))
    }

    /// Runs a command of the AWS CLI; its answer is JSON or nothing.
    #[track_caller]
    pub(crate) fn aws(&self, arguments: &[&str]) -> Value {
        let output = Command::new(&self.description.cli)
            .args(arguments)
            .args(["--endpoint-url", self.emulator(), "--region", REGION])
            .args(["--output", "json"])
            .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {words}");
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    }

    /// The physical name of a resource of the stack.
    pub(crate) fn physical(&self, logical: &str) -> String {
        let arn = self.output("StateMachineArn");
        let name = arn.rsplit(':').next().unwrap();
        let stack = name
            .strip_suffix("-project_state_machine_express_fn")
            .unwrap();
        let resource = self.aws(&[
            "cloudformation",
            "describe-stack-resource",
            "--stack-name",
            stack,
            "--logical-resource-id",
            logical,
        ]);
        let id = &resource["StackResourceDetail"]["PhysicalResourceId"];
        id.as_str().unwrap().to_owned()
    }
}
