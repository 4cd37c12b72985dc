//! A device whose clock is wrong learns the time from the service, once a call.

use qrgen_contract::{Code, Problem};
use qrgen_sdk::DeleteRequest;
use wiremock::ResponseTemplate;

use crate::support::{
    client, deleted, no_pauses, ok, problem, refused, requests, server_that_answers,
    server_with_script, unix_now, verify,
};

const HOUR: i64 = 3_600;

/// A refusal by a service whose clock is `ahead` seconds from ours.
fn refused_for_age(code: Code, ahead: i64) -> ResponseTemplate {
    let now = humantime::format_rfc3339_seconds(
        std::time::UNIX_EPOCH
            + std::time::Duration::from_secs((unix_now() + ahead).try_into().unwrap()),
    );
    problem(&Problem::new(code, "check the clock").with_server_time(now.to_string()))
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_by_the_time_of_the_service() {
    for (code, ahead) in [(Code::ProofExpired, HOUR), (Code::ProofNotYetValid, -HOUR)] {
        let server =
            server_with_script([refused_for_age(code, ahead), ok(&deleted()), ok(&deleted())])
                .await;
        let client = client(no_pauses(server.uri()));
        client.delete(DeleteRequest::new("menu")).await.unwrap();
        client.delete(DeleteRequest::new("menu")).await.unwrap();
        let requests = requests(&server).await;
        assert_eq!(
            verify(&server, &requests[0], ahead).unwrap_err().code,
            code.as_str()
        );
        verify(&server, &requests[1], ahead).unwrap();
        verify(&server, &requests[2], ahead).expect("the correction is kept for the next call");
        assert_eq!(requests[0].body, requests[1].body);
    }
}

#[tokio::test]
async fn a_service_that_is_never_content_with_the_time_is_asked_twice_and_no_more() {
    let server = server_that_answers(refused_for_age(Code::ProofExpired, HOUR)).await;
    let client = client(no_pauses(server.uri()));
    let error = client.delete(DeleteRequest::new("menu")).await.unwrap_err();
    assert_eq!(error.code(), "proof_expired");
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn without_the_time_of_the_service_there_is_nothing_to_correct() {
    let server = server_that_answers(refused(Code::ProofExpired)).await;
    let client = client(no_pauses(server.uri()));
    let error = client.delete(DeleteRequest::new("menu")).await.unwrap_err();
    assert_eq!(error.code(), "proof_expired");
    assert_eq!(requests(&server).await.len(), 1);
}

/// The time beside another refusal is no reason to sign anew: it would hide the real one.
#[tokio::test]
async fn other_refusals_do_not_move_the_clock() {
    let server = server_that_answers(refused_for_age(Code::ProofUrlMismatch, HOUR)).await;
    let client = client(no_pauses(server.uri()));
    let error = client.delete(DeleteRequest::new("menu")).await.unwrap_err();
    assert_eq!(error.code(), "proof_url_mismatch");
    assert_eq!(requests(&server).await.len(), 1);
}
