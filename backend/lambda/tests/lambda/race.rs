//! GENERATE and DELETE of one name at once.

use std::time::Duration;

use serde_json::{Value, json};

use crate::caller::{Functions, delete, generate, replace, retrieve};
use crate::process::Stack;
use crate::support::{Device, random};

/// What the two have heard and left: status of GENERATE, whether DELETE deleted, the text that is left.
type Outcome = (&'static str, bool, Option<&'static str>);

/// What a round begins with, what is asked for beside DELETE, and the outcomes that an order explains: first
/// the one of GENERATE before DELETE, then those of DELETE before GENERATE.
fn round(number: usize, name: &str) -> (Option<&'static str>, Value, &'static [Outcome]) {
    match number % 3 {
        0 => (
            None,
            generate(name, "new"),
            &[("created", true, None), ("created", false, Some("new"))],
        ),
        1 => (
            Some("new"),
            generate(name, "new"),
            &[("unchanged", true, None), ("created", true, Some("new"))],
        ),
        _ => (
            Some("old"),
            replace(name, "new"),
            &[
                ("replaced", true, None),
                ("created", true, Some("new")),
                // The old one was seen before it went; what is left is the same.
                ("replaced", true, Some("new")),
            ],
        ),
    }
}

/// Whatever the two heard, what is left is what one after the other would have left.
#[tokio::test]
async fn what_is_left_is_explained_by_one_of_the_two_orders() {
    let mut random = random();
    let stack = Stack::start().await;
    let device = Device::new();
    let mut seen = [0; 2];
    for number in 0..300 {
        let name = format!("menu {number}");
        let (before, made, explained) = round(number, &name);
        if let Some(text) = before {
            stack.granted(&device, generate(&name, text)).await;
        }
        // GENERATE takes longer; so DELETE waits, or half of the orders would be rare.
        let pause = Duration::from_micros(random.u64(..3_000));
        let (made, deleted) = tokio::join!(stack.granted(&device, made), async {
            tokio::time::sleep(pause).await;
            stack.granted(&device, delete(&name)).await
        });
        let found = stack.granted(&device, retrieve(&name)).await;
        let outcome = (
            made["status"].as_str().unwrap(),
            deleted["deleted"] == json!(true),
            found["images"][0]["text"].as_str(),
        );
        let order = explained.iter().position(|order| *order == outcome);
        let order = order.unwrap_or_else(|| panic!("{number}, {pause:?}: {outcome:?}"));
        seen[order.min(1)] += 1;
    }
    println!(
        "made first {} times, deleted first {} times",
        seen[0], seen[1]
    );
}
