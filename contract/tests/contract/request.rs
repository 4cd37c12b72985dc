//! Reading a request: every way in which it can be wrong has a code of its own and names the member,
//! and what is right comes through unchanged.

use crate::support::{DEVICE, fixtures, seeded};
use proptest::prelude::*;
use qrgen_contract::{
    Code, ContentKind, DeleteRequest, Detail, DetailOptions, GenerateRequest, Level, Preset,
    Problem, Request, RetrieveRequest, limits,
};

fn refusal(body: &str) -> Problem {
    match Request::parse(body.as_bytes()) {
        Err(problem) => problem,
        Ok(request) => panic!("{body:.200} was taken as {request:?}"),
    }
}

/// A GENERATE with more members, or others: `members` begins with a comma or is empty.
fn generate(members: &str) -> String {
    format!(
        r#"{{"type":"GENERATE","deviceId":"{DEVICE}","filename":"menu","text":"hello"{members}}}"#
    )
}

fn detail(detail: &str) -> String {
    generate(&format!(r#","detail":{detail}"#))
}

fn retrieve(members: &str) -> String {
    format!(r#"{{"type":"RETRIEVE","deviceId":"{DEVICE}"{members}}}"#)
}

fn nested(depth: usize) -> String {
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    generate(&format!(r#","detail":{open}{close}"#))
}

#[test]
fn every_bad_request_has_its_own_code_and_names_the_member() {
    use Code::{
        ColorInvalid, ConflictingFields, ContentInvalid, DetailInvalid, DeviceIdInvalid,
        DuplicateField, FilenameInvalid, LimitOutOfRange, MalformedJson, MissingField,
        NestedTooDeep, QuietZoneOutOfRange, ScaleOutOfRange, TextEmpty, TextTooLong, UnknownField,
        UnknownOperation, WrongType,
    };
    let text = |length| {
        format!(
            r#"{{"type":"GENERATE","deviceId":"{DEVICE}","filename":"menu","text":"{}"}}"#,
            "x".repeat(length)
        )
    };
    let cases: &[(String, Code, Option<&str>)] = &[
        // The body as JSON.
        (String::new(), MalformedJson, None),
        ("{".into(), MalformedJson, None),
        ("GENERATE".into(), MalformedJson, None),
        (generate("") + "{}", MalformedJson, None),
        (generate(","), MalformedJson, None),
        (generate(r#","detail":NaN"#), MalformedJson, None),
        // Half of a surrogate pair is no text in UTF-8.
        (generate(r#","nextToken":"\ud800""#), MalformedJson, None),
        ("null".into(), WrongType, None),
        ("[]".into(), WrongType, None),
        (format!("[{}]", generate("")), WrongType, None),
        (nested(10_000), NestedTooDeep, None),
        (
            retrieve(&format!(
                r#","x":{}1{}"#,
                r#"{"a":"#.repeat(10_000),
                "}".repeat(10_000)
            )),
            NestedTooDeep,
            None,
        ),
        // The operation.
        ("{}".into(), MissingField, Some("type")),
        (r#"{"type":"PAINT"}"#.into(), UnknownOperation, Some("type")),
        (
            r#"{"type":"generate"}"#.into(),
            UnknownOperation,
            Some("type"),
        ),
        (r#"{"type":""}"#.into(), UnknownOperation, Some("type")),
        (r#"{"type":null}"#.into(), WrongType, Some("type")),
        (r#"{"type":["GENERATE"]}"#.into(), WrongType, Some("type")),
        (
            r#"{"type":"DELETE","type":"GENERATE"}"#.into(),
            DuplicateField,
            Some("type"),
        ),
        (
            generate(r#","type":"GENERATE""#),
            DuplicateField,
            Some("type"),
        ),
        (
            generate(r#","\u0074ype":"DELETE""#),
            DuplicateField,
            Some("type"),
        ),
        // Members that are missing, unknown, or there twice.
        (
            r#"{"type":"GENERATE"}"#.into(),
            MissingField,
            Some("deviceId"),
        ),
        (
            format!(r#"{{"type":"GENERATE","deviceId":"{DEVICE}","text":"t"}}"#),
            MissingField,
            Some("filename"),
        ),
        (
            format!(r#"{{"type":"GENERATE","deviceId":"{DEVICE}","filename":"f"}}"#),
            MissingField,
            Some("text"),
        ),
        (
            format!(r#"{{"type":"DELETE","deviceId":"{DEVICE}"}}"#),
            MissingField,
            Some("filename"),
        ),
        (generate(r#","colour":"red""#), UnknownField, Some("colour")),
        (
            generate(r#","colour":1,"colour":2"#),
            UnknownField,
            Some("colour"),
        ),
        (generate(r#","Text":"t""#), UnknownField, Some("Text")),
        (
            generate(r#","device_id":"t""#),
            UnknownField,
            Some("device_id"),
        ),
        (generate(r#","prefix":"m""#), UnknownField, Some("prefix")),
        (retrieve(r#","text":"t""#), UnknownField, Some("text")),
        (retrieve(r#","":null"#), UnknownField, Some("")),
        (
            detail(r#"{"scale":8,"shape":"round"}"#),
            UnknownField,
            Some("detail.shape"),
        ),
        (generate(r#","text":"again""#), DuplicateField, Some("text")),
        (
            generate(r#","replace":true,"replace":true"#),
            DuplicateField,
            Some("replace"),
        ),
        (
            retrieve(r#","limit":null,"limit":1"#),
            DuplicateField,
            Some("limit"),
        ),
        (
            detail(r#"{"scale":8,"scale":8}"#),
            DuplicateField,
            Some("detail.scale"),
        ),
        // JSON types.
        (
            format!(r#"{{"type":"DELETE","deviceId":7,"filename":"f"}}"#),
            WrongType,
            Some("deviceId"),
        ),
        (
            format!(r#"{{"type":"DELETE","deviceId":"{DEVICE}","filename":null}}"#),
            WrongType,
            Some("filename"),
        ),
        (generate(r#","replace":"true""#), WrongType, Some("replace")),
        (generate(r#","replace":null"#), WrongType, Some("replace")),
        (generate(r#","replace":1"#), WrongType, Some("replace")),
        (detail("null"), WrongType, Some("detail")),
        (detail("[]"), WrongType, Some("detail")),
        (detail("8"), WrongType, Some("detail")),
        (detail(r#"{"scale":"8"}"#), WrongType, Some("detail.scale")),
        (detail(r#"{"scale":8.0}"#), WrongType, Some("detail.scale")),
        (detail(r#"{"scale":8e0}"#), WrongType, Some("detail.scale")),
        (detail(r#"{"scale":null}"#), WrongType, Some("detail.scale")),
        (
            detail(r#"{"scale":9223372036854775808}"#),
            WrongType,
            Some("detail.scale"),
        ),
        (
            detail(r#"{"boost":"yes"}"#),
            WrongType,
            Some("detail.boost"),
        ),
        (detail(r#"{"dark":0}"#), WrongType, Some("detail.dark")),
        (
            detail(r#"{"errorCorrection":1}"#),
            WrongType,
            Some("detail.errorCorrection"),
        ),
        (
            detail(r#"{"errorCorrection":{"M":null}}"#),
            WrongType,
            Some("detail.errorCorrection"),
        ),
        (retrieve(r#","limit":"5""#), WrongType, Some("limit")),
        (retrieve(r#","content":null"#), WrongType, Some("content")),
        (retrieve(r#","nextToken":5"#), WrongType, Some("nextToken")),
        (
            retrieve(r#","filename":["menu"]"#),
            WrongType,
            Some("filename"),
        ),
        // Words of the contract.
        (detail(r#""huge""#), DetailInvalid, Some("detail")),
        (detail(r#""Medium""#), DetailInvalid, Some("detail")),
        (
            detail(r#"{"errorCorrection":"m"}"#),
            DetailInvalid,
            Some("detail.errorCorrection"),
        ),
        (
            retrieve(r#","content":"svg""#),
            ContentInvalid,
            Some("content"),
        ),
        // Values.
        (
            r#"{"type":"RETRIEVE","deviceId":"me"}"#.into(),
            DeviceIdInvalid,
            Some("deviceId"),
        ),
        (
            generate("").replace(r#":"menu""#, r#":"a/b""#),
            FilenameInvalid,
            Some("filename"),
        ),
        (
            format!(r#"{{"type":"DELETE","deviceId":"{DEVICE}","filename":""}}"#),
            FilenameInvalid,
            Some("filename"),
        ),
        (
            retrieve(r#","filename":"..""#),
            FilenameInvalid,
            Some("filename"),
        ),
        (retrieve(r#","prefix":"""#), FilenameInvalid, Some("prefix")),
        (
            retrieve(r#","prefix":"a/""#),
            FilenameInvalid,
            Some("prefix"),
        ),
        (
            retrieve(r#","filename":"menu","prefix":"me""#),
            ConflictingFields,
            Some("prefix"),
        ),
        (text(0), TextEmpty, Some("text")),
        (text(limits::TEXT_BYTES + 1), TextTooLong, Some("text")),
        (
            detail(r#"{"scale":0}"#),
            ScaleOutOfRange,
            Some("detail.scale"),
        ),
        (
            detail(r#"{"scale":65}"#),
            ScaleOutOfRange,
            Some("detail.scale"),
        ),
        (
            detail(r#"{"scale":-9223372036854775808}"#),
            ScaleOutOfRange,
            Some("detail.scale"),
        ),
        (
            detail(r#"{"quietZone":-1}"#),
            QuietZoneOutOfRange,
            Some("detail.quietZone"),
        ),
        (
            detail(r#"{"quietZone":17}"#),
            QuietZoneOutOfRange,
            Some("detail.quietZone"),
        ),
        (
            detail(r#"{"dark":"red"}"#),
            ColorInvalid,
            Some("detail.dark"),
        ),
        (
            detail(r#"{"dark":"000000"}"#),
            ColorInvalid,
            Some("detail.dark"),
        ),
        (
            detail(r##"{"light":"#fff"}"##),
            ColorInvalid,
            Some("detail.light"),
        ),
        (
            detail(r##"{"light":"#fffffg"}"##),
            ColorInvalid,
            Some("detail.light"),
        ),
        (
            detail(r##"{"light":"#ffffff00"}"##),
            ColorInvalid,
            Some("detail.light"),
        ),
        // Six bytes, but not six digits.
        (
            detail(r##"{"light":"#ééé"}"##),
            ColorInvalid,
            Some("detail.light"),
        ),
        (retrieve(r#","limit":0"#), LimitOutOfRange, Some("limit")),
        (retrieve(r#","limit":101"#), LimitOutOfRange, Some("limit")),
        (
            retrieve(r#","limit":101,"content":"url""#),
            LimitOutOfRange,
            Some("limit"),
        ),
        (
            retrieve(r#","limit":1001,"content":"none""#),
            LimitOutOfRange,
            Some("limit"),
        ),
    ];
    for (body, code, field) in cases {
        let problem = refusal(body);
        assert_eq!(
            (problem.known_code(), problem.field.as_deref()),
            (Some(*code), *field),
            "{body:.200}: {problem}"
        );
        assert!(!problem.detail.is_empty());
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_malformed() {
    let body = generate("")
        .replace("hello", "h\u{1}llo")
        .replace('\u{1}', "?")
        .into_bytes();
    let at = body.iter().position(|&byte| byte == b'?').unwrap();
    for bad in [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf"] {
        let body = [&body[..at], bad, &body[at + 1..]].concat();
        let problem = Request::parse(&body).unwrap_err();
        assert_eq!(problem.known_code(), Some(Code::MalformedJson));
    }
}

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
fn a_problem_never_holds_a_string_of_the_request() {
    const SECRET: &str = "correct-horse-battery-staple";
    for body in [
        format!(r#"{{"type":"{SECRET}"}}"#),
        format!(r#"{{"type":"RETRIEVE","deviceId":"{SECRET}"}}"#),
        generate("").replace("menu", &format!("{SECRET}/")),
        generate("").replace("hello", &SECRET.repeat(300)),
        generate(&format!(r#","replace":"{SECRET}""#)),
        generate(&format!(r#","colour":"{SECRET}""#)),
        detail(&format!(r#""{SECRET}""#)),
        detail(&format!(r#"{{"dark":"{SECRET}"}}"#)),
        detail(&format!(r#"{{"scale":"{SECRET}"}}"#)),
        detail(&format!(r#"{{"errorCorrection":"{SECRET}"}}"#)),
        retrieve(&format!(r#","content":"{SECRET}""#)),
        retrieve(&format!(r#","prefix":".{SECRET}""#)),
        format!(r#"{{"type":"{SECRET}"#),
        format!("\"{SECRET}\""),
        SECRET.to_owned(),
    ] {
        let problem = String::from_utf8(refusal(&body).to_json()).unwrap();
        assert!(!problem.contains(SECRET), "{problem}");
    }
}

#[test]
fn the_name_of_an_unknown_member_is_repeated_short_and_harmless() {
    let problem = refusal(&generate(r#","a\u0000\n\u001b[31m":1"#));
    assert_eq!(problem.field.as_deref(), Some(r"a\0\n\u{1b}[31m"));

    let problem = refusal(&generate(&format!(r#","{}":1"#, "é".repeat(5_000))));
    assert_eq!(problem.field, Some("é".repeat(40) + "…"));
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

fn device() -> impl Strategy<Value = String> {
    any::<[u8; 32]>().prop_map(|bytes| base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes))
}

fn name() -> impl Strategy<Value = String> {
    "[a-z0-9 _é品.-]{1,60}".prop_filter("a valid name", |name| {
        qrgen_contract::filename::check(name).is_ok()
    })
}

fn any_detail() -> impl Strategy<Value = Detail> {
    let level = prop::sample::select(vec![Level::L, Level::M, Level::Q, Level::H]);
    let options = (
        level,
        any::<bool>(),
        limits::SCALE,
        limits::QUIET_ZONE,
        "#[0-9a-fA-F]{6}",
        "#[0-9a-f]{6}",
    )
        .prop_map(
            |(error_correction, boost, scale, quiet_zone, dark, light)| DetailOptions {
                error_correction,
                boost,
                scale,
                quiet_zone,
                dark,
                light,
            },
        );
    prop_oneof![
        prop::sample::select(vec![Preset::Low, Preset::Medium, Preset::High, Preset::Max])
            .prop_map(Detail::Preset),
        options.prop_map(Detail::Options),
    ]
}

fn request() -> impl Strategy<Value = Request> {
    let text = ".{1,200}";
    let generate = (device(), name(), text, any_detail(), any::<bool>()).prop_map(
        |(device_id, filename, text, detail, replace)| {
            Request::Generate(GenerateRequest {
                device_id,
                filename,
                text,
                detail,
                replace,
            })
        },
    );
    let which = prop_oneof![
        Just((None, None)),
        name().prop_map(|name| (Some(name), None)),
        name().prop_map(|name| (None, Some(name))),
    ];
    let content = prop::sample::select(vec![
        ContentKind::Base64,
        ContentKind::Url,
        ContentKind::None,
    ]);
    let retrieve = (
        device(),
        which,
        content,
        prop::option::of(1..=100_i64),
        prop::option::of(".{0,90}"),
    )
        .prop_map(
            |(device_id, (filename, prefix), content, limit, next_token)| {
                Request::Retrieve(RetrieveRequest {
                    device_id,
                    filename,
                    prefix,
                    content,
                    limit,
                    next_token,
                })
            },
        );
    let delete = (device(), name()).prop_map(|(device_id, filename)| {
        Request::Delete(DeleteRequest {
            device_id,
            filename,
        })
    });
    prop_oneof![generate, retrieve, delete]
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn what_a_client_writes_the_service_reads(request in request()) {
        prop_assert_eq!(Request::parse(&request.to_json()).unwrap(), request);
    }

    #[test]
    fn reading_arbitrary_bytes_never_panics(body in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Request::parse(&body);
    }

    #[test]
    fn reading_a_damaged_request_never_panics(
        request in request(),
        at in any::<prop::sample::Index>(),
        damage in prop::collection::vec(any::<u8>(), 0..3),
    ) {
        let mut body = request.to_json();
        let at = at.index(body.len());
        body.splice(at..=at, damage);
        if let Ok(request) = Request::parse(&body) {
            prop_assert!(request.check().is_ok());
        }
    }
}
