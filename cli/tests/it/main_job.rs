//! The main job, by the real program: text in, code kept, found, replaced, deleted; in this process
//! and over HTTP.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use crate::support::{Home, Server, read_by_others};

/// Runs `qrgen` on the library that `library` names (nothing for the one in this process).
fn qrgen(home: &Home, library: &[&str], arguments: &[&str]) -> crate::support::Run {
    home.run(arguments.iter().chain(library))
}

/// What `qrgen list` prints for these names.
fn lines<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.flat_map(|name| [name, "\n"]).collect()
}

/// Generate, list, get, conflict, replace, delete: what each says and what is stored after it.
fn walk(home: &Home, library: &[&str]) {
    let run = |arguments: &[&str]| qrgen(home, library, arguments);
    let lunch = "https://example.com/lunch";

    let made = run(&["generate", "menu", "https://example.com/menu", "--json"]).json();
    assert_eq!(made["status"], "created");
    assert_eq!(made["image"]["filename"], "menu");
    assert_eq!(made["image"]["text"], "https://example.com/menu");
    assert!(made["verifiedBy"].as_array().unwrap().len() >= 2, "{made}");

    // The same again changes nothing. The time is the store's, which may tell whole seconds only, as
    // S3 does; the first answer's is of the service's clock.
    let again = || run(&["generate", "menu", "https://example.com/menu", "--json"]).json();
    let (second, third) = (again(), again());
    assert_eq!(
        (&second["status"], &third["status"]),
        (&json!("unchanged"), &json!("unchanged"))
    );
    assert_eq!(second["image"]["storedAt"], third["image"]["storedAt"]);

    // Another content under the name is a conflict, and nothing is lost.
    run(&["generate", "menu", lunch]).assert_failed(1, "filename_taken");
    run(&["get", "menu", "-o", "menu.png"]).text();
    let kept = fs::read(home.path("menu.png")).unwrap();
    assert_eq!(read_by_others(&kept), "https://example.com/menu");

    let replaced = run(&["generate", "menu", lunch, "--replace", "--json"]).json();
    assert_eq!(replaced["status"], "replaced");
    let shown = run(&["show", "menu", "--json"]).json();
    assert_eq!(shown["text"], lunch);
    assert_eq!(shown["sha256"], replaced["image"]["sha256"]);

    run(&["generate", "mensa", "1234567890"]).text();
    run(&["generate", "card", "BEGIN:VCARD"]).text();
    assert_eq!(run(&["list"]).text(), "card\nmensa\nmenu\n");
    assert_eq!(run(&["list", "men"]).text(), "mensa\nmenu\n");
    assert_eq!(run(&["list", "x"]).text(), "");
    let long = run(&["list", "mensa", "--long", "--json"]).json();
    assert_eq!(
        (&long["text"], &long["symbol"]["version"]),
        (&json!("1234567890"), &json!(1))
    );

    assert_eq!(
        run(&["delete", "menu", "--json"]).json(),
        json!({ "deleted": true })
    );
    run(&["delete", "menu"]).assert_failed(3, "not_found");
    run(&["get", "menu", "-o", "gone.png"]).assert_failed(3, "not_found");
    assert!(!home.path("gone.png").exists());
    run(&["show", "menu"]).assert_failed(3, "not_found");
    assert_eq!(run(&["list"]).text(), "card\nmensa\n");
}

#[test]
fn the_whole_job_without_a_server() {
    let home = Home::new();
    walk(&home, &[]);
    assert_eq!(home.stored_files().len(), 2);
}

/// `QRGEN_TEST_ENDPOINT` names an endpoint to test in place of a server of the test's own, such as a
/// stack on AWS or in an emulator.
#[test]
fn the_whole_job_over_http() {
    let home = Home::new();
    if let Ok(url) = std::env::var("QRGEN_TEST_ENDPOINT") {
        walk(&home, &["--endpoint", &url]);
        return;
    }
    let server = Server::over(&home, &home.codes(), &[]);
    walk(&home, &["--endpoint", server.url()]);
    assert_eq!(home.stored_files().len(), 2);
}

