//! The server under load, against the least that an axum handler can do
//! (`backend/server/examples/bare.rs`).

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use qrgen_contract::PATH;
use qrgen_sdk::FileDeviceKey;

use crate::load::{self, CONNECTIONS, Load};
use crate::process::{self, Server};
use crate::signed;
use crate::stats::{median, mib};
use crate::{Result, progress};

const ROUNDS: usize = 5;
const SECONDS: u32 = 5;

/// Enough that no round sends a request twice.
const REQUESTS: u32 = 500_000;

/// How many codes the server holds when its memory is read.
const KEPT: u32 = 100_000;

pub(crate) fn measure() -> Result<String> {
    let folder = tempfile::tempdir_in("/dev/shm")?;
    let file = folder.path().join("requests");
    let key = FileDeviceKey::generate()?;
    let codes = folder.path().join("codes");
    let text = throughput(&key, &file)?
        + "\nResident memory of `qrgen serve` before and after signed GENERATEs of 100,000 codes:\n\n\
           | Store | before | after | requests |\n|---|---:|---:|---:|\n"
        + &memory_row("folder", &codes.to_string_lossy(), &key, &file)?
        + &memory_row("memory", "memory:", &key, &file)?;
    Ok(text)
}

/// One round's load, and the processor time that the server spent on a request of it, in µs.
struct Round {
    load: Load,
    cpu_us: f64,
}

/// The rounds of a server and of the bare handler that it is held against.
#[derive(Default)]
struct Pair {
    server: Vec<Round>,
    bare: Vec<Round>,
}

fn throughput(key: &FileDeviceKey, file: &Path) -> Result<String> {
    let answer = answer_bytes(key, file)?;
    let (mut signed, mut open) = (Pair::default(), Pair::default());
    for round in 1..=ROUNDS {
        progress(&format!("server: round {round} of {ROUNDS}"));
        load_both(&mut signed, key, file, answer, false)?;
        load_both(&mut open, key, file, answer, true)?;
    }
    Ok(format!(
        "GENERATE of distinct short URLs into the memory store. `wrk`: 1 thread, {CONNECTIONS} \
         connections, keep-alive, on the same cores as the server; {ROUNDS} rounds of {SECONDS} s, \
         interleaved; medians. Each bare handler answers as many bytes as the server does \
         ({answer}).\n\n\
         | | requests/s | p50 | p99 | processor time a request | of the bare handler's requests/s |\n\
         |---|---:|---:|---:|---:|---:|\n\
         | `qrgen serve` | {} | {} |\n\
         | bare handler that verifies a signature | {} | |\n\
         | `qrgen serve --open` | {} | {} |\n\
         | bare handler | {} | |\n",
        cells(&signed.server),
        ratio(&signed),
        cells(&signed.bare),
        cells(&open.server),
        ratio(&open),
        cells(&open.bare),
    ))
}

/// One round. The server is a new one, so that every code is new to it.
fn load_both(
    pair: &mut Pair,
    key: &FileDeviceKey,
    file: &Path,
    answer: usize,
    open: bool,
) -> Result<()> {
    let server = serve("memory:", open)?;
    prepare(key, &server, open, REQUESTS, file)?;
    let round = load_one(&server, &endpoint(&server), file)?;
    if round.load.laps > 0 {
        return Err("the requests ran out: raise REQUESTS".into());
    }
    pair.server.push(round);
    drop(server);
    let bare = bare(answer, open)?;
    pair.bare.push(load_one(&bare, &bare.url, file)?);
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of requests are far below 2^52"
)]
fn load_one(server: &Server, url: &str, file: &Path) -> Result<Round> {
    let before = server.cpu()?;
    let load = load::run(url, file, SECONDS)?;
    let cpu = server.cpu()?.saturating_sub(before);
    Ok(Round {
        load,
        cpu_us: cpu.as_secs_f64() * 1e6 / load.requests as f64,
    })
}

fn cells(rounds: &[Round]) -> String {
    let of = |value: fn(&Round) -> f64| median(&rounds.iter().map(value).collect::<Vec<_>>());
    format!(
        "{:.0} | {:.2} ms | {:.2} ms | {:.0} µs",
        of(|round| round.load.per_second),
        of(|round| round.load.p50_ms),
        of(|round| round.load.p99_ms),
        of(|round| round.cpu_us),
    )
}

/// The median of the rounds' ratios.
fn ratio(pair: &Pair) -> String {
    let rounds = pair.server.iter().zip(&pair.bare);
    let ratios: Vec<f64> = rounds
        .map(|(ours, bare)| ours.load.per_second / bare.load.per_second)
        .collect();
    format!("{:.0} %", 100.0 * median(&ratios))
}

/// What the server holds before and after it was given [`KEPT`] codes.
fn memory_row(name: &str, store: &str, key: &FileDeviceKey, file: &Path) -> Result<String> {
    progress(&format!("server: memory with the {name} store"));
    let server = serve(store, false)?;
    let before = mib(server.resident()?);
    prepare(key, &server, false, KEPT, file)?;
    let load = load::run(&endpoint(&server), file, SECONDS * 12)?;
    if load.laps == 0 {
        return Err(format!("not all of {KEPT} requests were sent").into());
    }
    let after = mib(server.resident()?);
    Ok(format!(
        "| {name} | {before} MiB | {after} MiB | {} |\n",
        load.requests
    ))
}

/// Writes so many requests for this server.
fn prepare(
    key: &FileDeviceKey,
    server: &Server,
    open: bool,
    count: u32,
    file: &Path,
) -> Result<()> {
    let url = endpoint(server);
    let requests = signed::generate(key, (!open).then_some(&url), 0..count)?;
    signed::write(&requests, host(server), file)
}

/// `qrgen serve` on a port of its own.
fn serve(store: &str, open: bool) -> Result<Server> {
    let mut command = Command::new(process::release("qrgen")?);
    command.args(["serve", "--listen", "127.0.0.1:0", "--store", store]);
    if open {
        command.arg("--open");
    }
    Server::start(&mut command)
}

fn host(server: &Server) -> &str {
    server.url.trim_start_matches("http://")
}

fn endpoint(server: &Server) -> String {
    format!("{}{PATH}", server.url)
}

fn bare(answer: usize, open: bool) -> Result<Server> {
    let mut command = Command::new(process::release("examples/bare")?);
    command.arg(answer.to_string());
    if open {
        command.arg("unsigned");
    }
    Server::start(&mut command)
}

/// How long the answer to such a GENERATE is, in bytes.
fn answer_bytes(key: &FileDeviceKey, file: &Path) -> Result<usize> {
    let server = serve("memory:", true)?;
    prepare(key, &server, true, 1, file)?;
    let text = std::fs::read_to_string(file)?;
    let (_length, request) = text.split_once('\n').ok_or("no request")?;
    // So that the end of the answer is the end of the stream.
    let request = request.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let mut stream = TcpStream::connect(host(&server))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
    Ok(body.len())
}
