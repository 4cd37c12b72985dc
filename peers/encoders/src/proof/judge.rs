//! Who reads a symbol as what.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::BufRead;

use encoding_rs::SHIFT_JIS;
use qrgen_engine::{Content, Mode, read_png};
use rxing::qrcode::decoder::qrcode_decoder::decode_bool_array;

use super::OURS;
use crate::encoders::Modules;

const DECODERS: [&str; 5] = ["qrgen", "rxing", "rqrr", "zxing-cpp", "zbar"];

/// A symbol and what it should say.
struct Case {
    is_text: bool,
    payload: Vec<u8>,
    modules: Modules,
    /// By `zxing-cpp` and `zbar`.
    read: [Option<Vec<u8>>; 2],
}

/// How a decoder reads a symbol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Right,
    /// Not as it should, for a reason that is the decoder's.
    Fault(&'static str),
    Wrong,
}

/// Reads the lines of `peers/python/read.py`, and prints the table.
pub(crate) fn judge(lines: impl BufRead) -> Result<(), Box<dyn Error>> {
    let (mut symbols, mut smaller, mut unannounced) = (0, 0, 0);
    let mut verdicts: BTreeMap<(usize, Verdict), usize> = BTreeMap::new();
    for line in lines.lines() {
        let line = line?;
        let (encoder, case) = parse(&line).ok_or("no line of read.py")?;
        let all = verdicts_on(&case);
        if encoder != OURS {
            // A peer's, and smaller than ours.
            if all.contains(&Verdict::Wrong) {
                continue;
            }
            if says_its_character_set(&case.modules) {
                smaller += 1;
                eprintln!("{encoder} is smaller, and all read it: {line}");
            } else {
                unannounced += 1;
            }
            continue;
        }
        symbols += 1;
        for (decoder, verdict) in all.into_iter().enumerate() {
            *verdicts.entry((decoder, verdict)).or_default() += 1;
            if verdict == Verdict::Wrong {
                eprintln!("{} reads another text: {line}", DECODERS[decoder]);
            }
        }
    }
    println!(
        "| {symbols} symbols, read by | right | wrong | otherwise, by a known fault of the decoder |"
    );
    println!("|---|---:|---:|---|");
    for (decoder, name) in DECODERS.into_iter().enumerate() {
        let count = |verdict| verdicts.get(&(decoder, verdict)).copied().unwrap_or(0);
        let faults: Vec<String> = verdicts
            .iter()
            .filter_map(|((of, verdict), count)| match verdict {
                Verdict::Fault(reason) if *of == decoder => Some(format!("{count}: {reason}")),
                _ => None,
            })
            .collect();
        let (right, wrong) = (count(Verdict::Right), count(Verdict::Wrong));
        println!("| {name} | {right} | {wrong} | {} |", faults.join("; "));
    }
    println!(
        "\nSmaller symbols of a peer that all of them read: {smaller}. Another {unannounced} leave out the 12 bits that say that \
         bytes are UTF-8, and are read by those that guess it; by the book they are other characters."
    );
    let wrong =
        (0..DECODERS.len()).any(|decoder| verdicts.contains_key(&(decoder, Verdict::Wrong)));
    if wrong || smaller > 0 {
        return Err("symbols are wrong, or larger than a peer's".into());
    }
    Ok(())
}

fn parse(line: &str) -> Option<(&str, Case)> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [encoder, kind, payload, size, rows, zxing, zbar] = fields[..] else {
        return None;
    };
    let size: usize = size.parse().ok()?;
    let rows = bytes_of(rows)?;
    let modules = rows
        .chunks(size.div_ceil(8))
        .map(|row| {
            (0..size)
                .map(|x| row[x / 8] << (x % 8) & 0x80 != 0)
                .collect()
        })
        .collect();
    let read = [zxing, zbar].map(|hex| if hex == "-" { None } else { bytes_of(hex) });
    let case = Case {
        is_text: kind == "text",
        payload: bytes_of(payload)?,
        modules,
        read,
    };
    Some((encoder, case))
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let byte = |at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok();
    (0..hex.len() / 2).map(byte).collect()
}

