//! What the engine takes in a process that holds nothing else. Prints one figure:
//!
//! ```text
//! cold     nanoseconds from the start of `main` to the first image
//! resident the most bytes in memory while the payloads on standard input became images
//! ```
//!
//! Payloads are lines of kind, level and hex, with tabs between them, as `peers-encoders payloads`
//! prints them.

use std::error::Error;
use std::time::Instant;

use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, PngWriter, Style};

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut images = Images::default();
    match std::env::args().nth(1).as_deref() {
        Some("cold") => {
            images.draw("https://ex.co/a/first", ErrorCorrection::M)?;
            println!("cold\t{}", start.elapsed().as_nanos());
        }
        Some("resident") => {
            for line in std::io::stdin().lines() {
                let (text, level) = payload(&line?)?;
                images.draw(&text, level)?;
            }
            println!("resident\t{}", most_memory()?);
        }
        _ => return Err("one of: cold, resident".into()),
    }
    Ok(())
}

/// Texts to images of 10 pixels a module, with memory that is kept.
#[derive(Default)]
struct Images {
    encoder: Encoder,
    writer: PngWriter,
    png: Vec<u8>,
}

impl Images {
    fn draw(&mut self, text: &str, level: ErrorCorrection) -> Result<(), Box<dyn Error>> {
        let options = EncodeOptions {
            error_correction: level,
            boost: false,
        };
        let style = Style {
            scale: 10,
            ..Style::default()
        };
        let symbol = self.encoder.encode(text, &options)?;
        self.png.clear();
        Ok(self.writer.write_into(symbol, &style, &mut self.png)?)
    }
}

fn payload(line: &str) -> Result<(String, ErrorCorrection), Box<dyn Error>> {
    let mut fields = line.split('\t').skip(1);
    let level = match fields.next() {
        Some("L") => ErrorCorrection::L,
        Some("M") => ErrorCorrection::M,
        Some("Q") => ErrorCorrection::Q,
        Some("H") => ErrorCorrection::H,
        _ => return Err("a line without a level".into()),
    };
    let (digits, _) = fields
        .next()
        .ok_or("a line without hex")?
        .as_bytes()
        .as_chunks::<2>();
    let bytes: Result<Vec<u8>, Box<dyn Error>> = digits
        .iter()
        .map(|pair| Ok(u8::from_str_radix(str::from_utf8(pair)?, 16)?))
        .collect();
    Ok((String::from_utf8(bytes?)?, level))
}

fn most_memory() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = most.and_then(|most| most.trim().strip_suffix(" kB"));
    Ok(kibibytes.ok_or("no VmHWM")?.parse::<u64>()? * 1024)
}
