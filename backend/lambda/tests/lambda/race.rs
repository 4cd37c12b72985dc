//! GENERATE and DELETE of one name at once.

use serde_json::json;

use crate::caller::{Functions, delete, generate, retrieve};
use crate::process::Stack;
use crate::support::Device;

/// Whatever the two heard, what is left is what one after the other would have left.
#[tokio::test]
async fn what_is_left_is_explained_by_one_of_the_two_orders() {
    let stack = Stack::start().await;
    let device = Device::new();
    let mut seen = [0; 2];
    for round in 0..60 {
        let name = format!("menu {round}");
        // Half of the rounds begin with the same code stored, half with none.
        let is_there = round % 2 == 0;
        if is_there {
            stack.granted(&device, generate(&name, "text")).await;
        }
        let (made, deleted) = tokio::join!(
            stack.granted(&device, generate(&name, "text")),
            stack.granted(&device, delete(&name)),
        );
        let found = stack.granted(&device, retrieve(&name)).await;
        let is_left = found["images"].as_array().unwrap().len() == 1;
        if is_left {
            assert_eq!(found["images"][0]["text"], "text");
        }
        let outcome = (
            made["status"].as_str().unwrap(),
            deleted["deleted"] == json!(true),
            is_left,
        );
        let explained = if is_there {
            // Kept and then deleted; or deleted and then made.
            [("unchanged", true, false), ("created", true, true)]
        } else {
            // Made and then deleted; or nothing deleted and then made.
            [("created", true, false), ("created", false, true)]
        };
        assert!(explained.contains(&outcome), "round {round}: {outcome:?}");
        seen[usize::from(is_left)] += 1;
    }
    println!(
        "deleted last {} times, made last {} times",
        seen[0], seen[1]
    );
}
