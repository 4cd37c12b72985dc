//! Slips that the linters must notice: each is one change to the text, and what must be found then.

use super::linter::Linter;
use super::linter::Linter::{Machine, Rules, Template};

/// A way to break what a linter reads.
pub(super) struct Slip {
    pub(super) linter: Linter,
    /// The text that is changed, where it stands first.
    from: &'static str,
    to: &'static str,
    /// A part of what must be found.
    pub(super) finding: &'static str,
}

impl Slip {
    /// The broken text; `None` if there is nothing to break any more.
    pub(super) fn made_in(&self, text: &str) -> Option<String> {
        text.contains(self.from)
            .then(|| text.replacen(self.from, self.to, 1))
    }
}

const fn slip(linter: Linter, from: &'static str, to: &'static str, finding: &'static str) -> Slip {
    Slip {
        linter,
        from,
        to,
        finding,
    }
}

/// At least one a rule of `rules.guard`, and some of each kind that the other linters know.
pub(super) const ALL: &[Slip] = &[
    slip(Template, "provided.al2023", "provided.al2029", "E3030"),
    slip(
        Template,
        "!GetAtt GeneratorRole.Arn",
        "!GetAtt GenratorRole.Arn",
        "E1010",
    ),
    slip(Template, "StateMachineType", "StateMachineKind", "E3002"),
    slip(Template, "\"s3:PutObject\"", "\"s3:PutObjekt\"", "W3037"),
    slip(Template, "!Ref CodeBucket", "!Ref CodeBuket", "E1020"),
    slip(
        Machine,
        "\"Next\": \"Refuse\"",
        "\"Next\": \"Refused\"",
        "Refused",
    ),
    slip(
        Machine,
        "\"StartAt\": \"Route\"",
        "\"StartAt\": \"Start\"",
        "Start",
    ),
    slip(Machine, "\"$.requestId\"", "\"$[requestId\"", "requestId"),
    slip(
        Rules,
        "{Status: Enabled}",
        "{Status: Suspended}",
        "images_are_versioned",
    ),
    slip(
        Rules,
        "NoncurrentVersionExpiration:",
        "# ",
        "images_are_versioned",
    ),
    slip(
        Rules,
        "BlockPublicPolicy: true",
        "BlockPublicPolicy: false",
        "images_are_private",
    ),
    slip(
        Rules,
        "BucketOwnerEnforced",
        "ObjectWriter",
        "images_are_private",
    ),
    slip(
        Rules,
        "DeletionPolicy: Retain",
        "DeletionPolicy: Delete",
        "images_outlive_the_stack",
    ),
    slip(
        Rules,
        "\"aws:SecureTransport\": \"false\"",
        "\"aws:SecureTransport\": \"true\"",
        "images_travel_by_tls",
    ),
    slip(
        Rules,
        "StateMachineType: EXPRESS",
        "StateMachineType: STANDARD",
        "machine_is_express",
    ),
    slip(
        Rules,
        "IncludeExecutionData: false",
        "IncludeExecutionData: true",
        "machine_is_express",
    ),
    slip(
        Rules,
        "      Timeout: 7",
        "      Timeout: 26",
        "timeouts_are_a_ladder",
    ),
    slip(
        Rules,
        "\"TimeoutSeconds\":25",
        "\"TimeoutSeconds\":60",
        "timeouts_are_a_ladder",
    ),
    slip(
        Rules,
        "TimeoutInMillis: 29000",
        "TimeoutInMillis: 50",
        "timeouts_are_a_ladder",
    ),
    slip(
        Rules,
        "Architectures: [arm64]",
        "Architectures: [x86_64]",
        "functions_are_rust_on_arm",
    ),
    slip(
        Rules,
        "LogFormat: JSON",
        "LogFormat: Text",
        "function_logs_carry_the_memory_used",
    ),
    slip(
        Rules,
        "[\"s3:PutObject\", \"s3:GetObject\"]",
        "\"s3:*\"",
        "every_permission_is_named",
    ),
    slip(
        Rules,
        "\"xray:PutTraceSegments\"",
        "\"xray:Put*\"",
        "every_permission_is_named",
    ),
    slip(
        Rules,
        "Resource: !GetAtt Images.Arn",
        "Resource: \"*\"",
        "every_resource_is_named",
    ),
    slip(
        Rules,
        "      Policies:\n        - PolicyName: images",
        "      ManagedPolicyArns: [\"arn:aws:iam::aws:policy/AmazonS3FullAccess\"]\n      Policies:\n        - PolicyName: images",
        "functions_have_no_managed_policies",
    ),
    slip(
        Rules,
        "[\"s3:PutObject\", \"s3:GetObject\"]",
        "[\"s3:PutObject\", \"s3:DeleteObject\"]",
        "generator_can_not_delete",
    ),
    slip(
        Rules,
        "Sid: Open\n                Effect: Allow\n                Action: \"s3:GetObject\"",
        "Sid: Open\n                Effect: Allow\n                Action: \"s3:PutObject\"",
        "retriever_can_not_write",
    ),
    slip(
        Rules,
        "Action: \"s3:DeleteObject\"",
        "Action: \"s3:GetObject\"",
        "deleter_can_not_read",
    ),
    slip(
        Rules,
        "RequestValidatorId: !Ref BodyValidator",
        "# ",
        "bodies_are_validated",
    ),
    slip(
        Rules,
        "ValidateRequestBody: true",
        "ValidateRequestBody: false",
        "bodies_are_validated",
    ),
    slip(
        Rules,
        "ThrottlingRateLimit: !Ref ThrottleRate",
        "# ",
        "requests_are_throttled",
    ),
    slip(
        Rules,
        "ThrottlingRateLimit:",
        "DataTraceEnabled: true\n          ThrottlingRateLimit:",
        "nothing_private_is_logged",
    ),
    slip(
        Rules,
        "$context.requestTime",
        "$context.identity.sourceIp",
        "nothing_private_is_logged",
    ),
    slip(
        Rules,
        "RetentionInDays: 30",
        "RetentionInDays: 3653",
        "logs_are_kept_a_month",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

    /// A rule that can't fail proves nothing.
    #[test]
    fn every_rule_has_a_slip_that_it_must_notice() {
        let rules =
            std::fs::read_to_string(shell::root().join("backend/infra/rules.guard")).unwrap();
        let names = rules.lines().filter_map(|line| line.strip_prefix("rule "));
        let names: Vec<_> = names.filter_map(|line| line.split(' ').next()).collect();
        assert!(names.len() > 10);
        for name in names {
            assert!(ALL.iter().any(|slip| slip.finding == name), "{name}");
        }
    }
}
