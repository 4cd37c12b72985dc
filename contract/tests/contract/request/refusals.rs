//! Every way in which a request can be wrong has a code of its own and names the member.

use qrgen_contract::{Code, Request, limits};

use super::{delete, detail, generate, refusal, retrieve};
use crate::support::DEVICE;

/// Asserts that each body is refused with `code`, about the member that stands beside it.
fn assert_refused<const N: usize>(code: Code, cases: [(&str, String); N]) {
    for (field, body) in cases {
        let problem = refusal(&body);
        assert_eq!(problem.known_code(), Some(code), "{body:.200}: {problem}");
        assert_eq!(
            problem.field.as_deref(),
            Some(field),
            "{body:.200}: {problem}"
        );
        assert!(problem.detail.starts_with(field), "{}", problem.detail);
    }
}

/// Asserts that each body is refused with `code` as a whole.
fn assert_refused_whole<const N: usize>(code: Code, bodies: [String; N]) {
    for body in bodies {
        let problem = refusal(&body);
        assert_eq!(problem.known_code(), Some(code), "{body:.200}: {problem}");
        assert_eq!(problem.field, None, "{body:.200}: {problem}");
    }
}

#[test]
fn what_is_no_json_is_malformed() {
    assert_refused_whole(
        Code::MalformedJson,
        [
            String::new(),
            "{".to_owned(),
            "GENERATE".to_owned(),
            "{'type':'GENERATE'}".to_owned(),
            generate("") + "{}",
            generate(","),
            generate(r#","detail":NaN"#),
            generate(r#","detail":08"#),
            generate(",\"filename\":\"a\nb\""),
            // Half of a surrogate pair is no text in UTF-8.
            generate(r#","x":"\ud800""#),
        ],
    );
}

#[test]
fn bytes_that_are_no_utf_8_are_malformed() {
    let body = generate("");
    let (before, after) = body.split_once("hello").unwrap();
    for bad in [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf"] {
        let body = [before.as_bytes(), bad, after.as_bytes()].concat();
        let problem = Request::parse(&body).unwrap_err();
        assert_eq!(problem.known_code(), Some(Code::MalformedJson));
    }
}

#[test]
fn what_is_nested_deep_is_refused_before_it_costs_a_stack() {
    let arrays = "[".repeat(10_000) + &"]".repeat(10_000);
    let objects = r#"{"a":"#.repeat(10_000) + "1" + &"}".repeat(10_000);
    assert_refused_whole(
        Code::NestedTooDeep,
        [
            arrays.clone(),
            "[".repeat(10_000),
            detail(&arrays),
            detail(&objects),
            retrieve(&format!(r#","unknown":{objects}"#)),
        ],
    );
}

#[test]
fn what_is_no_object_has_the_wrong_type() {
    let array = format!("[{}]", generate(""));
    assert_refused_whole(
        Code::WrongType,
        [
            "null".to_owned(),
            "7".to_owned(),
            r#""GENERATE""#.to_owned(),
            "[]".to_owned(),
            array,
        ],
    );
}

#[test]
fn the_operation_is_looked_at_first_and_must_be_one() {
    let typed = |json: &str| format!(r#"{{"unknown":1,"type":{json}}}"#);
    assert_refused(Code::MissingField, [("type", "{}".to_owned())]);
    assert_refused(
        Code::UnknownOperation,
        [
            ("type", typed(r#""PAINT""#)),
            ("type", typed(r#""generate""#)),
            ("type", typed(r#""GENERATE ""#)),
            ("type", typed(r#""""#)),
        ],
    );
    assert_refused(
        Code::WrongType,
        [
            ("type", typed("null")),
            ("type", typed("1")),
            ("type", typed(r#"["GENERATE"]"#)),
        ],
    );
    assert_refused(
        Code::DuplicateField,
        [
            // One reader of JSON takes the first, another the last.
            ("type", r#"{"type":"DELETE","type":"GENERATE"}"#.to_owned()),
            ("type", generate(r#","type":"GENERATE""#)),
            ("type", generate(r#","\u0074ype":"DELETE""#)),
        ],
    );
}

#[test]
fn a_member_that_is_missing_is_named() {
    assert_refused(
        Code::MissingField,
        [
            ("deviceId", delete("")),
            ("filename", delete(&format!(r#","deviceId":"{DEVICE}""#))),
            (
                "filename",
                generate("").replace(r#""filename":"menu","#, ""),
            ),
            ("text", generate("").replace(r#","text":"hello""#, "")),
        ],
    );
}

#[test]
fn a_member_that_is_unknown_is_named() {
    assert_refused(
        Code::UnknownField,
        [
            ("colour", generate(r#","colour":"red""#)),
            ("colour", generate(r#","colour":1,"colour":2"#)),
            ("Text", generate(r#","Text":"t""#)),
            ("device_id", generate(r#","device_id":"t""#)),
            ("prefix", generate(r#","prefix":"m""#)),
            ("text", retrieve(r#","text":"t""#)),
            ("__proto__", retrieve(r#","__proto__":{}"#)),
            (r#""""#, retrieve(r#","":null"#)),
            ("detail.shape", detail(r#"{"scale":8,"shape":"round"}"#)),
        ],
    );
}

#[test]
fn a_member_that_is_given_twice_is_named() {
    assert_refused(
        Code::DuplicateField,
        [
            ("text", generate(r#","text":"again""#)),
            ("replace", generate(r#","replace":true,"replace":true"#)),
            ("limit", retrieve(r#","limit":null,"limit":1"#)),
            ("detail.scale", detail(r#"{"scale":8,"scale":8}"#)),
        ],
    );
}

#[test]
fn a_member_of_the_wrong_json_type_is_named() {
    assert_refused(
        Code::WrongType,
        [
            ("deviceId", delete(r#","deviceId":7"#)),
            ("filename", delete(r#","filename":null"#)),
            ("replace", generate(r#","replace":"true""#)),
            ("replace", generate(r#","replace":null"#)),
            ("replace", generate(r#","replace":1"#)),
            ("detail", detail("null")),
            ("detail", detail("[]")),
            ("detail", detail("8")),
            ("detail.scale", detail(r#"{"scale":"8"}"#)),
            ("detail.scale", detail(r#"{"scale":8.0}"#)),
            ("detail.scale", detail(r#"{"scale":8e0}"#)),
            ("detail.scale", detail(r#"{"scale":null}"#)),
            ("detail.scale", detail(r#"{"scale":9223372036854775808}"#)),
            ("detail.boost", detail(r#"{"boost":"yes"}"#)),
            ("detail.dark", detail(r#"{"dark":0}"#)),
            ("detail.errorCorrection", detail(r#"{"errorCorrection":1}"#)),
            (
                "detail.errorCorrection",
                detail(r#"{"errorCorrection":{"M":null}}"#),
            ),
            ("limit", retrieve(r#","limit":"5""#)),
            ("content", retrieve(r#","content":null"#)),
            ("nextToken", retrieve(r#","nextToken":5"#)),
            ("filename", retrieve(r#","filename":["menu"]"#)),
        ],
    );
}

#[test]
fn a_word_that_the_contract_does_not_have_is_refused() {
    assert_refused(
        Code::DetailInvalid,
        [
            ("detail", detail(r#""huge""#)),
            ("detail", detail(r#""Medium""#)),
            (
                "detail.errorCorrection",
                detail(r#"{"errorCorrection":"m"}"#),
            ),
            (
                "detail.errorCorrection",
                detail(r#"{"errorCorrection":""}"#),
            ),
        ],
    );
    assert_refused(
        Code::ContentInvalid,
        [("content", retrieve(r#","content":"svg""#))],
    );
}

#[test]
fn a_device_id_or_a_name_that_is_none_is_refused() {
    let named = |name| delete(&format!(r#","deviceId":"{DEVICE}","filename":"{name}""#));
    assert_refused(
        Code::DeviceIdInvalid,
        [("deviceId", delete(r#","deviceId":"me","filename":"menu""#))],
    );
    assert_refused(
        Code::FilenameInvalid,
        [
            ("filename", generate("").replace(r#":"menu""#, r#":"a/b""#)),
            ("filename", named("")),
            ("filename", named("..")),
            ("filename", named(r"a\u0000")),
            ("filename", retrieve(r#","filename":"menu.png""#)),
            ("prefix", retrieve(r#","prefix":"""#)),
            ("prefix", retrieve(r#","prefix":"a/""#)),
        ],
    );
}

#[test]
fn one_name_and_many_exclude_each_other() {
    let problem = refusal(&retrieve(r#","filename":"menu","prefix":"me""#));
    assert_eq!(problem.known_code(), Some(Code::ConflictingFields));
    assert_eq!(problem.field.as_deref(), Some("prefix"));
}

#[test]
fn a_text_that_no_code_holds_is_refused() {
    let text = |text: &str| generate("").replace("hello", text);
    assert_refused(Code::TextEmpty, [("text", text(""))]);
    assert_refused(
        Code::TextTooLong,
        [("text", text(&"x".repeat(limits::TEXT_BYTES + 1)))],
    );
}

#[test]
fn a_number_out_of_range_is_refused() {
    assert_refused(
        Code::ScaleOutOfRange,
        [
            ("detail.scale", detail(r#"{"scale":0}"#)),
            ("detail.scale", detail(r#"{"scale":65}"#)),
            ("detail.scale", detail(r#"{"scale":9223372036854775807}"#)),
            ("detail.scale", detail(r#"{"scale":-9223372036854775808}"#)),
        ],
    );
    assert_refused(
        Code::QuietZoneOutOfRange,
        [
            ("detail.quietZone", detail(r#"{"quietZone":-1}"#)),
            ("detail.quietZone", detail(r#"{"quietZone":17}"#)),
        ],
    );
    assert_refused(
        Code::LimitOutOfRange,
        [
            ("limit", retrieve(r#","limit":0"#)),
            ("limit", retrieve(r#","limit":101"#)),
            ("limit", retrieve(r#","limit":101,"content":"url""#)),
            ("limit", retrieve(r#","limit":1001,"content":"none""#)),
        ],
    );
}

#[test]
fn a_colour_that_is_none_is_refused() {
    assert_refused(
        Code::ColorInvalid,
        [
            ("detail.dark", detail(r#"{"dark":"red"}"#)),
            ("detail.dark", detail(r#"{"dark":"000000"}"#)),
            ("detail.dark", detail(r#"{"dark":""}"#)),
            ("detail.light", detail(r##"{"light":"#fff"}"##)),
            ("detail.light", detail(r##"{"light":"#fffffg"}"##)),
            ("detail.light", detail(r##"{"light":"#ffffff00"}"##)),
            ("detail.light", detail(r##"{"light":"#+fffff"}"##)),
            // Six bytes, but not six digits.
            ("detail.light", detail(r##"{"light":"#ééé"}"##)),
        ],
    );
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
