//! What the bindings add to the crate: the log for other languages, pixels, a description.
#![cfg(feature = "uniffi")]
#![expect(
    clippy::unwrap_used,
    reason = "a failed unwrap is a failed test with a line number"
)]

#[path = "support/mod.rs"]
mod support;

use std::sync::{Arc, Mutex};

use qrgen_contract::Code;
use qrgen_sdk::{
    DeleteRequest, LogSink, QrClientConfig, QrError, RenderRequest, pixels, set_log_sink,
};
use support::{client, deleted, no_pauses, ok, refused, server_with_script};

const TEXT: &str = "https://example.com/menu";

#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl LogSink for Lines {
    fn log(&self, line: String) -> Result<(), QrError> {
        self.0.lock().unwrap().push(line);
        Err(QrError::device_key_failed("a sink that fails is ignored"))
    }
}

#[tokio::test]
async fn a_sink_gets_the_lines_of_this_crate_until_it_is_taken_away() {
    let server = server_with_script([
        refused(Code::Overloaded),
        ok(&deleted()),
        refused(Code::RouteNotFound),
    ])
    .await;
    let client = client(no_pauses(server.uri()));
    let lines = Arc::new(Lines::default());
    set_log_sink(Some(lines.clone()));
    client.delete(DeleteRequest::new("menu")).await.unwrap();
    set_log_sink(None);
    client.delete(DeleteRequest::new("menu")).await.unwrap_err();
    assert_eq!(
        *lines.0.lock().unwrap(),
        [
            "attempt failed operation=DELETE retries=0 code=overloaded",
            "answered operation=DELETE retries=1",
        ]
    );
}

#[test]
fn pixels_are_whole_modules_in_the_colours_of_the_image() {
    let code = qrgen_sdk::render(&RenderRequest::new(TEXT)).unwrap();
    // Version 2 is 25 modules wide, and 4 of quiet zone on either side make it 33.
    let size = 2 * 33 + 1;
    let pixels = pixels(code.png.clone(), size).unwrap();
    let size = usize::try_from(size).unwrap();
    assert_eq!(pixels.len(), size * size * 4);
    let pixel = |x: usize, y: usize| &pixels[(y * size + x) * 4..][..4];
    // The first finder pattern: dark modules of two pixels, behind the quiet zone.
    assert_eq!(pixel(7, 8), [255, 255, 255, 255]);
    assert_eq!(pixel(8, 8), [0, 0, 0, 255]);
    assert_eq!(pixel(21, 21), [0, 0, 0, 255]);
    assert_eq!(pixel(22, 22), [255, 255, 255, 255]);
}

#[test]
fn pixels_that_cannot_be_are_refused_by_code() {
    let png = qrgen_sdk::render(&RenderRequest::new(TEXT)).unwrap().png;
    for size in [i32::MIN, -1, 0, 32, 8_193, i32::MAX] {
        let error = pixels(png.clone(), size).unwrap_err();
        assert_eq!(error.code(), "size_out_of_range", "{size}");
    }
    assert_eq!(
        pixels(Vec::new(), 100).unwrap_err().code(),
        "png_unreadable"
    );
}

#[test]
fn a_description_has_numbers_and_a_summary() {
    let client = client(QrClientConfig::new("http://127.0.0.1:9"));
    let request = RenderRequest::new(TEXT);
    let description = client.describe(&request).unwrap();
    assert_eq!(
        description.symbol,
        qrgen_sdk::render(&request).unwrap().symbol
    );
    assert!(description.used_bits <= description.capacity_bits);
    assert!(description.room.numeric >= description.room.byte);
    assert!(
        description.summary.contains("version 2"),
        "{}",
        description.summary
    );
}
