//! The calendar an organisation or a site lives by: whose holidays, which zone, which hours.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::SignedDuration;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::{Day, Holiday, Instant, Regime, WorkingHours, Zone};

/// How far working time is searched or counted, in days (a hundred years): a calendar that
/// hardly ever opens ends in an error, never in an endless search.
pub const MAX_SEARCH_DAYS: i64 = 36_525;

/// Why working time could not be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The calendar has no working hours at all.
    #[error("the calendar has no working hours")]
    NoWorkingHours,
    /// Working time can only be added, not taken away.
    #[error("working time to add is negative")]
    NegativeAmount,
    /// The answer lies more than [`MAX_SEARCH_DAYS`] away.
    #[error("working time reaches more than {MAX_SEARCH_DAYS} days away")]
    TooFar,
}

impl CalendarError {
    /// Stable text key of the sentence shown to people.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoWorkingHours => "clock-no-working-hours",
            Self::NegativeAmount => "clock-negative-amount",
            Self::TooFar => "clock-too-far",
        }
    }
}

/// Whose holidays, which zone, which extra closing days, which hours.
///
/// Two kinds of time are counted. **Legal days** (*jours ouvrables*, *jours ouvrés*) look at weekdays and
/// public holidays only: an organisation's own closing days never lengthen a legal deadline.
/// **Working time** counts the opening hours outside public holidays *and* closing days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    regime: Regime,
    zone: Zone,
    #[serde(default)]
    closures: BTreeSet<Day>,
    #[serde(default)]
    hours: Option<WorkingHours>,
}

impl Calendar {
    /// A calendar without closing days and without working hours.
    #[must_use]
    pub const fn new(regime: Regime, zone: Zone) -> Self {
        Self { regime, zone, closures: BTreeSet::new(), hours: None }
    }

    /// With these extra closing days (in place of earlier ones).
    #[must_use]
    pub fn with_closures(mut self, closures: impl IntoIterator<Item = Day>) -> Self {
        self.closures = closures.into_iter().collect();
        self
    }

    /// With these working hours.
    #[must_use]
    pub fn with_hours(mut self, hours: WorkingHours) -> Self {
        self.hours = Some(hours);
        self
    }

    /// Whose public holidays count.
    #[must_use]
    pub const fn regime(&self) -> Regime {
        self.regime
    }

