//! The one place that asks for the time, and the two forms in which the contract writes it.

use std::time::{SystemTime, UNIX_EPOCH};

/// When the year 10000 begins, which has too many digits for RFC 3339, in Unix seconds.
const YEAR_10000: u64 = 253_402_300_800;

/// This machine's time.
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// Whole seconds since 1970; 0 for a clock that is set before.
pub(crate) fn unix_seconds(time: SystemTime) -> i64 {
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX)
}

/// RFC 3339, UTC, with milliseconds: `2026-11-24T15:04:05.678Z`. A time outside 1970 to 9999, which
/// that form can't hold, becomes 1970.
pub(crate) fn rfc3339(time: SystemTime) -> String {
    let in_range = time
        .duration_since(UNIX_EPOCH)
        .is_ok_and(|since_epoch| since_epoch.as_secs() < YEAR_10000);
    let time = if in_range { time } else { UNIX_EPOCH };
    humantime::format_rfc3339_millis(time).to_string()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_are_written_in_utc_with_milliseconds() {
        let time = UNIX_EPOCH + Duration::from_micros(1_795_532_645_678_912);
        assert_eq!(rfc3339(time), "2026-11-24T15:04:05.678Z");
        assert_eq!(unix_seconds(time), 1_795_532_645);
    }

    /// A file's time is whatever someone set it to; no value of it may end a request.
    #[test]
    fn times_that_the_form_cannot_hold_become_1970() {
        for time in [
            UNIX_EPOCH - Duration::from_secs(1),
            UNIX_EPOCH + Duration::from_secs(YEAR_10000),
        ] {
            assert_eq!(rfc3339(time), "1970-01-01T00:00:00.000Z");
        }
        assert_eq!(unix_seconds(UNIX_EPOCH - Duration::from_secs(1)), 0);
    }
}
