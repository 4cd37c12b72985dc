//! `qrgen batch`: a table in, a ZIP file, a folder or stored codes out.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use zip::ZipArchive;

use crate::support::{Home, Server};

/// A table of so many rows, every third with a detail of its own.
fn table(rows: usize) -> String {
    let mut table = "name,text,detail\n".to_owned();
    for row in 1..=rows {
        let detail = if row % 3 == 0 { "high" } else { "" };
        writeln!(
            table,
            "code {row},\"https://example.com/{row}, \"\"a\"\"\",{detail}"
        )
        .unwrap();
    }
    table
}

fn archive(home: &Home, file: &str) -> ZipArchive<File> {
    ZipArchive::new(File::open(home.path(file)).unwrap()).unwrap()
}

fn names(archive: &ZipArchive<File>) -> Vec<String> {
    archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

fn entry(archive: &mut ZipArchive<File>, name: &str) -> Vec<u8> {
    let mut content = Vec::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_end(&mut content)
        .unwrap();
    content
}

#[test]
fn a_zip_file_holds_the_image_of_every_row_in_order_and_a_manifest() {
    const ROWS: usize = 1_000;
    let home = Home::new();
    fs::write(home.path("t.csv"), table(ROWS)).unwrap();
    let summary = home.run(["batch", "t.csv", "-o", "codes.zip", "--json"]);
    assert_eq!(
        summary.json(),
        json!({ "rows": ROWS, "made": ROWS, "failed": 0 })
    );

    let mut codes = archive(&home, "codes.zip");
    let names = names(&codes);
    let images = (1..=ROWS).map(|row| format!("code {row}.png"));
    let expected: Vec<String> = images.chain(["manifest.json".to_owned()]).collect();
    assert_eq!(names, expected);
    for (row, detail) in [(1, "medium"), (3, "high"), (ROWS, "medium")] {
        let text = format!("https://example.com/{row}, \"a\"");
        let alone = home.run(["render", &text, "-o", "-", "--detail", detail]);
        let image = entry(&mut codes, &format!("code {row}.png"));
        assert_eq!(image, alone.stdout, "row {row}");
    }
    let manifest: Value = serde_json::from_slice(&entry(&mut codes, "manifest.json")).unwrap();
    let third = &manifest["codes"][2];
    assert_eq!(manifest["codes"].as_array().unwrap().len(), ROWS);
    assert_eq!(
        (&third["row"], &third["name"]),
        (&json!(3), &json!("code 3"))
    );
    let image = entry(&mut codes, "code 3.png");
    assert_eq!(third["byteSize"], image.len());

    // The same table gives the same bytes, whichever worker was faster.
    home.run(["batch", "t.csv", "-o", "again.zip"]).text();
    let read = |file| fs::read(home.path(file)).unwrap();
    assert!(read("codes.zip") == read("again.zip"));
}

#[test]
fn a_folder_holds_the_same_files() {
    let home = Home::new();
    fs::write(home.path("t.csv"), table(40)).unwrap();
    home.run(["batch", "t.csv", "-o", "codes.zip"]).text();
    home.run(["batch", "t.csv", "-o", "codes"]).text();
    let mut zip = archive(&home, "codes.zip");
    let names = names(&zip);
    assert_eq!(
        fs::read_dir(home.path("codes")).unwrap().count(),
        names.len()
    );
    for name in names {
        let file = fs::read(home.path("codes").join(&name)).unwrap();
        assert!(file == entry(&mut zip, &name), "{name}");
    }
}

#[test]
fn json_lines_and_stdin_are_tables_too() {
    let home = Home::new();
    let lines = "{\"name\":\"a\",\"text\":\"1\"}\n\n\
                 {\"text\":\"2\",\"name\":\"b\",\"detail\":{\"scale\":3,\"dark\":\"#003366\"}}";
    home.run_with_input(
        ["batch", "-", "--format", "jsonl", "-o", "codes"],
        lines.as_bytes(),
    )
    .text();
    let options = ["--scale", "3", "--dark", "#003366"];
    let alone = home.run([&["render", "2", "-o", "-"][..], &options].concat());
    assert_eq!(fs::read(home.path("codes/b.png")).unwrap(), alone.stdout);
}

/// What is wrong with a row: the table, and its code.
const BAD_ROWS: [(&str, &str, &str); 8] = [
    ("csv", "name,text\na,1\nb/c,2\n", "filename_invalid"),
    ("csv", "name,text\na,1\nb,\n", "text_empty"),
    ("csv", "name,text\na,1\na,2\n", "name_repeated"),
    ("csv", "name,text\na,1\nb\n", "row_invalid"),
    (
        "csv",
        "name,text,detail\na,1,\nb,2,huge\n",
        "detail_invalid",
    ),
    (
        "jsonl",
        "{\"name\":\"a\",\"text\":\"1\"}\n{\"name\":\"b\"}\n",
        "row_invalid",
    ),
    (
        "jsonl",
        "{\"name\":\"a\",\"text\":\"1\"}\n{\"name\":\"b\",\"text\":\"2\",\"size\":3}\n",
        "row_invalid",
    ),
    (
        "jsonl",
        "{\"name\":\"a\",\"text\":\"1\"}\n{\"name\":\"b\",\"text\":\"2\",\"detail\":{\"scale\":99}}\n",
        "scale_out_of_range",
    ),
];

#[test]
fn a_bad_row_is_named_and_ends_it_or_is_passed_over() {
    for (format, table, code) in BAD_ROWS {
        let home = Home::new();
        fs::write(home.path("t"), table).unwrap();
        let batch = |more: &[&str]| {
            home.run([&["batch", "t", "--format", format, "-o", "codes.zip"], more].concat())
        };
        let ended = batch(&[]);
        ended.assert_failed(1, code);
        assert!(ended.stderr.contains("row 2"), "{}", ended.stderr);
        assert!(!home.path("codes.zip").exists(), "{code}: half a file");

        let passed = batch(&["--keep-going"]);
        assert_eq!(passed.exit, Some(1), "{code}: not all were made");
        assert!(passed.stderr.contains("row 2") && passed.stderr.contains(code));
        let names = names(&archive(&home, "codes.zip"));
        assert_eq!(names, ["a.png", "manifest.json"], "{code}");
    }
}

/// A million rows are not made again for one that was bad.
#[test]
fn one_bad_row_among_many_costs_none_of_the_others() {
    let rows = if std::env::var_os("QRGEN_THOROUGH").is_some() {
        1_000_000
    } else {
        5_000
    };
    let home = Home::new();
    let mut table = String::from("name,text\n");
    for row in 1..=rows {
        let name = if row == rows / 2 { "a:b" } else { "code" };
        writeln!(table, "{name}{row},{row}").unwrap();
    }
    fs::write(home.path("t.csv"), table).unwrap();
    let run = home.run(["batch", "t.csv", "-o", "codes.zip", "-k", "--json"]);
    assert_eq!(run.exit, Some(1));
    assert!(
        run.stderr.contains(&format!("row {}\"", rows / 2)),
        "{}",
        run.stderr
    );
    let summary: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(
        summary,
        json!({ "rows": rows, "made": rows - 1, "failed": 1 })
    );
    assert_eq!(archive(&home, "codes.zip").len(), rows);
}

#[test]
fn a_table_that_can_not_be_one_is_refused_before_anything_is_made() {
    let unclosed = format!("name,text\na,\"1\n{}", "b,2\n".repeat(100_000));
    let cases: [(&str, &[u8], i32, &str); 6] = [
        ("t.csv", b"name;text\na;1\n", 1, "header_invalid"),
        ("t.csv", b"name\na\n", 1, "header_invalid"),
        ("t.csv", b"name,name,text\na,b,1\n", 1, "header_invalid"),
        ("t.csv", unclosed.as_bytes(), 1, "row_too_long"),
        ("t.xlsx", b"PK", 2, "format_unknown"),
        ("none.csv", b"", 1, "file_missing"),
    ];
    for (name, content, exit, code) in cases {
        let home = Home::new();
        if code != "file_missing" {
            fs::write(home.path(name), content).unwrap();
        }
        home.run(["batch", name, "-o", "codes.zip"])
            .assert_failed(exit, code);
        assert!(!home.path("codes.zip").exists(), "{code}");
    }
}

#[test]
fn nothing_is_overwritten_by_accident() {
    let home = Home::new();
    fs::write(home.path("t.csv"), table(2)).unwrap();
    for output in ["codes.zip", "codes"] {
        let batch = |more: &[&str]| home.run([&["batch", "t.csv", "-o", output], more].concat());
        batch(&[]).text();
        batch(&[]).assert_failed(1, "file_exists");
        batch(&["--force"]).text();
    }
}

#[test]
fn rows_are_stored_through_the_service_here_or_elsewhere() {
    let home = Home::new();
    fs::write(home.path("t.csv"), table(50)).unwrap();
    let server = Server::start(&home, &["--store", "memory:"]);
    for library in [vec![], vec!["--endpoint", server.url()]] {
        let batch = |more: &[&str]| {
            home.run([&["batch", "t.csv", "--store", "--json"], &library[..], more].concat())
        };
        for unchanged in [0, 50] {
            assert_eq!(
                batch(&[]).json(),
                json!({ "rows": 50, "made": 50, "unchanged": unchanged, "failed": 0 })
            );
        }
        let listed = home.run([&["list", "code 5"], &library[..]].concat());
        assert_eq!(listed.text(), "code 5\ncode 50\n");
        batch(&["--scale", "2", "--detail", "low"]).assert_failed(1, "filename_taken");
        batch(&["--scale", "2", "--detail", "low", "--replace"]).text();
    }
}

/// `--store` alone says that the codes are stored; with a value it says where, and so does an
/// endpoint.
#[test]
fn a_store_beside_an_endpoint_is_refused_as_for_other_commands() {
    let home = Home::new();
    fs::write(home.path("t.csv"), table(1)).unwrap();
    for arguments in [
        &["batch", "t.csv", "--store=elsewhere"][..],
        &["list", "--store=elsewhere"],
        &["generate", "menu", "text", "--store", "elsewhere"],
    ] {
        let by_option = [arguments, &["--endpoint", "http://127.0.0.1:9"]].concat();
        home.run(by_option)
            .assert_failed(2, "conflicting_arguments");
        let mut command = home.command(arguments);
        let ended = command
            .env("QRGEN_ENDPOINT", "http://127.0.0.1:9")
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
    }
    assert!(!home.path("elsewhere").exists());
}

/// A draft that nobody cleans up would be found months later.
#[test]
fn a_signal_stops_it_and_leaves_nothing_behind() {
    let home = Home::new();
    fs::write(home.path("t.csv"), table(400_000)).unwrap();
    let mut command = home.command(["batch", "t.csv", "-o", "codes.zip"]);
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    // Until it is at work: the draft is there.
    while fs::read_dir(home.path("")).unwrap().count() < 2 {
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(Duration::from_millis(100));
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130));
    let left: Vec<_> = fs::read_dir(home.path(""))
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(left, ["t.csv"]);
}
