//! A store that is away, slow, throttled or closed: what is raised, and that nothing is told.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use crate::caller::{Functions, Outcome, delete, generate, replace, retrieve, signed};
use crate::process::{Process, Stack};
use crate::s3::Weather;
use crate::support::Device;

/// A text and a name that nobody but their owner may read.
const SECRET: &str = "planted-secret";

fn assert_storage_unavailable(outcome: Outcome) {
    let (name, message) = outcome.unwrap_err();
    assert_eq!(name, "StorageUnavailable");
    assert!(!message.contains(SECRET), "{message}");
}

#[tokio::test]
async fn a_store_that_is_away_is_raised_by_name() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let nobody = free.local_addr().unwrap();
    drop(free);
    let function = Process::start("QRGenerator", nobody, &[]).await;
    let event = signed(&Device::new(), generate(SECRET, SECRET));
    assert_storage_unavailable(function.invoke(event).await);
}

/// Three functions, so that each is still in its first second when the last one is asked.
#[tokio::test]
async fn a_store_that_is_too_slow_or_closed_is_raised_by_name_and_the_function_serves_on() {
    let stack = Stack::start().await;
    let device = Device::new();
    for weather in [Weather::Slow(Duration::from_secs(5)), Weather::Denied] {
        stack.s3.set(weather);
        let (made, found, deleted) = tokio::join!(
            stack.ask(&device, generate(SECRET, SECRET)),
            stack.ask(&device, retrieve(SECRET)),
            stack.ask(&device, delete(SECRET)),
        );
        for outcome in [made, found, deleted] {
            assert_storage_unavailable(outcome);
        }
        stack.s3.set(Weather::Fair);
        stack.granted(&device, replace("menu", SECRET)).await;
        stack.granted(&device, retrieve("menu")).await;
        stack.granted(&device, delete("menu")).await;
    }
}

#[tokio::test]
async fn throttling_is_waited_out_within_the_budget_and_raised_after_it() {
    let stack = Stack::start().await;
    let device = Device::new();
    stack.s3.set(Weather::Throttled(3));
    let made = stack.granted(&device, generate("menu", "text")).await;
    assert_eq!(made["status"], "created");
    assert_eq!(stack.s3.requests(), 4, "three refusals and the put");

    stack.s3.set(Weather::Throttled(usize::MAX));
    assert_storage_unavailable(stack.ask(&device, generate(SECRET, SECRET)).await);
    assert!(stack.s3.requests() > 5, "it was tried more than once");
    stack.s3.set(Weather::Fair);
    assert_eq!(stack.s3.files().len(), 1);
}
