//! What a request may hold: the edges of every range, and the defaults.

use qrgen_contract::{Code, ContentKind, Detail, DetailOptions, Level, Preset, Request, limits};

use super::{detail, generate, refusal, retrieve};
use crate::support::fixtures;

#[test]
fn a_number_out_of_range_is_refused_with_value_and_range() {
    let problem = refusal(&detail(r#"{"scale":100}"#));
    assert_eq!(problem.detail, "detail.scale is 100; use 1 to 64 pixels");
    assert_eq!((problem.limit, problem.actual), (Some(64), Some(100)));

    // The members are unsigned, so a negative value is in the message only.
    let problem = refusal(&detail(r#"{"scale":-3}"#));
    assert_eq!(problem.detail, "detail.scale is -3; use 1 to 64 pixels");
    assert_eq!((problem.limit, problem.actual), (None, None));

    let problem = refusal(&retrieve(r#","limit":1001,"content":"none""#));
    assert_eq!(problem.detail, "limit is 1001; use 1 to 1000 images");
}

#[test]
fn a_length_over_its_limit_is_refused_with_both_numbers() {
    // 2 bytes of UTF-8 each: the limit counts bytes, not characters.
    let problem = refusal(&generate("").replace("hello", &"é".repeat(3_545)));
    assert_eq!(problem.known_code(), Some(Code::TextTooLong));
    assert_eq!((problem.limit, problem.actual), (Some(7_089), Some(7_090)));

    let problem = refusal(&generate("").replace("menu", &"x".repeat(201)));
    assert_eq!((problem.limit, problem.actual), (Some(200), Some(201)));
}

#[test]
fn the_edges_of_every_range_are_taken() {
    for body in [
        detail(r#"{"scale":1,"quietZone":0}"#),
        detail(r##"{"scale":64,"quietZone":16,"dark":"#ABCdef"}"##),
        detail("{}"),
        retrieve(r#","limit":1"#),
        retrieve(r#","limit":100,"content":"url""#),
        retrieve(r#","limit":1000,"content":"none""#),
        // Null is how some languages write a member that is not there.
        retrieve(r#","filename":null,"prefix":null,"limit":null,"nextToken":null"#),
        generate("").replace("hello", &"7".repeat(limits::TEXT_BYTES)),
        // A QR code may hold any character.
        generate("").replace("hello", r"\u0000\u007f\u202e"),
    ] {
        assert!(Request::parse(body.as_bytes()).is_ok(), "{body:.200}");
    }
}

#[test]
fn members_that_are_left_out_have_the_documented_defaults() {
    let Request::Generate(request) = Request::parse(generate("").as_bytes()).unwrap() else {
        unreachable!()
    };
    assert_eq!(
        (request.detail, request.replace),
        (Detail::Preset(Preset::Medium), false)
    );

    let Request::Retrieve(request) = Request::parse(retrieve("").as_bytes()).unwrap() else {
        unreachable!()
    };
    assert_eq!(request.content, ContentKind::Base64);
    assert_eq!(
        (
            request.filename,
            request.prefix,
            request.limit,
            request.next_token
        ),
        (None, None, None, None)
    );

    let Request::Generate(request) = Request::parse(detail(r#"{"scale":3}"#).as_bytes()).unwrap()
    else {
        unreachable!()
    };
    let expected = DetailOptions {
        scale: 3,
        ..Preset::Medium.options()
    };
    assert_eq!(request.detail, Detail::Options(expected));
}

#[test]
fn a_preset_stands_for_a_level_and_a_scale() {
    for (preset, level, scale) in [
        (Preset::Low, Level::L, 4),
        (Preset::Medium, Level::M, 8),
        (Preset::High, Level::Q, 12),
        (Preset::Max, Level::H, 16),
    ] {
        let options = Detail::Preset(preset).resolve();
        assert_eq!((options.error_correction, options.scale), (level, scale));
        assert_eq!((options.boost, options.quiet_zone), (true, 4));
        assert_eq!(
            (options.dark.as_str(), options.light.as_str()),
            ("#000000", "#ffffff")
        );
    }
}

#[test]
fn the_golden_requests_are_taken() {
    for (name, json) in fixtures()
        .iter()
        .filter(|(name, _)| name.ends_with(".request"))
    {
        assert!(Request::parse(json.as_bytes()).is_ok(), "{name}");
    }
}
