//! Parts of a queue by what is due when.

use std::ops::Range;

use kernel::Instant;
use kernel::clock::{SignedDuration, Zone};

use crate::cases::model::{Case, Phase};

/// A part of a queue that is sorted by deadline, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Somebody's health or safety waits for us.
    Danger,
    /// Past due.
    Late,
    /// Due later today.
    Today,
    /// Due tomorrow.
    Tomorrow,
    /// Due later this week, which ends on Sunday.
    Week,
    /// Due next week, but for tomorrow.
    NextWeek,
    /// Due after that.
    Later,
    /// Nothing is due any more: to be closed.
    Told,
}

impl Due {
    /// The part a case stands in.
    pub fn of(case: &Case, zone: &Zone, now: Instant) -> Self {
        if case.is_danger() {
            return Self::Danger;
        }
        if case.clock.phase == Phase::Over {
            return Self::Told;
        }
        let parts = [Self::Late, Self::Today, Self::Tomorrow, Self::Week, Self::NextWeek];
        let due = case.clock.times.due_at;
        parts.into_iter().find(|part| part.range(zone, now).contains(&due)).unwrap_or(Self::Later)
    }

    /// The deadlines of a part; dangers and what is told are no matter of deadlines.
    pub fn range(self, zone: &Zone, now: Instant) -> Range<Instant> {
        let today = zone.day_of(now);
        let start = |days: i64| zone.start_of_day(today.plus_days(days));
        let to_monday = 7 - i64::from(today.weekday().to_monday_zero_offset());
        let after_now = now.plus(SignedDuration::from_micros(1));
        match self {
            Self::Danger | Self::Told => now..now,
            Self::Late => Instant::from_micros(i64::MIN / 2)..after_now,
            Self::Today => after_now..start(1),
            Self::Tomorrow => start(1)..start(2),
            Self::Week => start(2)..start(to_monday.max(2)),
            Self::NextWeek => start(to_monday.max(2))..start(to_monday + 7),
            // What is told waits far behind.
            Self::Later => start(to_monday + 7)..zone.start_of_day(today.plus_days(FAR)),
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Danger => "case-group-danger",
            Self::Late => "case-group-late",
            Self::Today => "case-group-today",
            Self::Tomorrow => "case-group-tomorrow",
            Self::Week => "case-group-week",
            Self::NextWeek => "case-group-next-week",
            Self::Later => "case-group-later",
            Self::Told => "case-group-told",
        }
    }
}

/// Days beyond which nothing is due: fifty years.
const FAR: i64 = 18_262;

#[cfg(test)]
mod tests {
    use super::*;

    fn part(now: &str, due: &str) -> Due {
        let (zone, now, due): (Zone, Instant, Instant) =
            ("Europe/Paris".parse().unwrap(), now.parse().unwrap(), due.parse().unwrap());
        let parts = [Due::Late, Due::Today, Due::Tomorrow, Due::Week, Due::NextWeek, Due::Later];
        let fitting: Vec<Due> =
            parts.into_iter().filter(|part| part.range(&zone, now).contains(&due)).collect();
        assert_eq!(fitting.len(), 1, "{due:?} stands in one part: {fitting:?}");
        fitting[0]
    }

    #[test]
    fn this_week_ends_on_sunday() {
        let friday = "2026-11-27T09:00:00Z";
        for (due, expected) in [
            ("2026-11-27T09:00:00Z", Due::Late),
            ("2026-11-27T22:59:59Z", Due::Today),
            ("2026-11-27T23:00:00Z", Due::Tomorrow),
            ("2026-11-29T22:59:59Z", Due::Week),
            ("2026-11-30T09:00:00Z", Due::NextWeek),
            ("2026-12-01T09:00:00Z", Due::NextWeek),
            ("2026-12-06T22:59:59Z", Due::NextWeek),
            ("2026-12-07T09:00:00Z", Due::Later),
        ] {
            assert_eq!(part(friday, due), expected, "{due}");
        }
        let sunday = "2026-11-29T09:00:00Z";
        assert_eq!(part(sunday, "2026-11-30T09:00:00Z"), Due::Tomorrow);
        assert_eq!(part(sunday, "2026-12-01T09:00:00Z"), Due::NextWeek);
        let saturday = "2026-11-28T09:00:00Z";
        assert_eq!(part(saturday, "2026-11-29T09:00:00Z"), Due::Tomorrow);
        assert_eq!(part(saturday, "2026-11-30T09:00:00Z"), Due::NextWeek);
    }
}
