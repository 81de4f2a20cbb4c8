//! Opening hours, in local time.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

use super::{Day, Instant, TimeError, Zone, serde_as_text};

const MINUTES_PER_DAY: u16 = 1_440;

/// One opening of a day in local time, written `09:00-12:30`. It may end at `24:00`, never past it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opening {
    from: u16,
    to: u16,
}

impl Opening {
    /// From and to as minutes after midnight, `from` < `to` ≤ 1 440; `None` otherwise.
    #[must_use]
    pub const fn from_minutes(from: u16, to: u16) -> Option<Self> {
        if from < to && to <= MINUTES_PER_DAY {
            return Some(Self { from, to });
        }
        None
    }

    /// Minute after midnight at which it opens, 0 to 1 439.
    #[must_use]
    pub const fn opens(self) -> u16 {
        self.from
    }

    /// Minute after midnight at which it closes, 1 to 1 440.
    #[must_use]
    pub const fn closes(self) -> u16 {
        self.to
    }
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        let (from_hour, from_minute) = (from / 60, from % 60);
        let (to_hour, to_minute) = (to / 60, to % 60);
        write!(f, "{from_hour:02}:{from_minute:02}-{to_hour:02}:{to_minute:02}")
    }
}

impl FromStr for Opening {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let parse = || {
            let (from, to) = text.split_once(['-', '–'])?;
            Self::from_minutes(minute_of(from)?, minute_of(to)?)
        };
        parse().ok_or_else(|| TimeError::NotAnOpening(text.to_owned()))
    }
}

serde_as_text!(Opening);

/// Minute after midnight of `9:00`, `09:00` or `24:00`.
fn minute_of(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(hour, 2) || minute.len() != 2 || !digits(minute, 2) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
}

/// When people work, per weekday, in the local time of a [`Calendar`](super::Calendar)'s zone.
///
/// Serialised as `{"monday": ["09:00-12:30", "14:00-18:00"], …}`; a weekday left out is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "ByName", into = "ByName")]
pub struct WorkingHours {
    week: [Vec<Opening>; 7],
}

/// The stored shape of [`WorkingHours`].
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ByName {
    monday: Vec<Opening>,
    tuesday: Vec<Opening>,
    wednesday: Vec<Opening>,
    thursday: Vec<Opening>,
    friday: Vec<Opening>,
    saturday: Vec<Opening>,
    sunday: Vec<Opening>,
}

impl WorkingHours {
    /// Closed all week.
    #[must_use]
    pub fn closed() -> Self {
        Self::default()
    }

    /// These hours with the openings of one weekday replaced, in any order.
    ///
    /// # Errors
    /// [`TimeError::OverlappingOpenings`] if two of them share a minute; touching ones are fine.
    pub fn with(
        mut self,
        weekday: Weekday,
        openings: impl IntoIterator<Item = Opening>,
    ) -> Result<Self, TimeError> {
        let mut sorted: Vec<Opening> = openings.into_iter().collect();
        sorted.sort_unstable();
        for pair in sorted.windows(2) {
            if let &[first, second] = pair
                && second.from < first.to
            {
                return Err(TimeError::OverlappingOpenings(first, second));
            }
        }
        self.week[index(weekday)] = sorted;
        Ok(self)
    }

    /// The same openings from Monday to Friday.
    ///
    /// # Errors
    /// As [`WorkingHours::with`].
    pub fn monday_to_friday(openings: &[Opening]) -> Result<Self, TimeError> {
        let days =
            [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        days.into_iter().try_fold(Self::closed(), |hours, day| hours.with(day, openings.iter().copied()))
    }

    /// Openings of a weekday, in order.
    #[must_use]
    pub fn on(&self, weekday: Weekday) -> &[Opening] {
        &self.week[index(weekday)]
    }

    /// Whether no weekday has an opening.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.week.iter().all(Vec::is_empty)
    }

    /// The openings of `day` as instants, in order, never overlapping.
    ///
    /// An opening lasts as long as it really does: where clocks jump over part of it, that part
    /// is not counted; where they are set back within it, the repeated hour is.
    pub(super) fn ranges<'a>(
        &'a self,
        day: Day,
        zone: &'a Zone,
    ) -> impl Iterator<Item = Range<Instant>> + 'a {
        self.on(day.weekday())
            .iter()
            .map(move |opening| border(day, opening.from, zone)..border(day, opening.to, zone))
    }
}

fn index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs()) % 7
}

fn border(day: Day, minute: u16, zone: &Zone) -> Instant {
    let parts = (i8::try_from(minute / 60), i8::try_from(minute % 60));
    let time = match parts {
        (Ok(hour), Ok(minute)) => Time::new(hour, minute, 0, 0).ok(),
        _ => None,
    };
    // The only minute that is no time of this day is 24:00.
    let Some(time) = time else {
        return zone.start_of_day(day.plus_days(1));
    };
    zone.border(day.date().to_datetime(time))
}

impl TryFrom<ByName> for WorkingHours {
    type Error = TimeError;

    fn try_from(named: ByName) -> Result<Self, TimeError> {
        Self::closed()
            .with(Weekday::Monday, named.monday)?
            .with(Weekday::Tuesday, named.tuesday)?
            .with(Weekday::Wednesday, named.wednesday)?
            .with(Weekday::Thursday, named.thursday)?
            .with(Weekday::Friday, named.friday)?
            .with(Weekday::Saturday, named.saturday)?
            .with(Weekday::Sunday, named.sunday)
    }
}

impl From<WorkingHours> for ByName {
    fn from(hours: WorkingHours) -> Self {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = hours.week;
        Self { monday, tuesday, wednesday, thursday, friday, saturday, sunday }
    }
}