#[test]
fn both_ways_work_on_the_same_library_and_give_the_same_bytes() {
    let home = Home::new();
    let server = Server::over(&home, &home.codes(), &[]);
    let http = ["--endpoint", server.url()];
    home.run(["generate", "here", "same text"]).text();
    qrgen(&home, &http, &["generate", "there", "same text"]).text();
    assert_eq!(
        home.run(["list"]).text(),
        qrgen(&home, &http, &["list"]).text()
    );
    let here = home.run(["get", "there"]).stdout;
    let there = qrgen(&home, &http, &["get", "here"]).stdout;
    assert_eq!(here, there);
    assert_eq!(here, home.run(["render", "same text"]).stdout);
}

#[test]
fn a_listing_pages_through_a_thousand_codes_and_gives_each_once() {
    let home = Home::new();
    let device = home.run(["key", "id"]).text().trim().to_owned();
    let server = Server::over(&home, &home.codes(), &["--open"]);
    let mut connection = server.connect();
    let mut expected = BTreeSet::new();
    for number in 0..1_000 {
        let name = format!("code {number}");
        let body = json!({ "type": "GENERATE", "deviceId": device, "filename": name,
            "text": format!("https://example.com/{number}"), "detail": "low" });
        let answer = connection.post(None, body.to_string().as_bytes()).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        expected.insert(name);
    }
    let sorted = lines(expected.iter());

    assert_eq!(home.run(["list"]).text(), sorted);
    assert_eq!(
        home.run(["list", "--endpoint", server.url()]).text(),
        sorted
    );
    let nineties = lines(expected.iter().filter(|name| name.starts_with("code 99")));
    assert_eq!(home.run(["list", "code 99"]).text(), nineties);
    // With the images: ten pages at least.
    let long = home.run(["list", "--long", "--json"]);
    let names: Vec<String> = long
        .text()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|image| {
            let number = image["filename"]
                .as_str()
                .unwrap()
                .strip_prefix("code ")
                .unwrap();
            assert_eq!(image["text"], format!("https://example.com/{number}"));
            image["filename"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(names, expected.iter().cloned().collect::<Vec<_>>());

    // By hand, with pages of a size that does not divide the whole.
    let (mut seen, mut token) = (Vec::new(), Value::Null);
    loop {
        let body = json!({ "type": "RETRIEVE", "deviceId": device, "content": "none",
            "limit": 37, "nextToken": token });
        let page = connection
            .post(None, body.to_string().as_bytes())
            .unwrap()
            .json();
        let images = page["images"].as_array().unwrap();
        seen.extend(
            images
                .iter()
                .map(|image| image["filename"].as_str().unwrap().to_owned()),
        );
        token = page["nextToken"].clone();
        if token.is_null() {
            break;
        }
        assert_eq!(images.len(), 37);
    }
    assert_eq!(seen, expected.into_iter().collect::<Vec<_>>());
}

#[test]
fn the_files_of_the_store_are_read_by_decoders_of_others() {
    let texts = [
        ("url", "https://example.com/menu?table=7"),
        ("digits", "314159265358979323846264338327950288"),
        ("upper case", "HTTPS://EXAMPLE.COM/MENU"),
        ("umlauts", "Grüße aus Zürich, Ærø und Łódź"),
        ("日本語", "お品書き 二百円"),
        ("emoji", "🍜 ramen 🍣 sushi"),
        ("control characters", "line one\r\nline\ttwo"),
        (
            "long",
            &"The quick brown fox jumps over the lazy dog. ".repeat(12),
        ),
    ];
    let details: [&[&str]; 4] = [
        &[],
        &["--detail", "low"],
        &["--detail", "max", "--dark", "#003366"],
        &[
            "--level",
            "H",
            "--no-boost",
            "--scale",
            "5",
            "--quiet-zone",
            "6",
        ],
    ];
    for (number, options) in details.iter().enumerate() {
        let home = Home::new();
        for (name, text) in texts {
            home.run(["generate", name, text].iter().chain(*options))
                .text();
        }
        let files = home.stored_files();
        assert_eq!(files.len(), texts.len());
        for file in files {
            let name = file.file_stem().unwrap().to_str().unwrap();
            let (_, text) = texts.iter().find(|(known, _)| *known == name).unwrap();
            let read = read_by_others(&fs::read(&file).unwrap());
            assert_eq!(&read, text, "{name} with details {number}");
        }
    }
}