/// The verdicts of [`DECODERS`], in their order.
fn verdicts_on(case: &Case) -> [Verdict; 5] {
    let payload = &case.payload;
    let ours = read_by_ours(&case.modules);
    let by_ours = match &ours {
        Some(content) if content.bytes == *payload => Verdict::Right,
        _ => Verdict::Wrong,
    };
    let has_kanji = ours.is_some_and(|content| {
        let mut segments = content.segments.iter();
        segments.any(|segment| segment.mode == Mode::Kanji)
    });
    let [by_zxing, by_zbar] = &case.read;
    [
        by_ours,
        rxing(case),
        rqrr(case, has_kanji),
        verdict(by_zxing.as_ref() == Some(payload)),
        zbar(case, by_zbar.as_deref()),
    ]
}

fn verdict(is_right: bool) -> Verdict {
    if is_right {
        Verdict::Right
    } else {
        Verdict::Wrong
    }
}

/// Whether bytes that are not ASCII have an ECI header.
fn says_its_character_set(modules: &Modules) -> bool {
    read_by_ours(modules).is_some_and(|content| content.text().is_some())
}

/// From the pixels of an image that crate `png` has written.
fn read_by_ours(modules: &Modules) -> Option<Content> {
    const QUIET_ZONE: usize = 4;
    let width = modules.len() + 2 * QUIET_ZONE;
    let stride = width.div_ceil(8);
    let mut pixels = vec![0; stride * width];
    for (y, row) in modules.iter().enumerate() {
        for x in (0..row.len()).filter(|x| row[*x]) {
            let x = x + QUIET_ZONE;
            pixels[(y + QUIET_ZONE) * stride + x / 8] |= 0x80 >> (x % 8);
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width as u32, width as u32);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_palette([[255; 3], [0; 3]].concat());
    encoder.set_filter(png::Filter::NoFilter);
    encoder
        .write_header()
        .ok()?
        .write_image_data(&pixels)
        .ok()?;
    Some(read_png(&file).ok()?.content)
}

fn rxing(case: &Case) -> Verdict {
    let Ok(read) = decode_bool_array(&case.modules) else {
        return Verdict::Wrong;
    };
    let text = str::from_utf8(&case.payload).unwrap_or_default();
    if case.is_text {
        if read.getText() == text {
            return Verdict::Right;
        }
        let is_without_marks = read.getText() == text.replace('\u{feff}', "");
        if is_without_marks && text.contains('\u{feff}') {
            return Verdict::Fault("drops U+FEFF");
        }
        return Verdict::Wrong;
    }
    if read.getByteSegments().concat() == case.payload {
        if read.getText().as_bytes() == case.payload {
            Verdict::Right
        } else {
            Verdict::Fault("has the bytes, but guesses a character set for them")
        }
    } else {
        Verdict::Wrong
    }
}

fn rqrr(case: &Case, has_kanji: bool) -> Verdict {
    let modules = &case.modules;
    let grid = rqrr::SimpleGrid::from_func(modules.len(), |x, y| modules[y][x]);
    let mut bytes = Vec::new();
    if rqrr::Grid::new(grid).decode_to(&mut bytes).is_err() {
        return Verdict::Wrong;
    }
    let text = str::from_utf8(&case.payload).unwrap_or_default();
    if bytes == case.payload {
        Verdict::Right
    } else if has_kanji && bytes == *SHIFT_JIS.encode(text).0 {
        Verdict::Fault("leaves Kanji mode in Shift JIS")
    } else {
        Verdict::Wrong
    }
}

fn zbar(case: &Case, read: Option<&[u8]>) -> Verdict {
    if read == Some(&case.payload) {
        Verdict::Right
    } else if !case.is_text && read.is_some() {
        Verdict::Fault("guesses a character set for bytes")
    } else {
        Verdict::Wrong
    }
}
