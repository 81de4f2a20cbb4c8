//! The loop over time: cases opened and first contacts made in time, week by week or month by month.

use kernel::clock::Zone;
use kernel::figures::{Figure, Interval};
use kernel::{Error, Instant, Result};
use measures::Confidence;
use measures::proportion::wilson;

use super::model::{Choice, Fact, Kind};
use super::rules::{self, About};

/// Days from which a period is told month by month: half a year.
const LONG: i64 = 183;

/// How time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// In weeks, from Monday on.
    Week,
    /// In months.
    Month,
}

/// A week or a month of the period; the first and the last end where the period does.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its days, at the site of the board.
    pub choice: Choice,
    /// Cases opened.
    pub opened: Figure,
    /// Share of them contacted in time, with how far chance alone may have moved it.
    pub in_time: Figure,
}

/// Counts cases by the week or month they were opened in.
#[derive(Clone, Debug)]
pub struct Steps {
    /// How the period is cut.
    pub rhythm: Rhythm,
    now: Instant,
    days: Vec<Choice>,
    /// When each step begins.
    begins: Vec<Instant>,
    counts: Vec<Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    opened: u64,
    due: u64,
    in_time: u64,
}

impl Steps {
    /// Cuts a period.
    pub fn new(choice: Choice, zone: &Zone, now: Instant) -> Self {
        let rhythm = if choice.to.days_since(choice.from) < LONG { Rhythm::Week } else { Rhythm::Month };
        let days = cut(choice, rhythm);
        let begins = days.iter().map(|step| zone.range_of(step.from).start).collect();
        let counts = vec![Counts::default(); days.len()];
        Self { rhythm, now, days, begins, counts }
    }

    /// Counts one case opened within the period.
    pub fn add(&mut self, fact: &Fact) {
        let at = self.begins.partition_point(|begin| *begin <= fact.opened_at).saturating_sub(1);
        let Some(counts) = self.counts.get_mut(at) else { return };
        counts.opened += 1;
        if fact.contact_due_at.is_some_and(|due| due <= self.now) {
            counts.due += 1;
            counts.in_time += u64::from(rules::is_in_time(fact));
        }
    }

    /// The steps with their figures; `only` narrows the address of the cases behind each.
    ///
    /// # Errors
    /// None in practice: no share counts more than its n.
    pub fn done(self, about: &About, only: &str) -> Result<Vec<Step>> {
        let step = |(choice, counts): (Choice, Counts)| {
            let about = About { choice, ..about.clone() };
            let share = (counts.due > 0).then(|| counts.in_time as f64 / counts.due as f64);
            let left = counts.opened - counts.due;
            let of = |kind, value, n, missing| rules::figure(kind, value, n, missing, &about, Some(only));
            let mut in_time = of(Kind::ContactedInTime, share, counts.due, left);
            if counts.due > 0 {
                let found = wilson(counts.in_time, counts.due, Confidence::P95).map_err(Error::caused)?;
                let (low, high) = (found.low, found.high);
                in_time.interval =
                    Some(Interval { low, high, confidence: Confidence::P95.level(), method: "wilson" });
            }
            let opened = of(Kind::Opened, Some(counts.opened as f64), counts.opened, 0);
            Ok(Step { choice, opened, in_time })
        };
        self.days.into_iter().zip(self.counts).map(step).collect()
    }
}

fn cut(choice: Choice, rhythm: Rhythm) -> Vec<Choice> {
    let mut all = Vec::new();
    let mut from = choice.from;
    while from <= choice.to {
        let next = match rhythm {
            Rhythm::Week => from.plus_days(7 - (from.as_days() + 3).rem_euclid(7)),
            Rhythm::Month => (1..=31)
                .map(|days| from.plus_days(days))
                .find(|day| day.date().month() != from.date().month())
                .unwrap_or_else(|| from.plus_days(31)),
        };
        all.push(Choice { from, to: next.plus_days(-1).min(choice.to), site: choice.site });
        from = next;
    }
    all
}
