//! Measures encoders beside each other: `cargo xtask bench engine` runs it and makes the tables.
//!
//! Each line of standard output is one figure, its fields with tabs between them:
//!
//! ```text
//! matrix   kind  level  encoder   nanoseconds of one symbol
//! image    kind  level  pipeline  nanoseconds of one answer  bytes of a PNG image
//! misread  kind  level  encoder   symbols whose text reads back otherwise
//! refused  kind  level  encoder   payloads that are not encoded
//! ```
//!
//! `proof` is another matter: see [`proof`].
//!
//! The programs beside this one read what `payloads` prints, `kind level hex` a line, and print such
//! lines, too, and every symbol as `symbol kind level encoder hex rows`, the rows as digits (1 is
//! dark) with slashes between them. `judge` reads those and prints what is misread.

mod clock;
mod encoders;
mod image;
mod judge;
mod payloads;
mod proof;

use std::error::Error;
use std::hint::black_box;

use payloads::Set;

fn main() -> Result<(), Box<dyn Error>> {
    let what: Vec<String> = std::env::args().skip(1).collect();
    match what.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["payloads"] => payloads::sets().iter().for_each(print_payloads),
        ["matrix"] => payloads::sets().iter().for_each(matrix),
        ["image"] => payloads::sets().iter().for_each(images),
        ["judge"] => judge::symbols(std::io::stdin().lock())?,
        ["proof", "symbols"] => proof::symbols(std::io::stdout().lock())?,
        ["proof", "judge"] => proof::judge::judge(std::io::stdin().lock())?,
        _ => {
            return Err(
                "one of: payloads, matrix, image, judge, proof symbols, proof judge".into(),
            );
        }
    }
    Ok(())
}

fn print_payloads(set: &Set) {
    for payload in &set.payloads {
        let hex: String = payload.bytes().map(|byte| format!("{byte:02x}")).collect();
        println!("{}\t{}\t{hex}", set.kind, set.level);
    }
}

fn matrix(set: &Set) {
    let mut peers = encoders::all();
    peers.retain_mut(|peer| judge::encodes_all(set, peer.as_mut()));
    let medians = medians(set, &mut peers, |peer, text| {
        black_box(peer.encode(text, set.level));
    });
    for (peer, nanoseconds) in peers.iter().zip(medians) {
        print("matrix", set, &peer.name(), &format!("{nanoseconds:.1}"));
    }
}

/// The median nanoseconds of `work` by each, on the payloads of a set in turn.
fn medians<T: ?Sized>(set: &Set, all: &mut [Box<T>], work: impl Fn(&mut T, &str)) -> Vec<f64> {
    let mut works: Vec<clock::Work<'_>> = Vec::new();
    for one in all {
        let work = &work;
        works.push(Box::new(move |call| {
            work(one, black_box(&set.payloads[call % set.payloads.len()]));
        }));
    }
    clock::medians(&mut works, set.payloads.len())
}

/// One figure.
fn print(what: &str, set: &Set, of: &str, figure: &str) {
    println!("{what}\t{}\t{}\t{of}\t{figure}", set.kind, set.level);
}

fn images(set: &Set) {
    if set.level != 'M' {
        return;
    }
    let mut pipelines = image::all();
    let sizes: Vec<usize> = pipelines
        .iter_mut()
        .map(|pipeline| {
            let answer = pipeline.answer(&set.payloads[0], set.level);
            answer.map_or(0, |(png, _)| png.len())
        })
        .collect();
    let medians = medians(set, &mut pipelines, |pipeline, text| {
        black_box(pipeline.answer(text, set.level));
    });
    for ((pipeline, nanoseconds), size) in pipelines.iter().zip(medians).zip(sizes) {
        let figures = format!("{nanoseconds:.1}\t{size}");
        print("image", set, pipeline.name(), &figures);
    }
}
