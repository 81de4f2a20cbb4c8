//! From cases to figures.

use std::collections::BTreeMap;

use act::cases::store::CaseFact;
use kernel::clock::SignedDuration;
use kernel::figures::{Collection, Definition, Figure, Generalisable, Period, Unit};
use kernel::{Day, Id, Instant, Result};
use measures::recovery::{Spell, SurvivalCurve};

use super::model::{Choice, Group, Kind, Tile};

/// Days within which a customer is told, for the loop to count as closed.
const INNER_DAYS: i64 = 30;
/// Days a tile looks back at least.
const LEAST_DAYS: i64 = 7;

/// Days a tile with this figure looks back at least: of the last thirty, no inner loop can be told yet.
pub const fn least_days(kind: Kind) -> i64 {
    match kind {
        Kind::InnerLoop => 2 * INNER_DAYS,
        _ => LEAST_DAYS,
    }
}

/// What all figures of a board share.
#[derive(Clone, Debug)]
pub struct About {
    /// Which cases.
    pub choice: Choice,
    /// Which day it is.
    pub today: Day,
    /// Whose cases.
    pub population: String,
}

/// Counts of some cases.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    opened: u64,
    contact_due: u64,
    in_time: u64,
    contact: Vec<Spell>,
    close: Vec<Spell>,
    inner_due: u64,
    told: u64,
    with_cause: u64,
    improved: u64,
    open: u64,
    late: u64,
    cost: i64,
    costly: u64,
}

impl Counted {
    /// Counts one case opened within the period; `is_improved` says whether an improvement removes its cause.
    ///
    /// What a share leaves out depends on when a case opened and was due, never on how it went.
    pub fn add(&mut self, fact: &CaseFact, now: Instant, is_improved: bool) {
        self.opened += 1;
        if fact.contact_due_at <= now {
            self.contact_due += 1;
            self.in_time += u64::from(fact.contacted_at.is_some_and(|at| at <= fact.contact_due_at));
        }
        // Nobody is contacted for the first time about a closed case.
        let seen = fact.closed_at.unwrap_or(now);
        self.contact.push(spell(fact.opened_at, fact.contacted_at, seen));
        self.close.push(spell(fact.opened_at, fact.closed_at, now));
        let until = fact.opened_at.plus(SignedDuration::from_hours(24 * INNER_DAYS));
        if until <= now {
            self.inner_due += 1;
            self.told += u64::from(fact.told_at.is_some_and(|at| at <= until));
        }
        if fact.cause.is_some() {
            self.with_cause += 1;
            self.improved += u64::from(is_improved);
        }
        if fact.cost > 0 {
            self.cost += fact.cost;
            self.costly += 1;
        }
    }

    /// Counts one case that is open now, whenever it was opened.
    pub fn add_open(&mut self, is_late: bool) {
        self.open += 1;
        self.late += u64::from(is_late);
    }

    /// Closes the count: every figure with its n and the address of the cases behind it. `only` narrows that address to
    /// the group; `None` when no address can.
    ///
    /// # Errors
    /// None in practice: times are numbers of hours.
    pub fn figures(mut self, key: Option<Id>, about: &About, only: Option<&str>) -> Result<Group> {
        let curve = |spells: Vec<Spell>| {
            let some = (!spells.is_empty()).then(|| SurvivalCurve::new(spells));
            some.transpose().map_err(kernel::Error::caused)
        };
        let running = |spells: &[Spell]| spells.iter().filter(|spell| !spell.is_over).count() as u64;
        let (contact, close) = (std::mem::take(&mut self.contact), std::mem::take(&mut self.close));
        let still = (running(&contact), running(&close));
        let (contact, close) = ((curve(contact)?, still.0), (curve(close)?, still.1));
        let mut figures = Vec::with_capacity(Kind::ALL.len());
        for kind in Kind::ALL {
            let (value, n, missing) = match kind {
                Kind::ContactMedian => self.within(&contact, 50.0)?,
                Kind::ContactP90 => self.within(&contact, 90.0)?,
                Kind::CloseMedian => self.within(&close, 50.0)?,
                Kind::CloseP90 => self.within(&close, 90.0)?,
                Kind::ContactedInTime => self.share(self.in_time, self.contact_due),
                Kind::InnerLoop => self.share(self.told, self.inner_due),
                Kind::OuterLoop => self.share(self.improved, self.with_cause),
                Kind::Opened => (Some(self.opened as f64), self.opened, 0),
                Kind::Open => (Some(self.open as f64), self.open, 0),
                Kind::Late => (Some(self.late as f64), self.open, 0),
            };
            figures.push((kind, figure(kind, value, n, missing, about, only)));
        }
        let costs = only.map(|only| format!("{}&standing=costly{only}", opened_within(about.choice)));
        Ok(Group { key, figures, cost: self.cost, costly: self.costly, costs: costs.unwrap_or_default() })
    }

