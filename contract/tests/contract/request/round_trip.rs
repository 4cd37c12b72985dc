//! Whatever a client can write, the service reads; whatever else arrives, nothing breaks.

use proptest::prelude::*;
use qrgen_contract::{
    ContentKind, DeleteRequest, Detail, DetailOptions, GenerateRequest, Level, Preset, Request,
    RetrieveRequest, limits,
};

use crate::support::seeded;

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
