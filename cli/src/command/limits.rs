//! `qrgen limits`: every limit of the contract.

use qrgen_contract::limits;

use crate::exit::Failure;
use crate::output::Output;

pub(super) fn run(output: &mut Output) -> Result<(), Failure> {
    for limit in limits::ALL {
        let line = format!(
            "{:<20} {:>8} {:<10}  {}",
            limit.name,
            limit.value(),
            limit.unit,
            limit.meaning
        );
        output.result(limit, line)?;
    }
    Ok(())
}
