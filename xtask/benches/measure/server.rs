//! The server under load, against the least that an axum handler can do
//! (`backend/server/examples/bare.rs`).

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use qrgen_contract::PATH;
use qrgen_sdk::FileDeviceKey;

use crate::load::{self, Load};
use crate::process::{self, Server};
use crate::signed;
use crate::stats::{median, mib};
use crate::{Result, progress};

const ROUNDS: usize = 5;
const SECONDS: u32 = 3;

/// Connections that `wrk` keeps busy: so few that each is answered soon, and so many that no core
/// waits.
const CONNECTIONS: [u32; 2] = [32, 256];

/// Enough that no round sends a request twice.
const REQUESTS: u32 = 300_000;

/// How many codes the server holds when its memory is read.
const KEPT: u32 = 100_000;

/// Time enough to send them all.
const KEPT_SECONDS: u32 = 60;

pub(crate) fn measure() -> Result<String> {
    let folder = tempfile::tempdir_in("/dev/shm")?;
    let file = folder.path().join("requests");
    let key = FileDeviceKey::generate()?;
    let codes = folder.path().join("codes");
    let mut text = format!(
        "GENERATE of distinct short URLs into the memory store. `wrk`: 1 thread, keep-alive, on the \
         same cores as the server; {ROUNDS} rounds of {SECONDS} s, interleaved; medians.\n"
    );
    for connections in CONNECTIONS {
        text += &throughput(&key, &file, connections)?;
    }
    Ok(text
        + "\nResident memory of `qrgen serve` before and after signed GENERATEs of 100,000 codes:\n\n\
           | Store | before | after | requests |\n|---|---:|---:|---:|\n"
        + &memory_row("folder", &codes.to_string_lossy(), &key, &file)?
        + &memory_row("memory", "memory:", &key, &file)?)
}

/// One round's load, and the processor time that the server spent on a request of it, in µs.
struct Round {
    load: Load,
    cpu_us: f64,
}

/// What is held against each other, round by round.
#[derive(Default)]
struct Rounds {
    signed: Vec<Round>,
    signed_bare: Vec<Round>,
    open: Vec<Round>,
    guided: Vec<Round>,
    bare: Vec<Round>,
}

fn throughput(key: &FileDeviceKey, file: &Path, connections: u32) -> Result<String> {
    let answer = answer_bytes(key, file)?;
    let (plain, guided) = (
        process::release("qrgen")?,
        process::release("../pgo/qrgen")?,
    );
    let server = |program: &Path, open| load_server(program, key, file, connections, open);
    let handler = |open| {
        let bare = bare(answer, open)?;
        load_one(&bare, &bare.url, file, connections)
    };
    let mut rounds = Rounds::default();
    for round in 1..=ROUNDS {
        progress(&format!(
            "server: {connections} connections, round {round} of {ROUNDS}"
        ));
        rounds.signed.push(server(&plain, false)?);
        rounds.signed_bare.push(handler(false)?);
        rounds.open.push(server(&plain, true)?);
        rounds.guided.push(server(&guided, true)?);
        rounds.bare.push(handler(true)?);
    }
    let Rounds {
        signed,
        signed_bare,
        open,
        guided,
        bare,
    } = &rounds;
    Ok(format!(
        "\n{connections} connections. Each bare handler answers as many bytes as the server does ({answer}).\n\n\
         | | requests/s | p50 | p99 | processor time a request | of the bare handler's requests/s |\n\
         |---|---:|---:|---:|---:|---:|\n\
         | `qrgen serve` | {} | {} |\n\
         | bare handler that verifies a signature | {} | |\n\
         | `qrgen serve --open` | {} | {} |\n\
         | the same, built by `cargo xtask pgo` | {} | {} |\n\
         | bare handler | {} | |\n",
        cells(signed),
        ratio(signed, signed_bare),
        cells(signed_bare),
        cells(open),
        ratio(open, bare),
        cells(guided),
        ratio(guided, bare),
        cells(bare),
    ))
}

/// A round of a server of its own, so that every code is new to it.
fn load_server(
    program: &Path,
    key: &FileDeviceKey,
    file: &Path,
    connections: u32,
    open: bool,
) -> Result<Round> {
    let server = serve(program, "memory:", open)?;
    prepare(key, &server, open, REQUESTS, file)?;
    let round = load_one(&server, &endpoint(&server), file, connections)?;
    if round.load.laps > 0 {
        return Err("the requests ran out: raise REQUESTS".into());
    }
    Ok(round)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of requests are far below 2^52"
)]
fn load_one(server: &Server, url: &str, file: &Path, connections: u32) -> Result<Round> {
    let before = server.cpu()?;
    let load = load::run(url, file, connections, SECONDS)?;
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
fn ratio(server: &[Round], bare: &[Round]) -> String {
    let rounds = server.iter().zip(bare);
    let ratios: Vec<f64> = rounds
        .map(|(ours, bare)| ours.load.per_second / bare.load.per_second)
        .collect();
    format!("{:.0} %", 100.0 * median(&ratios))
}

/// What the server holds before and after it was given [`KEPT`] codes.
fn memory_row(name: &str, store: &str, key: &FileDeviceKey, file: &Path) -> Result<String> {
    progress(&format!("server: memory with the {name} store"));
    let server = serve(&process::release("qrgen")?, store, false)?;
    let before = mib(server.resident()?);
    prepare(key, &server, false, KEPT, file)?;
    let load = load::run(&endpoint(&server), file, CONNECTIONS[0], KEPT_SECONDS)?;
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

/// `serve` of a `qrgen`, on a port of its own.
fn serve(program: &Path, store: &str, open: bool) -> Result<Server> {
    let mut command = Command::new(program);
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
    let server = serve(&process::release("qrgen")?, "memory:", true)?;
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
