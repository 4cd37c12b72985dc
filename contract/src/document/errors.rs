//! The guide's page of error codes.

use crate::Code;

/// The page `docs/guide/errors.md`: a table of every [`Code`].
pub fn error_table() -> String {
    let mut page = String::new();
    for code in Code::ALL {
        page.push_str(code.as_str());
    }
    page
}