    /// The zone of its days and hours.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Extra closing days, in order.
    pub fn closures(&self) -> impl Iterator<Item = Day> + '_ {
        self.closures.iter().copied()
    }

    /// Working hours, if it has any.
    #[must_use]
    pub const fn hours(&self) -> Option<&WorkingHours> {
        self.hours.as_ref()
    }

    /// Public holidays of a year, in order of date.
    #[must_use]
    pub fn holidays(&self, year: i16) -> Vec<Holiday> {
        self.regime.holidays(year)
    }

    /// Whether `day` is a *jour ouvrable*: Monday to Saturday, except public holidays.
    #[must_use]
    pub fn is_ouvrable(&self, day: Day) -> bool {
        day.weekday() != Weekday::Sunday && !self.regime.is_holiday(day)
    }

    /// Whether `day` is a *jour ouvré*: Monday to Friday, except public holidays.
    #[must_use]
    pub fn is_ouvre(&self, day: Day) -> bool {
        day.weekday() != Weekday::Saturday && self.is_ouvrable(day)
    }

    /// Whether people work on `day`: it has an opening and is neither a public holiday nor a closing day.
    #[must_use]
    pub fn is_open(&self, day: Day) -> bool {
        self.hours.as_ref().is_some_and(|hours| self.opens(hours, day))
    }

    /// The last day of a limit of `n` *jours ouvrables* that starts on `from`. The day `from` itself is
    /// not counted; with `n` = 0 the answer is `from`.
    #[must_use]
    pub fn add_ouvrables(&self, from: Day, n: u16) -> Day {
        nth_after(from, n, |day| self.is_ouvrable(day))
    }

    /// The last day of a limit of `n` *jours ouvrés*; counts as [`Calendar::add_ouvrables`].
    #[must_use]
    pub fn add_ouvres(&self, from: Day, n: u16) -> Day {
        nth_after(from, n, |day| self.is_ouvre(day))
    }

    /// The last day of a limit of whole months: the same day of the month, or the last day of a shorter
    /// month. It may fall on a day of rest: where the rule carries it over, follow with
    /// [`Calendar::ouvrable_from`] or [`Calendar::ouvre_from`].
    #[must_use]
    pub fn add_months_deadline(&self, from: Day, months: u16) -> Day {
        from.add_months(i32::from(months))
    }

    /// `day` if it is a *jour ouvrable*, else the next one.
    #[must_use]
    pub fn ouvrable_from(&self, day: Day) -> Day {
        nth_after(day.plus_days(-1), 1, |day| self.is_ouvrable(day))
    }

    /// `day` if it is a *jour ouvré*, else the next one.
    #[must_use]
    pub fn ouvre_from(&self, day: Day) -> Day {
        nth_after(day.plus_days(-1), 1, |day| self.is_ouvre(day))
    }

    /// The instant at which `amount` of working time has passed since `from`.
    ///
    /// With an amount of zero the answer is `from` itself; an amount used up exactly at closing ends
    /// there and not at the next opening.
    ///
    /// # Errors
    /// No working hours, a negative amount, or an answer beyond [`MAX_SEARCH_DAYS`].
    pub fn add_working(&self, from: Instant, amount: SignedDuration) -> Result<Instant, CalendarError> {
        let hours = self.working_hours()?;
        if amount.is_negative() {
            return Err(CalendarError::NegativeAmount);
        }
        if amount.is_zero() {
            return Ok(from);
        }
        let mut left = amount;
        let first = self.zone.day_of(from);
        for range in days(first, first.plus_days(MAX_SEARCH_DAYS)).flat_map(|day| self.ranges(hours, day)) {
            let start = range.start.max(from);
            let open = range.end.since(start).max(SignedDuration::ZERO);
            if open >= left {
                return Ok(start.plus(left));
            }
            left -= open;
        }
        Err(CalendarError::TooFar)
    }

    /// Working time between two instants; negative if `to` is before `from`.
    ///
    /// # Errors
    /// No working hours, or instants more than [`MAX_SEARCH_DAYS`] apart.
    pub fn working_between(&self, from: Instant, to: Instant) -> Result<SignedDuration, CalendarError> {
        if to < from {
            return self.working_between(to, from).map(|time| -time);
        }
        let hours = self.working_hours()?;
        let (first, last) = (self.zone.day_of(from), self.zone.day_of(to));
        if last.days_since(first) > MAX_SEARCH_DAYS {
            return Err(CalendarError::TooFar);
        }
        let mut sum = SignedDuration::ZERO;
        for day in days(first, last) {
            for range in self.ranges(hours, day) {
                let open = range.end.min(to).since(range.start.max(from));
                sum += open.max(SignedDuration::ZERO);
            }
        }
        Ok(sum)
    }

    pub(super) fn working_hours(&self) -> Result<&WorkingHours, CalendarError> {
        self.hours.as_ref().filter(|hours| !hours.is_empty()).ok_or(CalendarError::NoWorkingHours)
    }

    /// The openings of `day` as instants, in order; none on holidays and closing days, or without working hours.
    pub(super) fn openings(&self, day: Day) -> impl Iterator<Item = Range<Instant>> + '_ {
        self.hours.as_ref().into_iter().flat_map(move |hours| self.ranges(hours, day))
    }

    fn opens(&self, hours: &WorkingHours, day: Day) -> bool {
        !hours.on(day.weekday()).is_empty() && !self.closures.contains(&day) && !self.regime.is_holiday(day)
    }

    /// The openings of `day` as instants; none on holidays and closing days.
    fn ranges<'a>(&'a self, hours: &'a WorkingHours, day: Day) -> impl Iterator<Item = Range<Instant>> + 'a {
        let open = self.opens(hours, day).then_some(day);
        open.into_iter().flat_map(|day| hours.ranges(day, &self.zone))
    }
}

/// The days from `first` to `last`, both included.
fn days(first: Day, last: Day) -> impl Iterator<Item = Day> {
    (first.as_days()..=last.as_days()).map(Day::from_days)
}

/// The `n`-th day after `from` that counts. Ends because every week holds such a day, and at the
/// end of the calendar.
fn nth_after(from: Day, n: u16, counts: impl Fn(Day) -> bool) -> Day {
    let mut day = from;
    let mut left = n;
    while left > 0 && day < Day::MAX {
        day = day.plus_days(1);
        left -= u16::from(counts(day));
    }
    day
}
