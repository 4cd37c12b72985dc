//! The door: the order in which a call is checked, and what it says before it knows who asks.

use qrgen_contract::{Code, Operation, limits};
use qrgen_service::{Access, Call, Config, Reply, Service, Store};
use serde_json::json;

use crate::device::{Device, URL};
use crate::house::{Answer, DEVICE, House, Kind};

const BODY: &[u8] = br#"{"type":"DELETE","deviceId":"cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s","filename":"menu"}"#;

fn call(body: &[u8]) -> Call<'_> {
    Call {
        method: "POST",
        content_type: Some("application/json"),
        proofs: &[],
        body,
        request_id: "test",
        only: None,
    }
}

fn open() -> Service {
    Service::new(Store::memory(), Config::new(Access::Open))
}

fn closed() -> Service {
    let urls = vec![URL.to_owned()];
    Service::new(Store::memory(), Config::new(Access::Proof { urls }))
}

async fn code(service: &Service, call: Call<'_>) -> Option<Code> {
    Answer::of(service.call(call).await).code
}

#[tokio::test]
async fn only_post_is_taken() {
    for method in [
        "GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "post", "",
    ] {
        let refused = code(
            &open(),
            Call {
                method,
                ..call(BODY)
            },
        )
        .await;
        assert_eq!(refused, Some(Code::MethodNotAllowed), "{method}");
    }
}

/// RFC 9110, clause 8.3.1: the type is compared without case and without its parameters.
#[tokio::test]
async fn the_body_must_be_declared_as_json() {
    for (content_type, accepted) in [
        (Some("application/json"), true),
        (Some("application/json; charset=utf-8"), true),
        (Some("Application/JSON;charset=\"UTF-8\""), true),
        (Some(" application/json "), true),
        (Some("application/problem+json"), false),
        (Some("application/jsonp"), false),
        (Some("text/plain"), false),
        (Some("text/plain; application/json"), false),
        (Some(""), false),
        (None, false),
    ] {
        let code = code(
            &open(),
            Call {
                content_type,
                ..call(BODY)
            },
        )
        .await;
        let expected = (!accepted).then_some(Code::ContentTypeUnsupported);
        assert_eq!(code, expected, "{content_type:?}");
    }
}

#[tokio::test]
async fn the_body_may_be_16_kib_and_no_more() {
    let mut body = BODY.to_vec();
    body.resize(limits::BODY_BYTES, b' ');
    assert_eq!(code(&open(), call(&body)).await, None);
    body.push(b' ');
    assert_eq!(code(&open(), call(&body)).await, Some(Code::BodyTooLarge));
}

/// The order is part of the contract: every way in gives the same code for the same call.
#[tokio::test]
async fn the_first_rule_that_is_broken_is_the_answer() {
    let service = closed();
    let large = vec![b'{'; limits::BODY_BYTES + 1];
    let not_json: &[u8] = b"{";
    let unknown_value = br#"{"type":"DELETE","deviceId":"me","filename":"menu"}"#;
    for (broken, expected) in [
        (
            Call {
                method: "GET",
                content_type: None,
                body: &large,
                ..call(BODY)
            },
            Code::MethodNotAllowed,
        ),
        (
            Call {
                content_type: None,
                body: &large,
                ..call(BODY)
            },
            Code::ContentTypeUnsupported,
        ),
        (call(&large), Code::BodyTooLarge),
        (call(not_json), Code::MalformedJson),
        (call(unknown_value), Code::DeviceIdInvalid),
        (
            Call {
                only: Some(Operation::Generate),
                ..call(BODY)
            },
            Code::ProofMissing,
        ),
    ] {
        assert_eq!(code(&service, broken).await, Some(expected));
    }
}

/// A Lambda serves one operation; whoever sorted the requests may have been tricked.
#[tokio::test]
async fn a_door_for_one_operation_refuses_the_others() {
    for (only, expected) in [
        (None, None),
        (Some(Operation::Delete), None),
        (Some(Operation::Generate), Some(Code::UnknownOperation)),
        (Some(Operation::Retrieve), Some(Code::UnknownOperation)),
    ] {
        assert_eq!(
            code(&open(), Call { only, ..call(BODY) }).await,
            expected,
            "{only:?}"
        );
    }
}

#[tokio::test]
async fn the_operation_is_told_as_soon_as_it_is_known() {
    async fn operation(service: Service, body: &[u8]) -> Option<Operation> {
        let Reply { operation, .. } = service.call(call(body)).await;
        operation
    }
    assert_eq!(operation(open(), BODY).await, Some(Operation::Delete));
    assert_eq!(operation(closed(), BODY).await, Some(Operation::Delete));
    assert_eq!(operation(open(), b"{").await, None);
}

