//! The guide's page of error codes.

use crate::Code;

const INTRODUCTION: &str = "\
<!-- Generated from contract/src/code.rs: cargo run -p qrgen-contract --example documents -->

# Error codes

Every refusal is a JSON object of the media type `application/problem+json` (RFC 9457). Its `code` is
stable: a program may branch on it. Its `detail` is for people and may change. New codes may come, so
treat one that you do not know by its HTTP `status`.

```json
{problem}
```

*Again* says whether the same request may succeed later, unchanged. The SDK tries those again by
itself, within its deadline.

| Code | Status | Again | What is wrong | What to do |
|---|---|---|---|---|
";

/// The page `docs/guide/errors.md`: every [`Code`] with its status, whether to try again, and what
/// to do. Markdown.
pub fn error_table() -> String {
    let problem = include_str!("../../fixtures/problem.json").trim_end();
    let rows = Code::ALL.iter().map(|code| {
        format!(
            "| `{code}` | {} | {} | {} | {} |\n",
            code.status(),
            if code.is_retryable() { "yes" } else { "no" },
            code.title(),
            code.help(),
        )
    });
    INTRODUCTION.replace("{problem}", problem) + &rows.collect::<String>()
}
