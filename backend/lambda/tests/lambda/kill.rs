//! `kill -9` at any moment: what was answered 200 is in the bucket, whole.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::time::Duration;

use qrgen_engine::read_png;

use crate::caller::{generate, signed};
use crate::process::Process;
use crate::s3::S3;
use crate::support::{Device, random};

#[tokio::test]
async fn a_killed_function_loses_nothing_that_it_answered_and_leaves_no_torn_image() {
    let mut random = random();
    let s3 = S3::start().await;
    let device = Device::new();
    let (mut answered, mut started) = (BTreeSet::new(), BTreeSet::new());
    for life in 0..20 {
        let mut function = Process::start("QRGenerator", s3.address, &[("QRGEN_LOG", "off")]).await;
        let has_answered = Cell::new(false);
        let lifetime = Duration::from_micros(random.u64(..60_000));
        let writes = async {
            for number in 0.. {
                let name = format!("{life}-{number}");
                started.insert(name.clone());
                let request = signed(&device, generate(&name, &name));
                let answer = function.invoke(request).await.unwrap();
                assert_eq!(answer.status_code, 200, "{}", answer.body);
                answered.insert(name);
                has_answered.set(true);
            }
        };
        // The clock starts with the first answer, or there would be nothing to lose.
        tokio::select! {
            () = writes => unreachable!("it writes until it is stopped"),
            () = async {
                while !has_answered.get() { tokio::time::sleep(Duration::from_millis(1)).await; }
                tokio::time::sleep(lifetime).await;
            } => {}
        }
        function.kill();
    }
    let mut found = BTreeSet::new();
    for file in s3.files() {
        let image = read_png(&std::fs::read(&file).unwrap()).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        assert_eq!(image.content.text(), Some(name.as_str()));
        found.insert(name);
    }
    assert!(
        answered.is_subset(&found),
        "{:?}",
        answered.difference(&found)
    );
    assert!(found.is_subset(&started));
    assert!(!answered.is_empty(), "nothing was there to lose");
    println!(
        "20 kills, {} answered, {} found",
        answered.len(),
        found.len()
    );
}
