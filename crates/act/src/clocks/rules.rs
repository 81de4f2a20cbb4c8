//! Deadlines as pure functions of calendars and instants.

use kernel::clock::{
    Calendar, CalendarError, Opening, Openings, SignedDuration, Weekday, WorkingHours, Zone,
};
use kernel::{Error, Instant, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The smallest step of time.
const TICK: SignedDuration = SignedDuration::from_micros(1);

/// What counts as time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Opening hours alone: 48 h are six days of eight hours.
    OpenHours,
    /// Days on which the organisation works, 24 hours each: 48 h are two of them. What falls outside opening hours is
    /// carried to the next opening.
    OpenDays,
}

impl Counting {
    /// Both ways.
    pub const ALL: [Self; 2] = [Self::OpenDays, Self::OpenHours];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenHours => "open_hours",
            Self::OpenDays => "open_days",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|c| c.name() == name);
        found.ok_or_else(|| Error::field("counting", "clock-error-counting"))
    }
}

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Minutes of counted time, above zero.
    pub minutes: i64,
    /// What counts.
    pub counting: Counting,
}

impl Policy {
    fn amount(self) -> SignedDuration {
        SignedDuration::from_mins(self.minutes)
    }
}

/// The rule a deadline was worked out by: shown beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Opening hours.
    OpenHours,
    /// Open days of 24 hours.
    OpenDays,
    /// The calendar has no opening hours: every hour counts.
    Continuous,
    /// A date promised to the customer.
    Extended,
}

impl Rule {
    const ALL: [Self; 4] = [Self::OpenHours, Self::OpenDays, Self::Continuous, Self::Extended];

    /// Name as stored; its text key is `clock-rule-` and this, with dashes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenHours => "open_hours",
            Self::OpenDays => "open_days",
            Self::Continuous => "continuous",
            Self::Extended => "extended",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|r| r.name() == name);
        found.ok_or_else(|| Error::internal(format!("unknown rule of a clock: {name}")))
    }
}

/// The instants of a running clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// Half of the time is used.
    pub half_at: Instant,
    /// Four fifths are used.
    pub soon_at: Instant,
    /// All of it is used.
    pub due_at: Instant,
    /// By which rule.
    pub rule: Rule,
}

/// Works a clock out that starts at `from`.
///
/// # Errors
/// Refused when the deadline would lie more than a hundred years away.
pub fn run(calendar: &Calendar, from: Instant, policy: Policy) -> Result<Times> {
    Deadlines::by(calendar).run(from, policy)
}

/// A clock that ends at a promised instant.
///
/// # Errors
/// As [`run`].
pub fn extended(calendar: &Calendar, from: Instant, to: Instant, counting: Counting) -> Result<Times> {
    Deadlines::by(calendar).extended(from, to, counting)
}

/// Deadlines by one calendar, whose days are laid out once however many are worked out.
pub struct Deadlines {
    calendar: Calendar,
    /// Opening hours, and open days; `None` when the calendar never opens.
    open: Option<(Openings, OpenDays)>,
}

impl Deadlines {
    /// Those by this calendar.
    pub fn by(calendar: &Calendar) -> Self {
        let hours = calendar.hours().filter(|hours| !hours.is_empty());
        let days = hours.and_then(|hours| OpenDays::new(calendar, hours));
        let open = days.map(|days| (Openings::new(calendar.clone()), days));
        Self { calendar: calendar.clone(), open }
    }

    /// The calendar they are worked out by.
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// As [`run`].
    ///
    /// # Errors
    /// As [`run`].
    pub fn run(&mut self, from: Instant, policy: Policy) -> Result<Times> {
        let Some((hours, days)) = &mut self.open else {
            return Ok(continuous(from, policy.amount(), Rule::Continuous));
        };
        let start = first_open(hours, from)?;
        let amounts = [5, 8, 10].map(|n| policy.amount() * n / 10);
        let (times, rule) = match policy.counting {
            Counting::OpenHours => (hours.add_each(start, amounts), Rule::OpenHours),
            Counting::OpenDays => (days.add_each(start, amounts), Rule::OpenDays),
        };
        let [half_at, soon_at, due] = times.map_err(refused)?;
        let due_at = match rule {
            Rule::OpenDays => carried(hours, due)?,
            _ => due,
        };
        Ok(Times { half_at, soon_at, due_at, rule })
    }

