//! How an improvement came out, as pure functions: whether what was expected was reached, and which customers know.

use kernel::mail;
use understand::indicators::Measure;

use super::model::{Attained, Told};

/// What one unit of a measure is in the points an effect is typed in: a share is typed in points of a hundred.
pub(super) fn points(measure: Measure) -> f64 {
    if measure == Measure::Csat { 100.0 } else { 1.0 }
}

/// Whether the effect that was expected was reached: said only where the whole interval of the difference agrees. A share
/// is expected in points of a hundred.
pub(super) fn attained(measure: Measure, expected: f64, interval: Option<(f64, f64)>) -> Attained {
    let points = points(measure);
    match interval {
        Some((low, _)) if low * points >= expected => Attained::Reached,
        Some((_, high)) if high * points < expected => Attained::NotReached,
        _ => Attained::CannotTell,
    }
}

/// Counts mails where they stand. What may have left or not is neither: somebody is to decide.
pub(super) const fn count_mails(told: &mut Told, state: mail::State, outcome: Option<mail::Outcome>, n: u64) {
    use mail::{Outcome, State};
    match (state, outcome) {
        (State::Waiting | State::Claimed, _) => told.waiting += n,
        (State::Sent, _) | (State::Settled, Some(Outcome::Delivered)) => told.left += n,
        (State::Doubtful, _) | (State::Settled, Some(Outcome::Left)) => told.doubtful += n,
        (State::GivenUp, _)
        | (State::Settled, Some(Outcome::Bounced | Outcome::Refused | Outcome::Withdrawn) | None) => {
            told.failed += n
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_expected_is_reached_only_where_the_whole_interval_agrees(
            low in -100.0..100.0_f64, width in 0.0..100.0_f64, expected in 0.01..100.0_f64,
        ) {
            let high = low + width;
            let said = attained(Measure::Nps, expected, Some((low, high)));
            prop_assert_eq!(said == Attained::Reached, low >= expected);
            prop_assert_eq!(said == Attained::NotReached, high < expected);
            prop_assert_eq!(said == Attained::CannotTell, low < expected && expected <= high);
            // A share is the same said in hundredths.
            let share = attained(Measure::Csat, expected, Some((low / 100.0, high / 100.0)));
            let far = (low - expected).abs() > 1e-6 && (high - expected).abs() > 1e-6;
            prop_assert!(share == said || !far);
        }

        #[test]
        fn a_wider_interval_never_says_more(
            low in -100.0..100.0_f64, width in 0.0..50.0_f64, more in 0.0..50.0_f64, expected in 0.01..100.0_f64,
        ) {
            let narrow = attained(Measure::Ces2, expected, Some((low, low + width)));
            let wide = attained(Measure::Ces2, expected, Some((low - more, low + width + more)));
            prop_assert!(wide == narrow || wide == Attained::CannotTell);
        }

        #[test]
        fn without_an_interval_nothing_is_said(expected in 0.01..100.0_f64) {
            prop_assert_eq!(attained(Measure::Nps, expected, None), Attained::CannotTell);
        }
    }
}
