//! What a device may do, and what it finds afterwards.

use std::thread;

use base64_simd::STANDARD as BASE64;
use serde_json::{Value, json};

use super::{StateMachine, event};
use crate::stack::Stack;
use crate::support::{Connection, Device, read_by_rxing};

/// A device that calls the state machine.
struct Caller {
    machine: StateMachine,
    device: Device,
}

impl Caller {
    fn new(machine: &StateMachine) -> Self {
        Self {
            machine: machine.clone(),
            device: Device::new(),
        }
    }

    fn call(&self, operation: &str, members: Value) -> super::Execution {
        let mut body = json!({ "type": operation, "deviceId": self.device.id() });
        body.as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        self.machine.start(&event::signed(&self.device, &body))
    }
}

#[test]
fn the_whole_job() {
    let stack = Stack::shared();
    let caller = Caller::new(&StateMachine::of(&stack));
    let menu = json!({ "filename": "menu", "text": "https://example.com/menu" });

    let made = caller.call("GENERATE", menu.clone()).granted();
    assert_eq!(made["status"], "created");
    assert_eq!(
        caller.call("GENERATE", menu).granted()["status"],
        "unchanged"
    );
    let mut other =
        json!({ "filename": "menu", "text": "お品書き \"二百円\" \\ 🍜\n#set($x) $input" });
    caller
        .call("GENERATE", other.clone())
        .refused(409, "filename_taken");
    other["replace"] = json!(true);
    let replaced = caller.call("GENERATE", other.clone()).granted();
    assert_eq!(replaced["status"], "replaced");

    let found = caller
        .call("RETRIEVE", json!({ "filename": "menu" }))
        .granted();
    let image = &found["images"][0];
    assert_eq!(image["sha256"], replaced["image"]["sha256"]);
    let png = BASE64
        .decode_to_vec(image["base64"].as_str().unwrap())
        .unwrap();
    assert_eq!(read_by_rxing(&png), other["text"].as_str().unwrap());

    // A signed URL gives the same bytes to whoever has it.
    let found = caller
        .call("RETRIEVE", json!({ "content": "url" }))
        .granted();
    let url = found["images"][0]["url"].as_str().unwrap();
    let path = url.strip_prefix(stack.emulator()).unwrap();
    let fetched = Connection::open(stack.emulator())
        .request("GET", path, &[], b"")
        .unwrap();
    assert_eq!((fetched.status, fetched.body), (200, png));

    let gone = json!({ "filename": "menu" });
    assert_eq!(
        caller.call("DELETE", gone.clone()).granted()["deleted"],
        true
    );
    assert_eq!(caller.call("DELETE", gone).granted()["deleted"], false);
    let nothing = caller.call("RETRIEVE", json!({})).granted();
    assert_eq!(nothing, json!({ "images": [], "nextToken": null }));
}

#[test]
fn thirty_devices_at_once_each_find_their_own_codes_and_no_others() {
    let stack = Stack::shared();
    let machine = StateMachine::of(&stack);
    thread::scope(|scope| {
        for number in 0..30 {
            let caller = Caller::new(&machine);
            scope.spawn(move || {
                let text = format!("https://example.com/{number}");
                let made = json!({ "filename": "mine", "text": text });
                assert_eq!(caller.call("GENERATE", made).granted()["status"], "created");
                let found = caller.call("RETRIEVE", json!({})).granted();
                assert_eq!(found["images"].as_array().unwrap().len(), 1, "{found}");
                assert_eq!(found["images"][0]["text"], text);
                let gone = caller
                    .call("DELETE", json!({ "filename": "mine" }))
                    .granted();
                assert_eq!(gone["deleted"], true);
                assert_eq!(
                    caller.call("RETRIEVE", json!({})).granted()["images"],
                    json!([])
                );
            });
        }
    });
}

#[test]
fn of_two_that_make_one_name_at_once_one_wins_and_the_other_is_told() {
    let stack = Stack::shared();
    let caller = Caller::new(&StateMachine::of(&stack));
    let answers: Vec<_> = thread::scope(|scope| {
        let call = |text| {
            let caller = &caller;
            scope.spawn(move || {
                caller
                    .call("GENERATE", json!({ "filename": "menu", "text": text }))
                    .answer()
            })
        };
        let threads = ["one", "two"].map(call);
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let mut statuses: Vec<u64> = answers.iter().map(|(status, _)| *status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{answers:?}");
    let (_, winner) = answers.iter().find(|(status, _)| *status == 200).unwrap();
    let found = caller.call("RETRIEVE", json!({})).granted();
    assert_eq!(found["images"][0]["text"], winner["image"]["text"]);
}

#[test]
fn what_generate_and_delete_at_once_leave_is_explained_by_one_of_the_two_orders() {
    let stack = Stack::shared();
    let caller = &Caller::new(&StateMachine::of(&stack));
    let menu = || json!({ "filename": "menu" });
    for round in 0..5 {
        let (made, deleted) = thread::scope(|scope| {
            let made = scope.spawn(|| {
                let menu = json!({ "filename": "menu", "text": "text" });
                caller.call("GENERATE", menu).granted()
            });
            let deleted = scope.spawn(|| caller.call("DELETE", menu()).granted());
            (made.join().unwrap(), deleted.join().unwrap())
        });
        assert_eq!(made["status"], "created");
        let found = caller.call("RETRIEVE", menu()).granted();
        // Deleted, and gone; or there was nothing to delete yet, and it is there.
        let is_left = found["images"][0]["text"] == "text";
        assert_eq!(deleted["deleted"], !is_left, "round {round}: {found}");
        caller.call("DELETE", menu()).granted();
    }
}