/// RFC 9449, clause 4.3, check 1.
#[tokio::test]
async fn there_is_exactly_one_proof() {
    let device = Device::new();
    let body = json!({"type": "DELETE", "deviceId": device.id().as_str(), "filename": "menu"});
    let body = body.to_string().into_bytes();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let proof = device.sign("POST", URL, &body, now.as_secs().try_into().unwrap());
    for (proofs, expected) in [
        (vec![proof.as_str()], None),
        (vec![], Some(Code::ProofMissing)),
        (
            vec![proof.as_str(), proof.as_str()],
            Some(Code::ProofMalformed),
        ),
        (vec![""], Some(Code::ProofMalformed)),
    ] {
        let call = Call {
            proofs: &proofs,
            ..call(&body)
        };
        assert_eq!(
            code(&closed(), call).await,
            expected,
            "{} proofs",
            proofs.len()
        );
    }
}

/// Open means open: a client that signs anyway is not held to a URL that nobody has configured.
#[tokio::test]
async fn an_open_door_does_not_look_at_proofs() {
    let call = Call {
        proofs: &["no proof", "nor this"],
        ..call(BODY)
    };
    assert_eq!(code(&open(), call).await, None);
}

/// What the contract refuses, the service refuses, and nothing of it is stored.
#[tokio::test]
async fn malformed_requests_are_refused_with_the_codes_of_the_contract() {
    let generate = |members: &str| {
        format!(r#"{{"type":"GENERATE","deviceId":"{DEVICE}","filename":"menu",{members}}}"#)
    };
    for house in House::each().await {
        for (body, code) in [
            (r#"{"type":"PAINT"}"#.to_owned(), Code::UnknownOperation),
            (generate(r#""text":"x","colour":1"#), Code::UnknownField),
            (generate(r#""text":"x","text":"y""#), Code::DuplicateField),
            (generate(r#""text":7"#), Code::WrongType),
            (generate(r#""replace":true"#), Code::MissingField),
            (generate(r#""text":"""#), Code::TextEmpty),
            (
                generate(&format!(r#""text":"{}""#, "7".repeat(7_090))),
                Code::TextTooLong,
            ),
            (
                generate(r#""text":"x","detail":"huge""#),
                Code::DetailInvalid,
            ),
            (
                generate(r#""text":"x","detail":{"scale":65}"#),
                Code::ScaleOutOfRange,
            ),
            (
                generate(r#""text":"x","detail":{"quietZone":17}"#),
                Code::QuietZoneOutOfRange,
            ),
            (
                generate(r#""text":"x","detail":{"dark":"red"}"#),
                Code::ColorInvalid,
            ),
            (
                generate(r#""text":"x""#).replace("menu", "../menu"),
                Code::FilenameInvalid,
            ),
            (
                generate(r#""text":"x""#).replace(DEVICE, "../images"),
                Code::DeviceIdInvalid,
            ),
            ("[".repeat(10_000), Code::NestedTooDeep),
            (String::new(), Code::MalformedJson),
        ] {
            let answer = house.ask_bytes(body.as_bytes()).await;
            assert_eq!(answer.code, Some(code), "{house:?} {body}");
            assert_eq!(house.names().await, [""; 0], "{house:?} {body}");
        }
    }
}

/// The golden examples of the contract say which members an answer has.
#[tokio::test]
async fn answers_have_the_members_of_the_golden_examples() {
    let house = House::new(Kind::Memory).await;
    for name in ["generate", "retrieve", "listing", "delete"] {
        let fixture = |kind: &str| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../contract/fixtures");
            std::fs::read(format!("{folder}/{name}.{kind}.json")).unwrap()
        };
        let answer = house.ask_bytes(&fixture("request")).await;
        let golden = serde_json::from_slice(&fixture("answer")).unwrap();
        assert_eq!(members(&answer.body), members(&golden), "{name}");
    }
}

/// The paths of all members; those of the first element stand for a list.
fn members(value: &serde_json::Value) -> Vec<String> {
    let below = |name: &str, value| -> Vec<String> {
        let paths = members(value)
            .into_iter()
            .map(|path| format!("{name}.{path}"));
        std::iter::once(name.to_owned()).chain(paths).collect()
    };
    match value {
        serde_json::Value::Object(object) => object
            .iter()
            .flat_map(|(name, value)| below(name, value))
            .collect(),
        serde_json::Value::Array(list) => list.first().map(members).unwrap_or_default(),
        _ => Vec::new(),
    }
}