    /// As [`extended`].
    ///
    /// # Errors
    /// As [`run`].
    pub fn extended(&mut self, from: Instant, to: Instant, counting: Counting) -> Result<Times> {
        let spread = |amount| Times { due_at: to, ..continuous(from, amount, Rule::Extended) };
        let Some((hours, days)) = &mut self.open else { return Ok(spread(to.since(from))) };
        let amount = match counting {
            Counting::OpenHours => hours.between(from, to),
            Counting::OpenDays => days.between(from, to),
        };
        let amount = amount.map_err(refused)?;
        if !amount.is_positive() {
            // No open time in between: what is left is spread evenly.
            return Ok(spread(to.since(from)));
        }
        let amounts = [5, 8].map(|n| amount * n / 10);
        let times = match counting {
            Counting::OpenHours => hours.add_each(from, amounts),
            Counting::OpenDays => days.add_each(from, amounts),
        };
        let [half, soon] = times.map_err(refused)?;
        Ok(Times { half_at: half.min(to), soon_at: soon.min(to), due_at: to, rule: Rule::Extended })
    }
}

fn continuous(from: Instant, amount: SignedDuration, rule: Rule) -> Times {
    let at = |tenths: i32| from.plus(amount * tenths / 10);
    Times { half_at: at(5), soon_at: at(8), due_at: at(10), rule }
}

/// Days on which a calendar opens, from midnight to midnight. They are counted by what clocks show, as if none were ever
/// set forward or back: a day of 23 or 25 hours counts for 24 like any other.
struct OpenDays {
    zone: Zone,
    shown: Openings,
}

impl OpenDays {
    /// Those of a calendar with these hours.
    fn new(calendar: &Calendar, hours: &WorkingHours) -> Option<Self> {
        let days = whole_days(hours)?;
        let shown =
            Calendar::new(calendar.regime(), Zone::UTC).with_closures(calendar.closures()).with_hours(days);
        Some(Self { zone: calendar.zone().clone(), shown: Openings::new(shown) })
    }

    /// As [`Openings::add_each`].
    fn add_each<const N: usize>(
        &mut self,
        from: Instant,
        amounts: [SignedDuration; N],
    ) -> std::result::Result<[Instant; N], CalendarError> {
        let shown = self.shown.add_each(self.shown_at(from), amounts)?;
        // Of an hour that clocks show twice, the first may lie before where counting began.
        Ok(shown.map(|at| self.zone.instant_of(Zone::UTC.local(at)).max(from)))
    }

    /// As [`Openings::between`].
    fn between(&mut self, from: Instant, to: Instant) -> std::result::Result<SignedDuration, CalendarError> {
        self.shown.between(self.shown_at(from), self.shown_at(to))
    }

    /// What clocks show at an instant, written as if it were universal time.
    fn shown_at(&self, at: Instant) -> Instant {
        Zone::UTC.instant_of(self.zone.local(at))
    }
}

/// Each weekday with an opening, from midnight to midnight.
fn whole_days(hours: &WorkingHours) -> Option<WorkingHours> {
    let all_day = Opening::from_minutes(0, 24 * 60)?;
    let week = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let open = week.into_iter().filter(|day| !hours.on(*day).is_empty());
    open.clone().try_fold(WorkingHours::closed(), |all, day| all.with(day, [all_day])).ok()
}

/// The first open instant from `from` on.
fn first_open(hours: &mut Openings, from: Instant) -> Result<Instant> {
    let [after] = hours.add_each(from, [TICK]).map_err(refused)?;
    Ok(after.minus(TICK))
}

/// `at` when it lies within opening hours or ends one, else the next opening.
fn carried(hours: &mut Openings, at: Instant) -> Result<Instant> {
    let open = hours.between(at.minus(TICK), at).map_err(refused)?;
    if open.is_positive() { Ok(at) } else { first_open(hours, at) }
}

fn refused(error: CalendarError) -> Error {
    Error::refused(error.key())
}

/// Where a running clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Less than half is used.
    Calm,
    /// Half is used.
    Half,
    /// Four fifths are used.
    Soon,
    /// Past due.
    Late,
}

impl Stage {
    /// Per cent of the time at which it begins.
    pub const fn percent(self) -> i64 {
        match self {
            Self::Calm => 0,
            Self::Half => 50,
            Self::Soon => 80,
            Self::Late => 100,
        }
    }

    /// The instant the next stage begins.
    pub const fn next(self, times: &Times) -> Option<Instant> {
        match self {
            Self::Calm => Some(times.half_at),
            Self::Half => Some(times.soon_at),
            Self::Soon => Some(times.due_at),
            Self::Late => None,
        }
    }
}

