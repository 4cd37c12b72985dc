//! The program as its users meet it: exit codes, JSON, files, stdin and stdout, help.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Home, send_signal};

/// What `qrgen --help` lists.
const COMMANDS: [&str; 11] = [
    "generate",
    "render",
    "list",
    "get",
    "show",
    "delete",
    "serve",
    "key",
    "limits",
    "completions",
    "man",
];

#[test]
fn exit_codes_are_those_of_the_manual() {
    let home = Home::new();
    home.run(["generate", "taken", "text"]).text();
    fs::write(home.path("taken.png"), "mine").unwrap();
    let too_long = "x".repeat(3_000);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let in_use = listener.local_addr().unwrap().to_string();
    let nowhere = ["list", "--endpoint", "http://127.0.0.1:9"];
    let cases: &[(&[&str], i32, &str)] = &[
        // 1: refused
        (&["generate", "taken", "another text"], 1, "filename_taken"),
        (&["generate", "a/b", "text"], 1, "filename_invalid"),
        (&["generate", "empty", ""], 1, "text_empty"),
        (&["render", &too_long], 1, "text_does_not_fit"),
        (
            &["render", "text", "--scale", "65"],
            1,
            "scale_out_of_range",
        ),
        (
            &["render", "text", "--scale", "-1"],
            1,
            "scale_out_of_range",
        ),
        (
            &["render", "text", "--quiet-zone", "17"],
            1,
            "quiet_zone_out_of_range",
        ),
        (&["render", "text", "--dark", "black"], 1, "color_invalid"),
        (
            &["render", "text", "--dark", "#eeeeee"],
            1,
            "contrast_too_low",
        ),
        (&["render", "text", "-o", "taken.png"], 1, "file_exists"),
        (&["get", "taken", "-o", "taken.png"], 1, "file_exists"),
        (&["list", ""], 1, "filename_invalid"),
        (
            &["list", "--endpoint", "http://example.com"],
            1,
            "endpoint_invalid",
        ),
        (&["key", "create"], 1, "device_key_exists"),
        (
            &["key", "proof", "--url", "nowhere", "--body", "taken.png"],
            1,
            "url",
        ),
        (
            &[
                "key",
                "proof",
                "--url",
                "http://localhost/v1/qr",
                "--body",
                "missing",
            ],
            1,
            "file_missing",
        ),
        (
            &["serve", "--open", "--listen", "0.0.0.0:0"],
            1,
            "open_not_loopback",
        ),
        (&["serve", "--listen", "0.0.0.0:0"], 1, "public_url_missing"),
        (&["serve", "--public-url", "qr"], 1, "public_url_invalid"),
        // 2: the command line
        (&[], 2, "Usage"),
        (&["paint"], 2, "paint"),
        (&["generate", "only-a-name"], 2, "TEXT"),
        (&["render", "text", "--detail", "huge"], 2, "huge"),
        (&["render", "text", "-o", "code.gif"], 2, "format_unknown"),
        (
            &["list", "--endpoint", "http://localhost", "--store", "here"],
            2,
            "--store",
        ),
        (&["serve", "--listen", "somewhere"], 2, "somewhere"),
        (&["serve", "--log", "=="], 2, "log_filter_invalid"),
        (&["man", "paint"], 2, "command_unknown"),
        // 3: not found
        (&["get", "missing", "-o", "missing.png"], 3, "not_found"),
        (&["show", "missing"], 3, "not_found"),
        (&["delete", "missing"], 3, "not_found"),
        // 4: service, store, network
        (&nowhere, 4, "network_connect"),
        (&["list", "--store", "ftp://nowhere"], 4, "store_failed"),
        (&["serve", "--listen", &in_use], 4, "listen_failed"),
        // 5: this machine
        (
            &["render", "text", "-o", "no/such/folder.png"],
            5,
            "file_failed",
        ),
    ];
    for (arguments, exit, code) in cases {
        let run = home.run(*arguments);
        assert_eq!(run.exit, Some(*exit), "{arguments:?}: {}", run.stderr);
        run.assert_failed(*exit, code);
    }
    assert_eq!(fs::read(home.path("taken.png")).unwrap(), b"mine");
}

#[test]
fn a_failure_is_one_json_object_on_stderr_when_asked_for() {
    let home = Home::new();
    let run = home.run(["get", "menu", "--json"]);
    let failed: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(run.exit, Some(3));
    assert_eq!(
        (&failed["exit"], &failed["code"]),
        (&3.into(), &"not_found".into())
    );
    assert_eq!(failed["tried"], "could not get menu");
    assert!(failed["reason"].as_str().unwrap().contains("qrgen list"));
}

