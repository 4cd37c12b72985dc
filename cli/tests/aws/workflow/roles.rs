//! Each function has the permissions that it needs, and no permission that it does not need.

use serde_json::{Value, json};

use super::{Execution, StateMachine, event};
use crate::stack::{Stack, StackAlone};
use crate::support::Device;

/// Logical name of a function's role, an action, and the request that needs it.
const NEEDED: &[(&str, &str, Need)] = &[
    ("GeneratorRole", "s3:PutObject", Need::GenerateNew),
    ("GeneratorRole", "s3:GetObject", Need::GenerateAgain),
    ("RetrieverRole", "s3:GetObject", Need::Retrieve),
    ("RetrieverRole", "s3:ListBucket", Need::Retrieve),
    ("DeleterRole", "s3:DeleteObject", Need::Delete),
    ("DeleterRole", "s3:ListBucket", Need::Delete),
];

/// Needed, but its lack can't be brought about: without it S3 says 403 instead of 404 for an object
/// that is not there, which GENERATE meets when a DELETE comes between its PUT and its GET.
const NOT_SHOWN: (&str, &str) = ("GeneratorRole", "s3:ListBucket");

#[derive(Clone, Copy, Debug)]
enum Need {
    GenerateNew,
    GenerateAgain,
    Retrieve,
    Delete,
}

impl Need {
    fn ask(self, machine: &StateMachine, device: &Device) -> Execution {
        let members = match self {
            Self::GenerateNew => json!({ "type": "GENERATE", "filename": "new", "text": "new" }),
            Self::GenerateAgain => {
                json!({ "type": "GENERATE", "filename": "menu", "text": "menu" })
            }
            Self::Retrieve => json!({ "type": "RETRIEVE" }),
            Self::Delete => json!({ "type": "DELETE", "filename": "menu" }),
        };
        let mut body = members;
        body["deviceId"] = json!(device.id());
        machine.start(&event::signed(device, &body))
    }
}

/// The policy of a role that is about the images.
struct Policy<'a> {
    stack: &'a StackAlone,
    role: String,
    document: Value,
}

impl<'a> Policy<'a> {
    fn of(stack: &'a StackAlone, logical: &str) -> Self {
        let role = stack.physical(logical);
        let get = [
            "iam",
            "get-role-policy",
            "--role-name",
            &role,
            "--policy-name",
            "images",
        ];
        let document = stack.aws(&get)["PolicyDocument"].clone();
        Self {
            stack,
            role,
            document,
        }
    }

    fn put(&self, document: &Value) {
        let document = document.to_string();
        self.stack.aws(&[
            "iam",
            "put-role-policy",
            "--role-name",
            &self.role,
            "--policy-name",
            "images",
            "--policy-document",
            &document,
        ]);
    }

    /// Every action that it names.
    fn actions(&self) -> Vec<String> {
        let statements = self.document["Statement"].as_array().unwrap();
        statements.iter().flat_map(actions_of).collect()
    }

    /// Without one action.
    fn without(&self, action: &str) -> Value {
        let mut document = self.document.clone();
        let statements = document["Statement"].as_array_mut().unwrap();
        for statement in statements.iter_mut() {
            let mut left = actions_of(statement);
            left.retain(|one| one != action);
            statement["Action"] = json!(left);
        }
        statements.retain(|statement| statement["Action"] != json!([]));
        document
    }
}

fn actions_of(statement: &Value) -> Vec<String> {
    match &statement["Action"] {
        Value::String(action) => vec![action.clone()],
        actions => serde_json::from_value(actions.clone()).unwrap(),
    }
}

#[test]
fn each_permission_is_needed_and_its_lack_is_a_failure_that_tells_nothing() {
    let stack = Stack::alone();
    let machine = StateMachine::of(&stack);
    for (role, action, need) in NEEDED {
        let device = Device::new();
        Need::GenerateAgain.ask(&machine, &device).granted();
        let policy = Policy::of(&stack, role);
        policy.put(&policy.without(action));
        let refused = need.ask(&machine, &device).answer();
        policy.put(&policy.document);
        let (status, problem) = &refused;
        assert!(*status >= 500, "{role} without {action}: {refused:?}");
        for word in ["s3:", "arn:", "AccessDenied", stack.output("Bucket")] {
            assert!(
                !problem.to_string().contains(word),
                "{role} without {action}: {problem}"
            );
        }
        need.ask(&machine, &device).granted();
    }
}

#[test]
fn no_role_has_an_action_that_it_does_not_need() {
    let stack = Stack::alone();
    for role in ["GeneratorRole", "RetrieverRole", "DeleterRole"] {
        let mut named = Policy::of(&stack, role).actions();
        named.sort_unstable();
        let needed = NEEDED.iter().map(|(role, action, _)| (*role, *action));
        let needed = needed
            .chain([NOT_SHOWN])
            .filter(|(known, _)| *known == role);
        let mut needed: Vec<&str> = needed.map(|(_, action)| action).collect();
        needed.sort_unstable();
        assert_eq!(named, needed, "{role}");
    }
}