/// The stage of a clock at `now`.
pub fn stage(times: &Times, now: Instant) -> Stage {
    match now {
        _ if now >= times.due_at => Stage::Late,
        _ if now >= times.soon_at => Stage::Soon,
        _ if now >= times.half_at => Stage::Half,
        _ => Stage::Calm,
    }
}

/// Share of the time used at `now`, from 0 to 1: between the instants that are kept, time is taken as even.
pub fn share(from: Instant, times: &Times, now: Instant) -> f64 {
    let part = |a: Instant, b: Instant| {
        let whole = b.since(a).as_secs_f64();
        if whole > 0.0 { (now.since(a).as_secs_f64() / whole).clamp(0.0, 1.0) } else { 1.0 }
    };
    match stage(times, now) {
        Stage::Calm => 0.5 * part(from, times.half_at),
        Stage::Half => 0.5 + 0.3 * part(times.half_at, times.soon_at),
        Stage::Soon => 0.8 + 0.2 * part(times.soon_at, times.due_at),
        Stage::Late => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::clock::Regime;
    use proptest::prelude::*;

    fn paris() -> Calendar {
        let day = [(9 * 60, 12 * 60 + 30), (13 * 60 + 30, 18 * 60)]
            .map(|(from, to)| Opening::from_minutes(from, to).unwrap());
        let hours = WorkingHours::monday_to_friday(&day).unwrap();
        Calendar::new(Regime::France, "Europe/Paris".parse().unwrap()).with_hours(hours)
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn days(hours: i64) -> Policy {
        Policy { minutes: hours * 60, counting: Counting::OpenDays }
    }

    fn hours(hours: i64) -> Policy {
        Policy { minutes: hours * 60, counting: Counting::OpenHours }
    }

    #[test]
    fn forty_eight_hours_from_friday_afternoon_end_on_tuesday_afternoon() {
        let times = run(&paris(), at("2026-11-20T15:00:00Z"), days(48)).unwrap();
        assert_eq!(times.due_at, at("2026-11-24T15:00:00Z"));
        assert_eq!(times.half_at, at("2026-11-23T15:00:00Z"));
        assert_eq!(times.rule, Rule::OpenDays);
    }

    #[test]
    fn what_comes_at_night_starts_at_the_next_opening() {
        let times = run(&paris(), at("2026-11-22T22:00:00Z"), days(24)).unwrap();
        assert_eq!(times.due_at, at("2026-11-24T08:00:00Z"), "from Monday 9:00 to Tuesday 9:00");
    }

    #[test]
    fn opening_hours_alone_make_forty_eight_hours_six_days() {
        let times = run(&paris(), at("2026-11-23T08:00:00Z"), hours(48)).unwrap();
        assert_eq!(times.due_at, at("2026-11-30T17:00:00Z"), "six days of eight hours: Monday 18:00");
    }

    #[test]
    fn a_holiday_and_the_change_of_hour_are_no_working_time() {
        // 1 May 2026 is a Friday; clocks change on 29 March.
        let may = run(&paris(), at("2026-04-30T08:00:00Z"), days(24)).unwrap();
        assert_eq!(may.due_at, at("2026-05-04T08:00:00Z"), "Thursday 10:00 to Monday 10:00");
        let spring = run(&paris(), at("2026-03-27T10:00:00Z"), days(24)).unwrap();
        assert_eq!(spring.due_at, at("2026-03-30T09:00:00Z"), "11:00 in Paris on both days");
    }

    #[test]
    fn where_sundays_are_open_a_day_of_twenty_three_or_twenty_five_hours_counts_for_twenty_four() {
        let day = [Opening::from_minutes(9 * 60, 18 * 60).unwrap()];
        let week = [Weekday::Saturday, Weekday::Sunday];
        let hours = WorkingHours::monday_to_friday(&day).unwrap();
        let hours = week.into_iter().try_fold(hours, |hours, weekend| hours.with(weekend, day)).unwrap();
        let calendar = Calendar::new(Regime::France, "Europe/Paris".parse().unwrap()).with_hours(hours);
        // Clocks go from +01 to +02 on 29 March 2026, and back on 25 October.
        for (from, due) in [
            ("2026-03-28T10:00:00+01:00", "2026-03-30T10:00:00+02:00"),
            ("2026-03-27T17:59:00+01:00", "2026-03-29T17:59:00+02:00"),
            ("2026-10-24T10:00:00+02:00", "2026-10-26T10:00:00+01:00"),
            ("2026-10-23T15:00:00+02:00", "2026-10-25T15:00:00+01:00"),
        ] {
            let times = run(&calendar, at(from), days(48)).unwrap();
            assert_eq!(times.due_at, at(due), "{from}");
            let promised = extended(&calendar, at(from), at(due), Counting::OpenDays).unwrap();
            assert_eq!(promised.half_at, times.half_at, "{from}");
        }
    }

    #[test]
    fn an_hour_shown_twice_never_puts_a_warning_before_its_beginning() {
        let all_day = [Opening::from_minutes(0, 24 * 60).unwrap()];
        let week = WorkingHours::monday_to_friday(&all_day).unwrap().with(Weekday::Sunday, all_day).unwrap();
        let calendar = Calendar::new(Regime::France, "Europe/Paris".parse().unwrap()).with_hours(week);
        let second = at("2026-10-25T02:15:00+01:00");
        let times = run(&calendar, second, Policy { minutes: 20, counting: Counting::OpenDays }).unwrap();
        assert!(second <= times.half_at && times.half_at <= times.due_at, "{times:?}");
    }

    #[test]
    fn a_deadline_within_the_break_is_carried_to_the_afternoon() {
        let mixed = WorkingHours::closed()
            .with(Weekday::Monday, [Opening::from_minutes(9 * 60, 18 * 60).unwrap()])
            .unwrap()
            .with(Weekday::Tuesday, [Opening::from_minutes(9 * 60, 12 * 60).unwrap()])
            .unwrap()
            .with(Weekday::Wednesday, [Opening::from_minutes(9 * 60, 12 * 60).unwrap()])
            .unwrap();
        let calendar = paris().with_hours(mixed);
        let times = run(&calendar, at("2026-11-23T14:00:00Z"), days(24)).unwrap();
        assert_eq!(times.due_at, at("2026-11-25T08:00:00Z"), "Tuesday 15:00 is closed: Wednesday 9:00");
    }

    #[test]
    fn a_calendar_that_never_opens_counts_every_hour_and_says_so() {
        let closed = Calendar::new(Regime::France, "Europe/Paris".parse().unwrap());
        for calendar in [closed.clone(), closed.with_hours(WorkingHours::closed())] {
            let times = run(&calendar, at("2026-02-28T12:00:00Z"), days(48)).unwrap();
            assert_eq!((times.due_at, times.rule), (at("2026-03-02T12:00:00Z"), Rule::Continuous));
        }
    }

    #[test]
    fn an_extension_ends_when_it_was_promised() {
        let to = at("2026-11-27T16:00:00Z");
        let times = extended(&paris(), at("2026-11-23T08:00:00Z"), to, Counting::OpenDays).unwrap();
        assert_eq!((times.due_at, times.rule), (to, Rule::Extended));
        let sunday = at("2026-11-22T12:00:00Z");
        let closed = extended(&paris(), at("2026-11-22T08:00:00Z"), sunday, Counting::OpenDays).unwrap();
        assert_eq!(closed.due_at, sunday, "even where nobody works in between");
    }

    proptest! {
        #[test]
        fn stages_come_in_order_and_the_share_only_grows(
            from in 1_700_000_000..1_900_000_000_i64, hours in 1..500_i64, open_days in any::<bool>(),
            later in 0..3_000_000_i64,
        ) {
            let from = Instant::from_micros(from * 1_000_000);
            let counting = if open_days { Counting::OpenDays } else { Counting::OpenHours };
            let times = run(&paris(), from, Policy { minutes: hours * 60, counting }).unwrap();
            prop_assert!(from <= times.half_at && times.half_at <= times.soon_at && times.soon_at <= times.due_at);
            let now = from.plus(SignedDuration::from_secs(later));
            let (a, b) = (share(from, &times, now), share(from, &times, now.plus(SignedDuration::from_hours(1))));
            prop_assert!((0.0..=1.0).contains(&a) && a <= b);
            prop_assert_eq!(stage(&times, now) == Stage::Late, now >= times.due_at);
            // A deadline lies where somebody works.
            let before = times.due_at.minus(SignedDuration::from_micros(1));
            let after = times.due_at.plus(SignedDuration::from_micros(1));
            prop_assert!(paris().working_between(before, after).unwrap().is_positive());
        }
    }
}
