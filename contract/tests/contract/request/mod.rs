//! Reading a request.

mod refusals;
mod round_trip;
mod values;

use qrgen_contract::{Problem, Request};

use crate::support::DEVICE;

/// What `body` is refused with.
fn refusal(body: &str) -> Problem {
    match Request::parse(body.as_bytes()) {
        Err(problem) => problem,
        Ok(request) => panic!("{body:.200} was taken as {request:?}"),
    }
}

/// A GENERATE with more members: `members` is empty or begins with a comma.
fn generate(members: &str) -> String {
    format!(
        r#"{{"type":"GENERATE","deviceId":"{DEVICE}","filename":"menu","text":"hello"{members}}}"#
    )
}

/// A GENERATE with this `detail`, in JSON.
fn detail(detail: &str) -> String {
    generate(&format!(r#","detail":{detail}"#))
}

/// A RETRIEVE with more members.
fn retrieve(members: &str) -> String {
    format!(r#"{{"type":"RETRIEVE","deviceId":"{DEVICE}"{members}}}"#)
}

/// A DELETE with these members and no others but `type`.
fn delete(members: &str) -> String {
    format!(r#"{{"type":"DELETE"{members}}}"#)
}