    /// A share, the cases it rests on, and those left out.
    fn share(&self, part: u64, n: u64) -> (Option<f64>, u64, u64) {
        ((n > 0).then(|| part as f64 / n as f64), n, self.opened - n)
    }

    /// The time within which so many per cent are over, of all cases, and how many still run.
    fn within(
        &self,
        (curve, running): &(Option<SurvivalCurve>, u64),
        percent: f64,
    ) -> Result<(Option<f64>, u64, u64)> {
        let found = curve.as_ref().map(|curve| curve.quantile(percent)).transpose();
        Ok((found.map_err(kernel::Error::caused)?.flatten(), self.opened, *running))
    }
}

/// Hours from opening to an end, or so far.
fn spell(from: Instant, end: Option<Instant>, seen: Instant) -> Spell {
    let hours = end.unwrap_or(seen).since(from).as_secs_f64() / 3_600.0;
    Spell { time: hours.max(0.0), is_over: end.is_some() }
}

/// Address of all cases opened within the period.
fn opened_within(choice: Choice) -> String {
    format!("/cases?view=all&from={}&to={}", choice.from, choice.to)
}

/// Address of the cases a figure counts; empty when the queue cannot list just those.
fn rows(kind: Kind, choice: Choice, missing: u64, only: Option<&str>) -> String {
    let Some(only) = only else { return String::new() };
    match kind {
        Kind::Open => format!("/cases?view=open{only}"),
        Kind::Late => format!("/cases?view=late{only}"),
        // The queue does not know what was due, is old enough or has a cause, unless that is all.
        Kind::ContactedInTime | Kind::InnerLoop | Kind::OuterLoop if missing > 0 => String::new(),
        _ => format!("{}{only}", opened_within(choice)),
    }
}

fn figure(kind: Kind, value: Option<f64>, n: u64, missing: u64, about: &About, only: Option<&str>) -> Figure {
    let (unit, version) = match kind {
        Kind::ContactedInTime | Kind::InnerLoop => (Unit::Share, 2),
        Kind::OuterLoop => (Unit::Share, 1),
        Kind::ContactMedian | Kind::ContactP90 | Kind::CloseMedian | Kind::CloseP90 => (Unit::Hours, 2),
        Kind::Opened => (Unit::Count, 1),
        Kind::Open | Kind::Late => (Unit::Count, 2),
    };
    let Choice { from, to, .. } = about.choice;
    let period = if kind.is_of_now() { (about.today, about.today) } else { (from, to) };
    Figure {
        definition: Definition { id: kind.name(), version },
        value,
        unit,
        n,
        missing,
        // Every case is counted: there is no sample whose margin could be stated.
        interval: None,
        weighted: false,
        period: Period { from: period.0, to: period.1 },
        population: about.population.clone(),
        collection: vec![Collection::Census],
        generalisable: Generalisable::judge(&[Collection::Census], n),
        rows: rows(kind, about.choice, missing, only),
    }
}

/// Counts by one of the things cases share.
#[derive(Default)]
pub struct By(BTreeMap<Option<Id>, Counted>);

impl By {
    /// The counts of the cases that share a key.
    pub fn of(&mut self, key: Option<Id>) -> &mut Counted {
        self.0.entry(key).or_default()
    }

    /// Closes all counts: the group with most cases first. `narrow` gives what narrows an address to a key, where
    /// something does; nothing narrows one to the cases without a key.
    ///
    /// # Errors
    /// As [`Counted::figures`].
    pub fn figures(self, about: &About, narrow: impl Fn(Id) -> Option<String>) -> Result<Vec<Group>> {
        let mut all = Vec::with_capacity(self.0.len());
        for (key, counted) in self.0 {
            let size = (counted.opened, counted.open);
            all.push((size, counted.figures(key, about, key.and_then(&narrow).as_deref())?));
        }
        all.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        Ok(all.into_iter().map(|(_, group)| group).collect())
    }
}

/// Which cases a tile is about. Those of now are the same whatever the days.
pub fn choice_of(tile: &Tile, today: Day) -> Choice {
    let days = if tile.kind.is_of_now() { 1 } else { tile.days };
    Choice { from: today.plus_days(1 - days), to: today, site: tile.site }
}

/// The boards some tiles take their figures from: each once, however many tiles share it.
pub fn boards_of(tiles: &[Tile], today: Day) -> Vec<Choice> {
    let mut all = Vec::new();
    for tile in tiles {
        let choice = choice_of(tile, today);
        if !all.contains(&choice) {
            all.push(choice);
        }
    }
    all
}
