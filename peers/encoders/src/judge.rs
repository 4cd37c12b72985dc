//! Whether the symbols are right: by a decoder that none of the encoders brought along.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::BufRead;

use rxing::qrcode::decoder::qrcode_decoder::decode_bool_array;

use crate::encoders::{Modules, Peer};
use crate::payloads::Set;
use crate::print;

fn reads_back(modules: &Modules, text: &str) -> bool {
    decode_bool_array(modules).is_ok_and(|read| read.getText() == text)
}

/// Whether an encoder takes all of a set. Prints how many it refuses, and how many are misread.
pub(crate) fn encodes_all(set: &Set, peer: &mut dyn Peer) -> bool {
    let (mut refused, mut misread) = (0, 0);
    for payload in &set.payloads {
        match peer.modules(payload, set.level) {
            None => refused += 1,
            Some(modules) => misread += usize::from(!reads_back(&modules, payload)),
        }
    }
    for (what, count) in [("refused", refused), ("misread", misread)] {
        if count > 0 {
            print(what, set, &peer.name(), &count.to_string());
        }
    }
    refused == 0
}

/// Reads lines `symbol kind level encoder hex rows` and prints how many of each set are misread.
pub(crate) fn symbols(lines: impl BufRead) -> Result<(), Box<dyn Error>> {
    let mut misread: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.lines() {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let ["symbol", kind, level, encoder, payload, rows] = fields[..] else {
            return Err("want symbol, kind, level, encoder, payload and rows".into());
        };
        let modules = rows
            .split('/')
            .map(|row| row.bytes().map(|module| module == b'1').collect())
            .collect();
        if !reads_back(&modules, &text_of(payload)?) {
            *misread
                .entry([kind, level, encoder].join("\t"))
                .or_default() += 1;
        }
    }
    for (set, count) in misread {
        println!("misread\t{set}\t{count}");
    }
    Ok(())
}

fn text_of(hex: &str) -> Result<String, Box<dyn Error>> {
    let bytes: Result<Vec<u8>, _> = (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16))
        .collect();
    Ok(String::from_utf8(bytes?)?)
}
