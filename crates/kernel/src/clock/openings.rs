//! Openings of a calendar, laid out once for many questions.

use std::ops::Range;

use jiff::SignedDuration;

use super::{Calendar, CalendarError, Day, Instant, MAX_SEARCH_DAYS};

/// Days left between what is laid out and what is asked for, above which it is laid out anew; and days laid out before
/// an instant that comes earlier than those so far, because its neighbours often follow.
const APART: i64 = 366;

/// The openings of a calendar one after the other, as far as they were asked for, each with the working time before it.
/// A deadline is found by a search instead of a walk through the days: for whoever works out a great many of them, in
/// about the order of time. The answers are those of [`Calendar::add_working`] and [`Calendar::working_between`].
#[derive(Debug, Clone)]
pub struct Openings {
    calendar: Calendar,
    /// Days laid out, counted from the epoch.
    days: Range<i64>,
    all: Vec<Laid>,
}

/// One opening.
#[derive(Debug, Clone)]
struct Laid {
    range: Range<Instant>,
    day: i64,
    /// Working time of the openings before it.
    before: SignedDuration,
}

impl Laid {
    /// Working time up to its end.
    fn until_end(&self) -> SignedDuration {
        self.before + self.range.end.since(self.range.start)
    }
}

impl Openings {
    /// Those of a calendar.
    #[must_use]
    pub const fn new(calendar: Calendar) -> Self {
        Self { calendar, days: 0..0, all: Vec::new() }
    }

    /// The instants at which each of these amounts of working time has passed since `from`; `from` itself for an amount
    /// of zero.
    ///
    /// # Errors
    /// As [`Calendar::add_working`].
    pub fn add_each<const N: usize>(
        &mut self,
        from: Instant,
        amounts: [SignedDuration; N],
    ) -> Result<[Instant; N], CalendarError> {
        self.calendar.working_hours()?;
        if amounts.iter().any(|amount| amount.is_negative()) {
            return Err(CalendarError::NegativeAmount);
        }
        let first = self.begin(from);
        let last = Day::from_days(first).plus_days(MAX_SEARCH_DAYS).as_days();
        self.lay_out(first);
        let passed = self.passed(from);
        let mut found = [from; N];
        for (at, amount) in found.iter_mut().zip(amounts).filter(|(_, amount)| !amount.is_zero()) {
            *at = self.after(passed.saturating_add(amount), last)?;
        }
        Ok(found)
    }

    /// Working time between two instants, the earlier one first.
    ///
    /// # Errors
    /// As [`Calendar::working_between`].
    pub fn between(&mut self, from: Instant, to: Instant) -> Result<SignedDuration, CalendarError> {
        let last = self.calendar.zone().day_of(to).as_days();
        if to < from || last - self.calendar.zone().day_of(from).as_days() > APART {
            return self.calendar.working_between(from, to);
        }
        self.calendar.working_hours()?;
        self.begin(from);
        self.lay_out(last);
        Ok(self.passed(to) - self.passed(from))
    }

    /// Makes sure that what is laid out can go on to the day of `from`, and returns that day.
    fn begin(&mut self, from: Instant) -> i64 {
        let day = self.calendar.zone().day_of(from).as_days();
        let start = match &self.days {
            days if days.is_empty() => day,
            days if day < days.start => Day::from_days(day).plus_days(-APART).as_days(),
            days if day > days.end + APART => day,
            _ => return day,
        };
        self.days = start..start;
        self.all.clear();
        day
    }

    /// Lays out the days up to and with this one.
    fn lay_out(&mut self, last: i64) {
        while self.days.end <= last {
            let day = self.days.end;
            let mut before = self.total();
            for range in self.calendar.openings(Day::from_days(day)).filter(|range| range.start < range.end) {
                let laid = Laid { range, day, before };
                before = laid.until_end();
                self.all.push(laid);
            }
            self.days.end += 1;
        }
    }

    /// Working time of everything laid out.
    fn total(&self) -> SignedDuration {
        self.all.last().map_or(SignedDuration::ZERO, Laid::until_end)
    }

    /// Working time before `at`, which lies within the days laid out.
    fn passed(&self, at: Instant) -> SignedDuration {
        let next = self.all.partition_point(|laid| laid.range.end <= at);
        let Some(laid) = self.all.get(next) else { return self.total() };
        laid.before + at.since(laid.range.start).max(SignedDuration::ZERO)
    }

    /// The instant at which so much working time has passed since what is laid out begins, on this day at the latest.
    fn after(&mut self, time: SignedDuration, last: i64) -> Result<Instant, CalendarError> {
        while self.total() < time && self.days.end <= last {
            self.lay_out(self.days.end);
        }
        let at = self.all.partition_point(|laid| laid.until_end() < time);
        let laid = self.all.get(at).filter(|laid| laid.day <= last).ok_or(CalendarError::TooFar)?;
        Ok(laid.range.start.plus(time - laid.before))
    }
}
