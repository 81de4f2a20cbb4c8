//! The time of the story: its days, its phases, its seasons, and how it is moved to end yesterday.
//!
//! Everything is told in days and minutes of the story's own calendar (it ends on Saturday 2026-11-21) and moved by
//! whole weeks when it is written, so weekdays always hold and seasons nearly do.

use kernel::clock::{Weekday, Zone};
use kernel::{Day, Instant};

use super::random::Random;

/// First day: Thursday 2025-05-01.
pub(crate) const FIRST: i64 = 20_209;
/// Last day: Saturday 2026-11-21.
pub(crate) const LAST: i64 = 20_778;
/// Customers go on answering and colleagues working in the days after the story, up to the day the demonstration is made.
pub(crate) const TAIL: i64 = LAST + 7;
/// The tills fail: Tuesday 2026-09-01.
pub(crate) const BAD: i64 = 20_697;
/// Complaints swell: Tuesday 2026-09-15.
pub(crate) const SWELL: i64 = 20_711;
/// Repair begins: Thursday 2026-10-15.
pub(crate) const REPAIR: i64 = 20_741;
/// Recovery: Sunday 2026-11-01.
pub(crate) const RECOVERY: i64 = 20_758;

/// One of the four sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// Average, the largest.
    Aubrin,
    /// Where things go wrong.
    Caudrelles,
    /// Right but slow.
    Montferrol,
    /// Warm.
    Valcendre,
}

impl Place {
    /// The four, as in the word files.
    pub(crate) const ALL: [Self; 4] = [Self::Aubrin, Self::Caudrelles, Self::Montferrol, Self::Valcendre];

    /// Name in the word files.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Aubrin => "aubrin",
            Self::Caudrelles => "caudrelles",
            Self::Montferrol => "montferrol",
            Self::Valcendre => "valcendre",
        }
    }

    /// From the name in the word files.
    pub(crate) fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.key() == key)
    }

    /// Rank in [`Place::ALL`].
    pub(crate) const fn rank(self) -> usize {
        self as usize
    }
}

/// Where the story of a site stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Life as usual.
    Usual,
    /// Caudrelles, 1 September to 14 October 2026.
    Bad,
    /// Caudrelles, 15 to 31 October 2026.
    Repair,
    /// Caudrelles, since November 2026.
    Recovery,
}

impl Phase {
    /// The phase of a site on a day.
    pub(crate) fn of(place: Place, day: i64) -> Self {
        match day {
            _ if place != Place::Caudrelles || day < BAD => Self::Usual,
            day if day < REPAIR => Self::Bad,
            day if day < RECOVERY => Self::Repair,
            _ => Self::Recovery,
        }
    }

    /// Name in the word files.
    pub(crate) const fn key(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::Bad => Some("bad"),
            Self::Repair | Self::Recovery => Some("repair"),
        }
    }
}

/// Month of a day, 0 is January.
pub(crate) fn month(day: i64) -> usize {
    usize::try_from(Day::from_days(day).date().month() - 1).unwrap_or(0)
}

/// Months since May 2025.
pub(crate) fn months_in(day: i64) -> usize {
    let date = Day::from_days(day).date();
    let months = i32::from(date.year() - 2025) * 12 + i32::from(date.month()) - 5;
    usize::try_from(months).unwrap_or(0)
}

/// Rank of the weekday, 0 is Monday.
fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// Whether nobody works anywhere that day, whatever the weekday.
pub(crate) fn is_holiday(day: i64) -> bool {
    let date = Day::from_days(day).date();
    matches!((date.month(), date.day()), (1 | 5 | 11, 1) | (12, 25) | (7, 14) | (8, 15) | (5, 8) | (11, 11))
}

/// This day or the next on which customers are called: Sundays and Mondays are closed nearly everywhere.
pub(crate) fn workday(day: i64) -> i64 {
    (day..).find(|day| !matches!(weekday(*day), 0 | 6) && !is_holiday(*day)).unwrap_or(day)
}

/// Whether it is a Saturday.
pub(crate) fn is_saturday(day: i64) -> bool {
    Day::from_days(day).weekday() == Weekday::Saturday
}

const DEMAND: [f64; 12] = [58.0, 70.0, 118.0, 162.0, 171.0, 122.0, 84.0, 70.0, 92.0, 100.0, 83.0, 70.0];
const WEEK: [f64; 7] = [0.0, 14.0, 15.0, 16.0, 18.0, 37.0, 0.0];
const WEEK_CAUDRELLES: [f64; 7] = [17.0, 17.0, 17.0, 17.0, 19.0, 13.0, 0.0];

