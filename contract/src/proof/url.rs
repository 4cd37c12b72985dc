//! URLs that are compared: `htu` and the public URL of an endpoint, in one spelling.

use url::{Position, Url};

use crate::{Code, PATH, Problem};

/// The normal form of an endpoint's URL: without query and fragment (RFC 9449, clause 4.3), and with
/// the syntax- and scheme-based normalisation that the clause asks for (RFC 3986, clauses 6.2.2 and
/// 6.2.3): scheme and host in lower case, no default port, no dot segments, `%7e` as `~`, `%2f` as
/// `%2F`, and `/` for an empty path.
///
/// Takes absolute `http` and `https` URLs without user and password.
pub fn normalize_url(url: &str) -> Result<String, Problem> {
    let refused = |reason: &str| Err(Problem::new(Code::ProofUrlMismatch, reason));
    let Ok(url) = Url::parse(url) else {
        return refused("the URL is not absolute; write for example https://qr.example/v1/qr");
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refused("the URL has another scheme than http and https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refused("the URL holds a user name or password; remove it");
    }
    let origin = &url[..Position::BeforePath];
    Ok(format!(
        "{origin}{}",
        normalize_percent_encoding(url.path())
    ))
}

/// The normal form of the endpoint's URL under `base`. A base that ends with the endpoint's path
/// already is taken as it is.
pub fn endpoint_url(base: &str) -> Result<String, Problem> {
    let base = base.trim_end_matches('/');
    let base = base.strip_suffix(PATH).unwrap_or(base);
    normalize_url(&format!("{base}{PATH}"))
}

/// Decodes the escapes of unreserved characters and writes the others in upper case (RFC 3986,
/// clauses 6.2.2.1 and 6.2.2.2).
fn normalize_percent_encoding(path: &str) -> String {
    let mut normal = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        normal.push_str(before);
        let escape = after
            .get(..2)
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = escape.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        rest = match byte {
            Some(byte) if is_unreserved(byte) => {
                normal.push(char::from(byte));
                &after[2..]
            }
            Some(_) => {
                normal.push('%');
                normal.push_str(&after[..2].to_ascii_uppercase());
                &after[2..]
            }
            // No escape at all: the character stands for itself.
            None => {
                normal.push('%');
                after
            }
        };
    }
    normal.push_str(rest);
    normal
}

/// RFC 3986, clause 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}