#[test]
fn every_result_is_json_when_asked_for() {
    let home = Home::new();
    home.run(["generate", "menu", "text"]).text();
    let members: &[(&[&str], &[&str])] = &[
        (
            &["generate", "menu", "text"],
            &["status", "image", "verifiedBy"],
        ),
        (
            &["get", "menu"],
            &["filename", "base64", "sha256", "text", "symbol", "detail"],
        ),
        (
            &["get", "menu", "-o", "a.png"],
            &["filename", "file", "byteSize"],
        ),
        (&["show", "menu"], &["filename", "text", "storedAt"]),
        (
            &["list"],
            &["filename", "mediaType", "byteSize", "storedAt"],
        ),
        (&["list", "--long"], &["filename", "text", "symbol"]),
        (&["render", "text"], &["mediaType", "byteSize", "base64"]),
        (
            &["render", "text", "-o", "b.svg"],
            &["mediaType", "byteSize", "file"],
        ),
        (&["render", "text", "--explain"], &["explanation"]),
        (&["key", "id"], &["deviceId"]),
        (&["key", "path"], &["path"]),
        (
            &["key", "create", "--key", "other.p8"],
            &["deviceId", "path"],
        ),
        (
            &[
                "key",
                "proof",
                "--url",
                "http://localhost/v1/qr",
                "--body",
                "a.png",
            ],
            &["deviceId", "header", "value"],
        ),
        (&["completions", "bash"], &["shell", "script"]),
        (&["man"], &["page"]),
        (&["delete", "menu"], &["deleted"]),
    ];
    for (arguments, names) in members {
        let run = home.run(arguments.iter().chain(&["--json"]));
        assert_eq!(run.text().lines().count(), 1, "{arguments:?}");
        for name in *names {
            assert!(
                run.json().get(name).is_some(),
                "{arguments:?} has no {name}"
            );
        }
    }
    // Lists have one object a line.
    for line in home.run(["limits", "--json"]).text().lines() {
        let limit: Value = serde_json::from_str(line).unwrap();
        assert!(limit["name"].is_string() && limit["maximum"].is_i64());
    }
}

#[test]
fn a_file_is_overwritten_only_by_force() {
    let home = Home::new();
    home.run(["generate", "menu", "text"]).text();
    let commands: [&[&str]; 2] = [
        &["render", "text", "-o", "code.png"],
        &["get", "menu", "-o", "code.png"],
    ];
    for command in commands {
        fs::write(home.path("code.png"), "mine").unwrap();
        home.run(command).assert_failed(1, "file_exists");
        assert_eq!(fs::read(home.path("code.png")).unwrap(), b"mine");
        home.run(command.iter().chain(&["--force"])).text();
        assert!(
            fs::read(home.path("code.png"))
                .unwrap()
                .starts_with(b"\x89PNG")
        );
    }
    // Nothing is left of the drafts.
    let left: Vec<_> = fs::read_dir(home.path("."))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_written_file_has_the_permissions_of_any_new_file_and_a_device_stays_one() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let home = Home::new();
    fs::write(home.path("any"), "").unwrap();
    home.run(["render", "text", "-o", "code.png"]).text();
    let mode = |name: &str| fs::metadata(home.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("code.png"), mode("any"));
    for force in [&[][..], &["--force"]] {
        let arguments = ["render", "text", "--format", "png", "-o", "/dev/null"];
        home.run(arguments.iter().chain(force)).text();
        assert!(
            fs::metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
    }
}

#[cfg(unix)]
#[test]
fn the_key_is_made_once_for_its_owner_alone_and_refused_once_others_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let id = home.run(["key", "id"]).text().to_owned();
    assert_eq!(id.trim().len(), 43);
    let path = home.run(["key", "path"]).text().trim().to_owned();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(home.run(["key", "id"]).text(), id, "the same from then on");

    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    home.run(["key", "id"])
        .assert_failed(1, "device_key_exposed");
    home.run(["list"]).assert_failed(1, "device_key_exposed");
}

#[test]
fn another_key_has_other_codes() {
    let home = Home::new();
    home.run(["generate", "mine", "text"]).text();
    assert_eq!(home.run(["list", "--key", "other.p8"]).text(), "");
    assert_eq!(home.run(["list"]).text(), "mine\n");
}

#[test]
fn help_manual_and_completions_know_every_command_and_exit_code() {
    let home = Home::new();
    let help = home.run(["--help"]).text().to_owned();
    let page = home.run(["man"]).text().to_owned();
    let script = home.run(["completions", "bash"]).text().to_owned();
    for command in COMMANDS {
        for (what, text) in [("help", &help), ("manual", &page), ("completions", &script)] {
            assert!(text.contains(command), "no {command} in the {what}");
        }
        assert!(!home.run([command, "--help"]).text().is_empty());
        assert!(
            home.run(["man", command])
                .text()
                .contains(&format!("qrgen\\-{command}"))
        );
    }
    for exit in ["1 ", "2 ", "3 ", "4 ", "5 ", "130"] {
        assert!(
            help.contains(exit) && page.contains(exit),
            "exit code {exit}"
        );
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            !home.run(["completions", shell]).text().is_empty(),
            "{shell}"
        );
    }
}

/// By the signal itself, which a shell tells as 130 and which ends a loop around the command.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_a_command_and_nothing_is_stored() {
    use std::os::unix::process::ExitStatusExt;
    let home = Home::new();
    let mut waiting = home
        .command_in_foreground(["generate", "menu", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    // `wait` would close it, and the end of the text be as quick as the signal.
    let stdin = waiting.stdin.take();
    send_signal(waiting.id(), "INT");
    let status = waiting.wait().unwrap();
    drop(stdin);
    assert_eq!(128 + status.signal().unwrap(), 130);
    assert!(home.stored_files().is_empty());
}

/// `qrgen list | head -1` must not complain of its closed pipe.
#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let home = Home::new();
    let mut child = home
        .command(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Closes the reading end before anything could be written into it all.
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(stderr, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Control characters in a code's text would drive the terminal that lists it.
#[test]
fn the_text_of_a_code_cannot_drive_the_terminal() {
    let home = Home::new();
    home.run(["generate", "evil", "\x1b[2J\x07"]).text();
    for command in [&["list", "--long"][..], &["show", "evil"]] {
        assert!(
            !home.run(command).text().contains(['\x1b', '\x07']),
            "{command:?}"
        );
    }
}