/// How much is bought at a site on a day, seasons and weekdays taken together: 1 on average of the year.
/// `swing` tempers the seasons (1 for purchases, one half for contacts).
pub(crate) fn demand(place: Place, day: i64, swing: f64) -> f64 {
    if is_holiday(day) {
        return 0.0;
    }
    let (week, flat) = match place {
        Place::Caudrelles => (WEEK_CAUDRELLES, 0.45),
        _ => (WEEK, 1.0),
    };
    let season = 1.0 + (DEMAND[month(day)] / 100.0 - 1.0) * swing * flat;
    season * week[weekday(day)] * 7.0 / 100.0
}

/// Days with weights, to draw from.
#[derive(Clone, Debug)]
pub(crate) struct Days {
    /// Sum of the weights up to each day, from [`FIRST`].
    sums: Vec<f64>,
}

impl Days {
    /// Days of the story, each as likely as `weight` says.
    pub(crate) fn new(weight: impl Fn(i64) -> f64) -> Self {
        let mut sum = 0.0;
        let add = |day| {
            sum += weight(day);
            sum
        };
        Self { sums: (FIRST..=LAST).map(add).collect() }
    }

    fn below(&self, day: i64) -> f64 {
        usize::try_from(day - FIRST - 1).ok().and_then(|at| self.sums.get(at)).copied().unwrap_or(0.0)
    }

    /// Weight of the days from `from` to `to`, both included.
    pub(crate) fn weight(&self, from: i64, to: i64) -> f64 {
        (self.below(to.min(LAST) + 1) - self.below(from.max(FIRST))).max(0.0)
    }

    /// A day from `from` to `to`, both included.
    pub(crate) fn draw(&self, random: &mut Random, from: i64, to: i64) -> i64 {
        let low = self.below(from.max(FIRST));
        let wanted = random.unit().mul_add(self.weight(from, to), low);
        let at = self.sums.partition_point(|sum| *sum <= wanted);
        (FIRST + at as i64).clamp(from.max(FIRST), to.min(LAST))
    }
}

/// A minute of the story, in local time: minutes since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Moment(pub(crate) i64);

impl Moment {
    /// A minute of a day.
    pub(crate) const fn at(day: i64, minute: i64) -> Self {
        Self(day * 1_440 + minute)
    }

    /// A minute within opening hours: most come between 10 and 12 and between 16 and 18.
    pub(crate) fn open(random: &mut Random, place: Place, day: i64) -> Self {
        let is_morning = random.chance(0.52) || (place == Place::Caudrelles && is_saturday(day));
        let (peak, opens, closes) = if is_morning { (660.0, 545, 732) } else { (1_020.0, 845, 1_102) };
        loop {
            let minute = random.normal().mul_add(62.0, peak) as i64;
            if (opens..closes).contains(&minute) {
                return Self::at(day, minute);
            }
        }
    }

    /// A minute at which people answer: from morning to late evening.
    pub(crate) fn awake(random: &mut Random, day: i64) -> Self {
        let peak = *random.pick(&[600.0, 780.0, 1_200.0, 1_230.0]).unwrap_or(&1_200.0);
        let minute = random.normal().mul_add(75.0, peak) as i64;
        Self::at(day, minute.clamp(425, 1_370))
    }

    /// Its day.
    pub(crate) const fn day(self) -> i64 {
        self.0.div_euclid(1_440)
    }

    /// Its hour since 1970, in local time.
    pub(crate) const fn hour(self) -> i64 {
        self.0.div_euclid(60)
    }
}

/// Moves the story so that its last day is the last Saturday before today.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    days: i64,
    zone: Zone,
}

impl Shift {
    /// The move for a day the demonstration is made on.
    pub(crate) fn to(today: Day, zone: Zone) -> Self {
        let yesterday = today.as_days() - 1;
        Self { days: (yesterday - LAST).div_euclid(7) * 7, zone }
    }

    /// Days the story is moved by: whole weeks.
    #[cfg(test)]
    pub(crate) const fn days(&self) -> i64 {
        self.days
    }

    /// A day of the story as a real day.
    pub(crate) const fn day(&self, day: i64) -> Day {
        Day::from_days(day + self.days)
    }

    /// A moment of the story as a real instant, `seconds` into its minute.
    pub(crate) fn instant(&self, moment: Moment, seconds: i64) -> Instant {
        let minute = moment.0.rem_euclid(1_440);
        let (hour, minute) = (i8::try_from(minute / 60).unwrap_or(0), i8::try_from(minute % 60).unwrap_or(0));
        let second = i8::try_from(seconds % 60).unwrap_or(0);
        self.zone.instant_of(self.day(moment.day()).date().at(hour, minute, second, 0))
    }
}
