//! The pages that describe the stack, against the stack.

use std::collections::BTreeSet;

use crate::{infra, repository, resources};

/// The cells of every row of the tables of a page, without back-ticks.
fn rows(page: &str) -> Vec<Vec<String>> {
    let page = repository(page);
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let cells = |row: &str| {
        row.trim_matches('|')
            .split('|')
            .map(|c| c.trim().replace('`', ""))
            .collect()
    };
    rows.map(cells).collect()
}

/// Action by action, who is allowed what: `(role, action)`.
fn permissions() -> BTreeSet<(String, String)> {
    let mut resource = String::new();
    let mut found = BTreeSet::new();
    for line in resources().lines() {
        if let Some(name) = line
            .strip_prefix("  ")
            .and_then(|rest| rest.strip_suffix(':'))
            && !name.starts_with(' ')
        {
            name.clone_into(&mut resource);
        }
        let owner = resource.ends_with("Role") || resource.ends_with("Policy");
        for text in line.split('"').skip(1).step_by(2).filter(|_| owner) {
            let action = text.split_once(':').is_some_and(|(service, action)| {
                service
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
                    && action.starts_with(|c: char| c.is_ascii_uppercase())
            });
            if action && !["aws:SecureTransport", "sts:AssumeRole"].contains(&text) {
                found.insert((resource.clone(), text.to_owned()));
            }
        }
        if let Some(at) = line.find(":iam::aws:policy/") {
            let policy = line[at..].rsplit('/').next().unwrap_or_default();
            found.insert((resource.clone(), policy.trim_end_matches('"').to_owned()));
        }
    }
    found
}

#[test]
fn the_table_of_permissions_is_what_the_roles_have() {
    let permissions = permissions();
    let mut documented = BTreeSet::new();
    for row in rows("docs/guide/security.md") {
        let [role, action, resource, why] = row.as_slice() else {
            continue;
        };
        if permissions.iter().any(|(known, _)| known == role) {
            assert!(!resource.is_empty() && !why.is_empty(), "{role} {action}");
            for action in action.split(", ") {
                documented.insert((role.clone(), action.to_owned()));
            }
        }
    }
    assert_eq!(documented, permissions);
}

#[test]
fn every_alarm_has_a_line_that_says_what_to_do() {
    let watch = infra("watch.yaml");
    let alarms = watch.lines().filter_map(|line| {
        let name = line
            .trim()
            .strip_prefix("AlarmName: !Sub \"${AWS::StackName}-")?;
        name.strip_suffix('"').map(str::to_owned)
    });
    let alarms: BTreeSet<_> = alarms.collect();
    assert!(alarms.len() > 5);
    let rows = rows("docs/guide/operate.md");
    let documented = rows.iter().filter_map(|row| match row.as_slice() {
        [alarm, when, what] if alarm.starts_with("STACK-") && !when.is_empty() => {
            assert!(what.len() > 40, "{alarm}: {what}");
            alarm.strip_prefix("STACK-").map(str::to_owned)
        }
        _ => None,
    });
    assert_eq!(documented.collect::<BTreeSet<_>>(), alarms);
}

#[test]
fn every_parameter_is_explained_with_its_default() {
    let template = infra("template.yaml");
    let (_, parameters) = template.split_once("\nParameters:\n").unwrap();
    let (parameters, _) = parameters.split_once("\n\n").unwrap();
    let mut expected = BTreeSet::new();
    let mut name = "";
    for line in parameters.lines() {
        if let Some(found) = line
            .strip_prefix("  ")
            .and_then(|rest| rest.strip_suffix(':'))
            && !found.starts_with(' ')
        {
            name = found;
        }
        if let Some(default) = line.trim().strip_prefix("Default: ") {
            expected.insert((name.to_owned(), default.trim_matches('"').to_owned()));
        }
    }
    let rows = rows("docs/guide/deploy.md");
    let documented = rows.iter().filter_map(|row| match row.as_slice() {
        [name, default, _] if template.contains(&format!("\n  {name}:\n")) => {
            Some((name.clone(), default.clone()))
        }
        _ => None,
    });
    assert_eq!(documented.collect::<BTreeSet<_>>(), expected);
}
