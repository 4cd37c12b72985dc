//! The steps `release-…` of `cargo xtask test --release-artifacts`: the Lambda functions as they are
//! deployed. Their tests once more, with the very binaries, under an [`emulator`] of their
//! processor; and whether another build gives the same bytes ([`mod@twice`]).

mod emulator;
mod twice;

pub(crate) use emulator::run;
pub(crate) use twice::run as twice;
