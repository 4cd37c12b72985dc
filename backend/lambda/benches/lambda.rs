//! What the functions cost beside the Python ones: `cargo xtask bench lambda`, which builds what is
//! deployed and says where it and the Python are. Prints Markdown.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has nothing to measure; the section is the output"
)]

#[path = "lambda/bare.rs"]
mod bare;
#[path = "../tests/lambda/caller.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod caller;
#[path = "lambda/cost.rs"]
mod cost;
#[path = "lambda/peer.rs"]
mod peer;
#[path = "../tests/lambda/process.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod process;
#[path = "../tests/lambda/s3.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod s3;
#[path = "../tests/lambda/support.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
mod support;

use std::time::{Duration, Instant};

use serde_json::Value;

use caller::{delete, generate, retrieve, signed};
use peer::Python;
use process::{Process, Stack};
use s3::S3;
use support::Device;

/// Starts of each function.
const STARTS: usize = 100;
/// Starts of the Python one, which take longer.
const PYTHON_STARTS: usize = 30;
/// Warm calls of each operation.
const CALLS: usize = 1_000;
/// Calls after which memory is looked at.
const LONG: usize = 10_000;

/// Medians, in the order GENERATE, RETRIEVE, DELETE.
struct Times {
    next: Duration,
    first: Duration,
    warm: [Duration; 3],
    /// A warm call that is refused unread, and so what the emulator takes; of ours alone.
    refused: Duration,
    /// A PUT and nothing else; of ours alone.
    put: Duration,
    resident_kib: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (ours, python) = (ours().await, python().await);
    let proof = inside("QRDelete", |number| delete(&format!("code {number}"))).await;
    let whole = inside("QRGenerator", |number| {
        let text = format!("https://example.com/menu/{number}");
        generate(&format!("code {number}"), &text)
    })
    .await;
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    let mib = |kib: u64| format!("{} MiB", kib.div_ceil(1024));
    println!("\n| Median | this project | Python |\n|---|---:|---:|");
    for (what, time) in [
        (
            "start of the process to the first `next`",
            (|t: &Times| t.next) as fn(&Times) -> _,
        ),
        ("start of the process to the first code answered", |t| {
            t.first
        }),
        ("warm GENERATE", |t| t.warm[0]),
        ("warm RETRIEVE of one code", |t| t.warm[1]),
        ("warm DELETE", |t| t.warm[2]),
    ] {
        println!("| {what} | {} | {} |", ms(time(&ours)), ms(time(&python)));
    }
    println!(
        "| resident after {LONG} GENERATEs (Python: {CALLS}) | {} | {} |",
        mib(ours.resident_kib),
        mib(python.resident_kib)
    );
    println!(
        "\nOf these, the emulated Runtime API takes {}: so long takes a warm call that is refused unread. A PUT of an \
         image and nothing else, by the same client over a connection that is kept, takes {}. Inside the service, \
         with a store that takes no time, a GENERATE takes {}, of which {} read the request and check its proof, as \
         in a DELETE of nothing; the rest draws and verifies.",
        ms(ours.refused),
        ms(ours.put),
        ms(whole),
        ms(proof)
    );
    println!("\n{}", cost::table(&ours.warm, &python.warm));
}

async fn ours() -> Times {
    let (mut next, mut first) = (Vec::new(), Vec::new());
    let device = Device::new();
    for number in 0..STARTS {
        let s3 = S3::start().await;
        let event = signed(
            &device,
            generate(&format!("{number}"), "https://example.com/menu"),
        );
        let function = Process::start("QRGenerator", s3.address, &[]).await;
        function.is_ready().await;
        next.push(function.started.elapsed());
        function.invoke(event).await.unwrap();
        first.push(function.started.elapsed());
    }
    let stack = Stack::start().await;
    let mut warm = [const { Vec::new() }; 3];
    for number in 0..LONG {
        let name = format!("code {number}");
        let text = format!("https://example.com/menu/{number}");
        let made = timed(&stack.generator, signed(&device, generate(&name, &text))).await;
        if number < CALLS {
            warm[0].push(made);
            warm[1].push(timed(&stack.retriever, signed(&device, retrieve(&name))).await);
            warm[2].push(timed(&stack.delete, signed(&device, delete(&name))).await);
        }
    }
    let mut refused = Vec::new();
    for _ in 0..CALLS {
        let started = Instant::now();
        let answer = stack.generator.invoke(Value::Null).await.unwrap();
        refused.push(started.elapsed());
        assert_eq!(answer.status_code, 400, "{}", answer.body);
    }
    let s3 = S3::start().await;
    Times {
        next: median(next),
        first: median(first),
        warm: warm.map(median),
        refused: median(refused),
        put: median(bare::puts(s3.address, CALLS).await),
        resident_kib: stack.generator.resident_kib().unwrap_or_default(),
    }
}

async fn python() -> Times {
    let (mut next, mut first) = (Vec::new(), Vec::new());
    for number in 0..PYTHON_STARTS {
        let s3 = S3::start().await;
        let function = Python::start("generate", s3.address).await;
        function.is_ready().await;
        next.push(function.started.elapsed());
        function.invoke_any(peer::event(number)).await.unwrap();
        first.push(function.started.elapsed());
    }
    let s3 = S3::start().await;
    let functions = [
        Python::start("generate", s3.address).await,
        Python::start("retrieve", s3.address).await,
        Python::start("delete", s3.address).await,
    ];
    let mut warm = [const { Vec::new() }; 3];
    for number in 0..CALLS {
        for (function, times) in functions.iter().zip(&mut warm) {
            let started = Instant::now();
            function.invoke_any(peer::event(number)).await.unwrap();
            times.push(started.elapsed());
        }
    }
    Times {
        next: median(next),
        first: median(first),
        warm: warm.map(median),
        refused: Duration::ZERO,
        put: Duration::ZERO,
        resident_kib: functions[0].resident_kib().unwrap_or_default(),
    }
}

/// What the service says of itself where the store takes no time.
async fn inside(function: &str, request: impl Fn(usize) -> Value) -> Duration {
    let s3 = S3::start().await;
    let function = Process::start(function, s3.address, &[("QRGEN_STORE", "memory:")]).await;
    let device = Device::new();
    for number in 0..CALLS {
        timed(&function, signed(&device, request(number))).await;
    }
    let log = function.end();
    let lines = log
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let times = lines.filter_map(|line| line["duration_us"].as_u64());
    median(times.map(Duration::from_micros).collect())
}

async fn timed(function: &Process, event: Value) -> Duration {
    let started = Instant::now();
    let answer = function.invoke(event).await.unwrap();
    let took = started.elapsed();
    assert_eq!(answer.status_code, 200, "{}", answer.body);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
