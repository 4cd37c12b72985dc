//! `kill -9` at any moment: what was acknowledged is there, and no file is torn.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::support::{Connection, Device, Home, Server, files_below, read_by_rxing};

/// How many connections write at once.
const WRITERS: usize = 4;

/// The longest that a server lives under load, in milliseconds.
const LIFE_MS: u64 = 60;

/// What one writer knows of the store: the text under each name, or `None` if it was deleted.
#[derive(Default)]
struct Ledger {
    /// As acknowledged.
    certain: BTreeMap<String, Option<String>>,
    /// What was under way when the server died: it may have happened or not.
    pending: Option<(String, Option<String>)>,
}

impl Ledger {
    /// Whether the store may hold this under that name.
    fn allows(&self, name: &str, found: Option<&String>) -> bool {
        let certain = self.certain.get(name).and_then(Option::as_ref);
        let pending = self.pending.as_ref().filter(|(pending, _)| pending == name);
        found == certain || pending.is_some_and(|(_, text)| found == text.as_ref())
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        self.certain
            .keys()
            .chain(self.pending.as_ref().map(|(name, _)| name))
    }
}

/// Writes until the connection breaks: new codes mostly, and now and then one is replaced or
/// deleted.
fn write(
    mut connection: Connection,
    device: &str,
    writer: usize,
    seed: u64,
    acknowledged: &Sender<()>,
) -> Ledger {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut ledger = Ledger::default();
    for number in 0.. {
        let known: Vec<&String> = ledger.certain.keys().collect();
        let old = (!known.is_empty()).then(|| known[random.usize(..known.len())].clone());
        let text = Some(format!(
            "https://example.com/{writer}/{number}/{}",
            random.u32(..)
        ));
        let (name, text) = match (random.u8(..10), old) {
            (0, Some(name)) => (name, None),
            (1 | 2, Some(name)) => (name, text),
            _ => (format!("{writer}-{number}"), text),
        };
        let body = match &text {
            None => json!({ "type": "DELETE", "deviceId": device, "filename": name }),
            Some(text) => json!({ "type": "GENERATE", "deviceId": device, "filename": name,
                "text": text, "detail": "low", "replace": true }),
        };
        ledger.pending = Some((name.clone(), text.clone()));
        match connection.post(None, body.to_string().as_bytes()) {
            Ok(answer) => assert_eq!(answer.status, 200, "{}", answer.text()),
            Err(_dead) => break,
        }
        ledger.certain.insert(name, text);
        ledger.pending = None;
        // Nobody listens after the first.
        let _ = acknowledged.send(());
    }
    ledger
}

/// What one life of a server has left behind.
struct Life {
    device: String,
    ledgers: Vec<Ledger>,
}

impl Life {
    /// Runs writers against the server and kills it under them.
    fn spend(mut server: Server, random: &mut fastrand::Rng) -> Self {
        let device = Device::new().id();
        let (acknowledged, first) = mpsc::channel();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (connection, device, seed) = (server.connect(), device.clone(), random.u64(..));
                let acknowledged = acknowledged.clone();
                thread::spawn(move || write(connection, &device, writer, seed, &acknowledged))
            })
            .collect();
        // Most lives count from the first answer, so that each of them has something to lose; some
        // from the very first moment, when the folder of the device is made.
        if random.u8(..4) > 0 {
            first.recv().unwrap();
        }
        thread::sleep(Duration::from_micros(random.u64(..LIFE_MS * 1_000)));
        server.end_now();
        let ledgers = writers
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .collect();
        Self { device, ledgers }
    }

    /// Every image of this life is whole to a decoder of others, and says what was acknowledged
    /// last.
    fn check_files(&self, store: &Path) -> usize {
        let mut found = BTreeMap::new();
        for path in files_below(&store.join("images").join(&self.device)) {
            let text = read_by_rxing(&fs::read(&path).unwrap());
            found.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), text);
        }
        for ledger in &self.ledgers {
            for name in ledger.names() {
                let text = found.get(name);
                assert!(ledger.allows(name, text), "{name} holds {text:?}");
            }
        }
        let strangers: Vec<&String> = found
            .keys()
            .filter(|name| !self.ledgers.iter().any(|l| l.names().any(|n| n == *name)))
            .collect();
        assert!(strangers.is_empty(), "nobody wrote {strangers:?}");
        found.len()
    }

    /// The next server serves them all.
    fn check_served(&self, connection: &mut Connection) {
        let mut found = BTreeMap::new();
        let mut token = serde_json::Value::Null;
        loop {
            let body = json!({ "type": "RETRIEVE", "deviceId": self.device, "limit": 100,
                "nextToken": token });
            let page = connection
                .post(None, body.to_string().as_bytes())
                .unwrap()
                .json();
            for image in page["images"].as_array().unwrap() {
                let text = image["text"].as_str().map(str::to_owned);
                found.insert(
                    image["filename"].as_str().unwrap().to_owned(),
                    text.unwrap(),
                );
            }
            token = page["nextToken"].clone();
            if token.is_null() {
                break;
            }
        }
        for ledger in &self.ledgers {
            for name in ledger.names() {
                assert!(
                    ledger.allows(name, found.get(name)),
                    "{name} is served as {:?}",
                    found.get(name)
                );
            }
        }
    }
}

#[test]
fn a_killed_server_loses_nothing_acknowledged_and_leaves_no_torn_file() {
    let kills = if std::env::var_os("QRGEN_THOROUGH").is_some() {
        2_000
    } else {
        200
    };
    let seed = match std::env::var("QRGEN_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => fastrand::u64(..),
    };
    println!("QRGEN_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let home = Home::new();
    let store: PathBuf = home.path("store");
    let start = || Server::over(&home, &store, &["--open", "--log", "error"]);

    let mut last: Option<Life> = None;
    let (mut acknowledged, mut files) = (0, 0);
    for _ in 0..kills {
        let server = start();
        if let Some(life) = &last {
            life.check_served(&mut server.connect());
        }
        let life = Life::spend(server, &mut random);
        files += life.check_files(&store);
        acknowledged += life
            .ledgers
            .iter()
            .map(|ledger| ledger.certain.len())
            .sum::<usize>();
        last = Some(life);
    }
    assert_eq!(
        files_below(&store).len(),
        files,
        "earlier codes stay what they are"
    );
    println!("{kills} kills, {acknowledged} names acknowledged, {files} files");
    assert!(acknowledged > 0, "nothing was there to lose");
}
