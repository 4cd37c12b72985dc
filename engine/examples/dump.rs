//! Writes the modules of symbols, so that anybody can judge them with any decoder.
//!
//! ```sh
//! printf 'menu\tM\t68656c6c6f\n' | cargo run --example dump
//! ```
//!
//! Reads lines `name<TAB>level<TAB>payload in hex`; a payload is UTF-8 text, or any bytes with
//! `--binary`. Writes for each of them a line
//!
//! ```text
//! name<TAB>level<TAB>version<TAB>mask<TAB>rows
//! ```
//!
//! with the rows in hex from top to bottom, one right after the other: each is filled up with zeros to
//! whole bytes, the leftmost module is the most significant bit, and dark is 1. The level is that of
//! the symbol: exactly the one asked for, or with `--boost` the highest at which it does not grow.
//! What can't be encoded stops it, with the number of the line.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, Symbol};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut boost, mut binary) = (false, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--boost" => boost = true,
            "--binary" => binary = true,
            _ => return Err("the options are --boost and --binary".into()),
        }
    }
    let mut encoder = Encoder::new();
    let mut output = BufWriter::new(io::stdout().lock());
    for (line, number) in io::stdin().lock().lines().zip(1..) {
        dump(&line?, boost, binary, &mut encoder, &mut output)
            .map_err(|error| format!("line {number}: {error}"))?;
    }
    Ok(output.flush()?)
}

fn dump(
    line: &str,
    boost: bool,
    binary: bool,
    encoder: &mut Encoder,
    output: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [name, level, payload] = fields[..] else {
        return Err("want name, level and payload, with tabs between them".into());
    };
    let options = EncodeOptions {
        error_correction: level.parse::<ErrorCorrection>()?,
        boost,
    };
    let payload = bytes_of(payload).ok_or("the payload is not in hex")?;
    let symbol = if binary {
        encoder.encode_bytes(&payload, &options)?
    } else {
        encoder.encode(str::from_utf8(&payload)?, &options)?
    };
    let (level, version, mask) = (symbol.error_correction(), symbol.version(), symbol.mask());
    write!(output, "{name}\t{level}\t{version}\t{mask}\t")?;
    for y in 0..symbol.size() {
        for byte in row_bytes(symbol, y) {
            write!(output, "{byte:02x}")?;
        }
    }
    Ok(writeln!(output)?)
}

/// The modules of a row, eight a byte, the leftmost one most significant.
fn row_bytes(symbol: &Symbol, y: usize) -> impl Iterator<Item = u8> {
    let words = symbol
        .row(y)
        .iter()
        .map(|word| word.reverse_bits().to_be_bytes());
    words.flatten().take(symbol.size().div_ceil(8))
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}
