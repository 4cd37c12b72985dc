//! Text to an answer: symbol, PNG of 10 pixels a module, base64, JSON. Level M.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use qrgen_engine::{Encoder, PngWriter, Style};
use serde::Serialize;

use crate::encoders::{fast_qr, options};

/// Pixels a module, and modules of quiet zone.
const SCALE: usize = 10;
const QUIET_ZONE: usize = 4;

/// One way to the answer.
pub(crate) trait Pipeline {
    fn name(&self) -> &'static str;

    /// The PNG image, and the answer that carries it.
    fn answer(&mut self, text: &str, level: char) -> Option<(&[u8], &str)>;
}

pub(crate) fn all() -> [Box<dyn Pipeline>; 2] {
    [Box::new(Ours::new()), Box::new(FastQr::default())]
}

#[derive(Serialize)]
struct Answer<'a> {
    image: &'a str,
    size: usize,
}

/// The engine, with memory that it keeps, and JSON by hand.
struct Ours {
    encoder: Encoder,
    writer: PngWriter,
    png: Vec<u8>,
    json: String,
}

impl Ours {
    fn new() -> Self {
        Self {
            encoder: Encoder::new(),
            writer: PngWriter::new(),
            png: Vec::new(),
            json: String::new(),
        }
    }
}

impl Pipeline for Ours {
    fn name(&self) -> &'static str {
        "qrgen"
    }

    fn answer(&mut self, text: &str, level: char) -> Option<(&[u8], &str)> {
        let style = Style {
            scale: SCALE as u32,
            ..Style::default()
        };
        let symbol = self.encoder.encode(text, &options(level)).ok()?;
        self.png.clear();
        self.writer.write_into(symbol, &style, &mut self.png).ok()?;
        // The same JSON as the other's: base64 has nothing to escape.
        self.json.clear();
        self.json.push_str("{\"image\":\"");
        base64_simd::STANDARD.encode_append(&self.png, &mut self.json);
        self.json.push_str("\",\"size\":");
        self.json
            .push_str(itoa::Buffer::new().format(self.png.len()));
        self.json.push('}');
        Some((&self.png, &self.json))
    }
}

/// `fast_qr` with the fastest setting of `png`, one bit a pixel, `base64` and `serde_json`: what one
/// would build of the best crates there are.
#[derive(Default)]
struct FastQr {
    png: Vec<u8>,
    json: String,
}

impl Pipeline for FastQr {
    fn name(&self) -> &'static str {
        "fast_qr + png"
    }

    fn answer(&mut self, text: &str, level: char) -> Option<(&[u8], &str)> {
        self.png = drawn(&fast_qr(text, level)?).ok()?;
        let answer = Answer {
            image: &BASE64.encode(&self.png),
            size: self.png.len(),
        };
        self.json = serde_json::to_string(&answer).ok()?;
        Some((&self.png, &self.json))
    }
}

fn drawn(symbol: &fast_qr::QRCode) -> Result<Vec<u8>, png::EncodingError> {
    let width = (symbol.size + 2 * QUIET_ZONE) * SCALE;
    let stride = width.div_ceil(8);
    let mut pixels = vec![0xff; stride * width];
    for y in 0..symbol.size {
        let first = (y + QUIET_ZONE) * SCALE * stride;
        for x in 0..symbol.size {
            if symbol[y][x].value() {
                for pixel in (x + QUIET_ZONE) * SCALE..(x + QUIET_ZONE + 1) * SCALE {
                    pixels[first + pixel / 8] &= !(0x80 >> (pixel % 8));
                }
            }
        }
        for copy in 1..SCALE {
            pixels.copy_within(first..first + stride, first + copy * stride);
        }
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width as u32, width as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(png)
}
