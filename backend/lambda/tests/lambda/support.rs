//! The device of the program's tests, and chance that can be repeated.

#[path = "../../../../cli/tests/it/support/device.rs"]
mod device;

pub(crate) use device::{Device, now, signing_input};

/// Chance by a seed that is printed, and taken from `QRGEN_SEED` when a failure is to be met again.
pub(crate) fn random() -> fastrand::Rng {
    let seed = std::env::var("QRGEN_SEED")
        .map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    println!("QRGEN_SEED={seed}");
    fastrand::Rng::with_seed(seed)
}
