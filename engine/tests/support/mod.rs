//! What several test programs share.

pub(crate) mod capacity;
pub(crate) mod hard_set;
pub(crate) mod readers;

use encoding_rs::EUC_JP;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// Property tests run the same cases each time, so a failure needs no file to be repeated.
pub(crate) fn properties(cases: u32) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(18_004),
        failure_persistence: None,
        ..Config::default()
    }
}

/// Characters of Kanji mode: rows 3 to 8 and 16 to 83 of JIS X 0208, those cells that are taken.
pub(crate) fn kanji(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let character = (prop_oneof![3..=8u8, 16..=83u8], 1..=94u8)
        .prop_map(|(row, cell)| EUC_JP.decode(&[0xA0 + row, 0xA0 + cell]).0.into_owned())
        .prop_filter("the cell is empty", |text| text != "\u{FFFD}");
    prop::collection::vec(character, count).prop_map(|characters| characters.concat())
}
