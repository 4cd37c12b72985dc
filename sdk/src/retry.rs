//! When to try again: capped exponential back-off with full jitter, under a total deadline.

use std::time::Duration;

/// How long to pause before retry number `retry` (the first is 0).
///
/// The pause is drawn evenly between zero and `first` doubled `retry` times, at most `cap`, so that
/// clients which failed together do not come back together. What the service asked for in
/// `Retry-After` comes on top: never earlier than asked.
pub(crate) fn pause(
    retry: u32,
    first: Duration,
    cap: Duration,
    retry_after: Option<Duration>,
    random: &mut fastrand::Rng,
) -> Duration {
    let ceiling = first
        .saturating_mul(1_u32.checked_shl(retry).unwrap_or(u32::MAX))
        .min(cap);
    let jitter = ceiling.mul_f64(random.f64());
    retry_after.unwrap_or_default().saturating_add(jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_millis(200);
    const CAP: Duration = Duration::from_secs(5);

    #[test]
    fn a_pause_lies_between_zero_and_the_doubled_ceiling() {
        let ceilings_ms = [
            (0, 200),
            (1, 400),
            (2, 800),
            (3, 1_600),
            (4, 3_200),
            (5, 5_000),
            (40, 5_000),
        ];
        let mut random = fastrand::Rng::with_seed(18_004);
        for (retry, ceiling_ms) in ceilings_ms {
            let ceiling = Duration::from_millis(ceiling_ms);
            let pauses: Vec<_> = (0..1_000)
                .map(|_| pause(retry, FIRST, CAP, None, &mut random))
                .collect();
            assert!(
                pauses.iter().all(|pause| *pause <= ceiling),
                "retry {retry}"
            );
            assert!(
                pauses.iter().any(|pause| *pause > ceiling.mul_f64(0.9)),
                "retry {retry}"
            );
            assert!(
                pauses.iter().any(|pause| *pause < ceiling.mul_f64(0.1)),
                "retry {retry}"
            );
        }
    }

    #[test]
    fn a_pause_is_never_shorter_than_the_service_asked_for() {
        let mut random = fastrand::Rng::with_seed(18_004);
        let asked = Duration::from_secs(7);
        for retry in 0..8 {
            let pause = pause(retry, FIRST, CAP, Some(asked), &mut random);
            assert!(
                (asked..=asked + CAP).contains(&pause),
                "retry {retry}: {pause:?}"
            );
        }
    }

    #[test]
    fn no_back_off_means_no_pause() {
        let mut random = fastrand::Rng::with_seed(18_004);
        assert_eq!(
            pause(9, Duration::ZERO, CAP, None, &mut random),
            Duration::ZERO
        );
    }
}
