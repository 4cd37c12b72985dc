//! Answers from outside: the RFCs, and a proof that other software made.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use qrgen_contract::DeviceId;
use qrgen_contract::proof::{Expected, Unsigned, body_digest, verify};

use super::{BODY, NOW, URL, check, claims, header, proof};
use crate::support::{DEVICE, device_point, golden_proof, point, sign};

#[test]
fn an_honest_proof_names_its_device() {
    assert_eq!(
        check(&proof(&header(), &claims())).unwrap().as_str(),
        DEVICE
    );
}

/// RFC 9449, clause 6.1: the thumbprint of the key of its examples.
#[test]
fn the_device_id_is_the_thumbprint_of_the_rfc() {
    let rfc9449 = point(
        "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
        "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
    );
    assert_eq!(
        DeviceId::of(&rfc9449).as_str(),
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
    );
    assert_eq!(DeviceId::of(&device_point()).as_str(), DEVICE);
}

/// RFC 9449, figure 2: its signature holds, so the first thing that is wrong is our own claim, which
/// it does not have.
#[test]
fn the_example_of_the_rfc_lacks_the_digest_only() {
    const EXAMPLE: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6Ik\
        VDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX2\
        82NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY\
        2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxN\
        TYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV3\
        7xRZT3Lg";
    let problem = check(EXAMPLE).unwrap_err();
    assert_eq!(problem.detail, "the proof has no digest, a string");
}

/// The golden proof was made with Python's `cryptography`, not with this crate.
#[test]
fn the_golden_proof_is_taken_and_made_again() {
    let golden = golden_proof();
    let text = |name: &str| golden[name].as_str().unwrap();
    let (url, body) = (text("url"), text("body").as_bytes());
    let issued_at = golden["issuedAt"].as_i64().unwrap();

    let expected = Expected {
        method: text("method"),
        urls: &[url.to_owned()],
        body,
        now_unix_seconds: issued_at,
        skew_seconds: 0,
    };
    assert_eq!(
        verify(text("proof"), &expected).unwrap().as_str(),
        text("deviceId")
    );
    assert_eq!(body_digest(body), text("digest"));

    let point = BASE64URL
        .decode_to_vec(text("publicPoint"))
        .unwrap()
        .try_into()
        .unwrap();
    let unsigned = Unsigned::new(&point, text("method"), url, body, issued_at, text("jti"));
    let der = BASE64URL.decode_to_vec(text("derSignature")).unwrap();
    assert_eq!(unsigned.with_der_signature(&der).unwrap(), text("proof"));
}

#[test]
fn what_a_client_builds_the_service_takes() {
    // A quotation mark in the identifier must not end the string.
    for jti in ["1", "\"},", &"é".repeat(128)] {
        let unsigned = Unsigned::new(&device_point(), "POST", URL, BODY, NOW, jti);
        let signature = sign(unsigned.signing_input());
        let proof = unsigned.with_fixed_signature(&signature);
        assert_eq!(check(&proof).unwrap().as_str(), DEVICE);
    }
}
