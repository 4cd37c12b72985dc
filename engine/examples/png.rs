//! Writes symbols as PNG images, so that anybody can judge them with any decoder.
//!
//! ```sh
//! printf 'menu\tM\t68656c6c6f\n' | cargo run --example png -- --scale 10
//! ```
//!
//! Reads lines `name<TAB>level<TAB>payload in hex`; a payload is UTF-8 text, or any bytes with
//! `--binary`. Writes for each of them a line
//!
//! ```text
//! name<TAB>level<TAB>version<TAB>mask<TAB>file
//! ```
//!
//! with the file in hex: black on white, a quiet zone of 4 modules, `--scale` (8, if not given) pixels
//! a module. The level is that of the symbol: exactly the one asked for, or with `--boost` the highest
//! at which it does not grow. What can't be encoded stops it, with the number of the line.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, PngWriter, Style};

struct Options {
    boost: bool,
    binary: bool,
    style: Style,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let (mut encoder, mut writer) = (Encoder::new(), PngWriter::new());
    let mut output = BufWriter::new(io::stdout().lock());
    for (line, number) in io::stdin().lock().lines().zip(1..) {
        draw(&line?, &options, &mut encoder, &mut writer, &mut output)
            .map_err(|error| format!("line {number}: {error}"))?;
    }
    Ok(output.flush()?)
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        boost: false,
        binary: false,
        style: Style::default(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--boost" => options.boost = true,
            "--binary" => options.binary = true,
            "--scale" => options.style.scale = arguments.next().unwrap_or_default().parse()?,
            _ => return Err("the options are --scale PIXELS, --boost and --binary".into()),
        }
    }
    Ok(options)
}

fn draw(
    line: &str,
    options: &Options,
    encoder: &mut Encoder,
    writer: &mut PngWriter,
    output: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [name, level, payload] = fields[..] else {
        return Err("want name, level and payload, with tabs between them".into());
    };
    let encode_options = EncodeOptions {
        error_correction: level.parse::<ErrorCorrection>()?,
        boost: options.boost,
    };
    let payload = bytes_of(payload).ok_or("the payload is not in hex")?;
    let symbol = if options.binary {
        encoder.encode_bytes(&payload, &encode_options)?
    } else {
        encoder.encode(str::from_utf8(&payload)?, &encode_options)?
    };
    let mut file = Vec::new();
    writer.write_into(symbol, &options.style, &mut file)?;
    let (level, version, mask) = (symbol.error_correction(), symbol.version(), symbol.mask());
    write!(output, "{name}\t{level}\t{version}\t{mask}\t")?;
    for byte in file {
        write!(output, "{byte:02x}")?;
    }
    Ok(writeln!(output)?)
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}
