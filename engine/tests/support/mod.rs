//! What several test programs share.

pub(crate) mod hard_set;
pub(crate) mod readers;

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
