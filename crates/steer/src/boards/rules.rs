//! From cases to figures.

use std::collections::BTreeSet;

use act::cases::model::Standing;
use act::costs::Costs;
use act::improvements::Coverage;
use kernel::clock::SignedDuration;
use kernel::figures::{Collection, Definition, Figure, Generalisable, Period, Unit};
use kernel::{Day, Error, Id, Instant, Result};
use measures::survival::{Passing, Spell};
use rustc_hash::FxHashMap;

use super::model::{Choice, Erased, Fact, Group, Kind, Place, Tile, Wanted};

/// Days within which a customer is told, for the loop to count as closed.
const INNER_DAYS: i64 = Standing::TOLD_WITHIN / 24;
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
struct Counts {
    opened: u64,
    contact_due: u64,
    in_time: u64,
    contact_running: u64,
    close_running: u64,
    inner_due: u64,
    told: u64,
    with_cause: u64,
    improved: u64,
    open: u64,
    late: u64,
    costs: Costs,
    costly: u64,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.opened += other.opened;
        self.contact_due += other.contact_due;
        self.in_time += other.in_time;
        self.contact_running += other.contact_running;
        self.close_running += other.close_running;
        self.inner_due += other.inner_due;
        self.told += other.told;
        self.with_cause += other.with_cause;
        self.improved += other.improved;
        self.open += other.open;
        self.late += other.late;
        self.costs.add_all(&other.costs);
        self.costly += other.costly;
    }

    /// A share, the cases it rests on, and those left out.
    fn share(&self, part: u64, n: u64) -> Counted {
        ((n > 0).then(|| part as f64 / n as f64), n, self.opened - n)
    }
}

/// A value, the cases it rests on, and those it leaves out or that still run.
type Counted = (Option<f64>, u64, u64);

/// Counts cases place by place: each case is looked at once, whatever it is shown by.
pub struct Counting<'a> {
    now: Instant,
    wanted: Wanted,
    improved: &'a Coverage,
    erased: &'a Erased,
    /// Identifiers are our own: nobody can make them collide.
    places: FxHashMap<Place, u32>,
    counts: Vec<(Place, Counts)>,
    contact: Vec<Timed>,
    close: Vec<Timed>,
}

/// Time from opening to an end, or so far, and the place of the case among those counted.
#[derive(Clone, Copy, Debug)]
struct Timed {
    /// The bits of the hours, which sort as the hours do, and after them whether it still runs: what ended comes before
    /// what was last seen at the same time.
    key: u64,
    place: u32,
}

impl Timed {
    fn new(from: Instant, end: Option<Instant>, seen: Instant, place: u32) -> Self {
        let hours = end.unwrap_or(seen).since(from).as_secs_f64() / 3_600.0;
        Self { key: hours.max(0.0).to_bits() << 1 | u64::from(end.is_none()), place }
    }

    /// In hours.
    const fn spell(self) -> Spell {
        Spell { time: f64::from_bits(self.key >> 1), is_over: self.key & 1 == 0 }
    }
}

impl<'a> Counting<'a> {
    /// Begins to count what is wanted, as things stand now; `improved` tells whether an improvement removes a cause,
    /// `erased` which cases nobody closed but the erasure of their customer.
    pub fn new(now: Instant, wanted: Wanted, improved: &'a Coverage, erased: &'a Erased) -> Self {
        Self {
            now,
            wanted,
            improved,
            erased,
            places: FxHashMap::default(),
            counts: Vec::new(),
            contact: Vec::new(),
            close: Vec::new(),
        }
    }

    fn at(&mut self, place: Place) -> (u32, &mut Counts) {
        let at = *self.places.entry(place).or_insert_with(|| {
            self.counts.push((place, Counts::default()));
            // Sites times teams times causes: four thousand million would not fit in memory.
            u32::try_from(self.counts.len() - 1).unwrap_or(u32::MAX)
        });
        (at, &mut self.counts[at as usize].1)
    }

    /// Counts one case opened within the period.
    ///
    /// What a share leaves out depends on when a case opened and was due, never on how it went.
    pub fn add(&mut self, fact: &Fact) {
        let (now, wanted) = (self.now, self.wanted);
        let (at, counts) = self.at(fact.place);
        counts.opened += 1;
        if fact.contact_due_at.is_some_and(|due| due <= now) {
            counts.contact_due += 1;
            counts.in_time += u64::from(is_in_time(fact));
        }
        if wanted.told {
            let until = fact.opened_at.plus(SignedDuration::from_hours(24 * INNER_DAYS));
            if until <= now {
                counts.inner_due += 1;
                counts.told += u64::from(fact.told_at.is_some_and(|at| at <= until));
            }
        }
        counts.contact_running += u64::from(wanted.contact && fact.contacted_at.is_none());
        if wanted.contact {
            // Nobody is contacted for the first time about a closed case.
            let seen = fact.closed_at.unwrap_or(now);
            self.contact.push(Timed::new(fact.opened_at, fact.contacted_at, seen, at));
        }
        if wanted.close {
            // An erasure ends what is seen of a case; it does not close it.
            let is_erased = fact.closed_at.is_some_and(|at| self.erased.contains(&(fact.opened_at, at)));
            let closed = fact.closed_at.filter(|_| !is_erased);
            self.counts[at as usize].1.close_running += u64::from(closed.is_none());
            self.close.push(Timed::new(fact.opened_at, closed, fact.closed_at.unwrap_or(now), at));
        }
    }

    /// Counts one case that is open now, whenever it was opened.
    pub fn add_open(&mut self, place: Place, is_late: bool) {
        let (_, counts) = self.at(place);
        counts.open += 1;
        counts.late += u64::from(is_late);
    }

    /// Counts what the remedy of a case of a place cost.
    pub fn add_cost(&mut self, place: Place, currency: &str, minor: i64) {
        let (_, counts) = self.at(place);
        counts.costs.add(currency, minor);
        counts.costly += 1;
    }

    /// Ends the count. Times are put in order once, for every group they are shown by.
    pub fn done(mut self) -> Tally {
        for (place, counts) in &mut self.counts {
            if place.cause.is_some() {
                counts.with_cause = counts.opened;
                counts.improved = if self.improved.has(place.cause, place.site) { counts.opened } else { 0 };
            }
        }
        self.contact.sort_unstable_by_key(|time| time.key);
        self.close.sort_unstable_by_key(|time| time.key);
        Tally { counts: self.counts, contact: self.contact, close: self.close }
    }
}

/// Cases that were counted, to be shown together or in groups.
pub struct Tally {
    counts: Vec<(Place, Counts)>,
    contact: Vec<Timed>,
    close: Vec<Timed>,
}

impl Tally {
    /// All cases together: these figures, each with its n and the address of the cases behind it. `only` narrows that
    /// address to what the choice is about.
    ///
    /// # Errors
    /// None in practice: times are numbers of hours.
    pub fn all(&self, about: &About, kinds: &[Kind], only: &str) -> Result<Group> {
        let mut groups = self.by(about, kinds, |_| None, |_| Some(only.to_owned()))?;
        match groups.pop() {
            Some((_, group)) => Ok(group),
            None => Ok(figures(&Part::default(), None, about, kinds, Some(only))),
        }
    }

    /// Cases by what they share: the group with most cases first. `narrow` gives what narrows an address to a key, where
    /// something does; nothing narrows one to the cases without a key.
    ///
    /// # Errors
    /// As [`Tally::all`].
    pub fn groups(
        &self,
        about: &About,
        key: impl Fn(&Place) -> Option<Id>,
        narrow: impl Fn(Id) -> Option<String>,
    ) -> Result<Vec<Group>> {
        let mut groups = self.by(about, &Kind::ALL, key, |key| key.and_then(&narrow))?;
        groups.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        Ok(groups.into_iter().map(|(_, group)| group).collect())
    }

    /// Groups in the order of their keys, each with how many cases were opened and are open.
    fn by(
        &self,
        about: &About,
        kinds: &[Kind],
        key: impl Fn(&Place) -> Option<Id>,
        narrow: impl Fn(Option<Id>) -> Option<String>,
    ) -> Result<Vec<((u64, u64), Group)>> {
        let keys: BTreeSet<Option<Id>> = self.counts.iter().map(|(place, _)| key(place)).collect();
        let keys: Vec<Option<Id>> = keys.into_iter().collect();
        let of: Vec<usize> =
            self.counts.iter().map(|(place, _)| keys.binary_search(&key(place)).unwrap_or(0)).collect();
        let mut parts: Vec<Part> = keys.iter().map(|_| Part::default()).collect();
        for ((_, counts), part) in self.counts.iter().zip(&of) {
            parts[*part].counts.add(counts);
        }
        let sizes: Vec<u64> = parts.iter().map(|part| part.counts.opened).collect();
        let (contact, close) = (quantiles(&self.contact, &of, &sizes)?, quantiles(&self.close, &of, &sizes)?);
        for (part, (contact, close)) in parts.iter_mut().zip(contact.into_iter().zip(close)) {
            (part.contact, part.close) = (contact, close);
        }
        let group = |(part, key): (Part, Option<Id>)| {
            let size = (part.counts.opened, part.counts.open);
            (size, figures(&part, key, about, kinds, narrow(key).as_deref()))
        };
        Ok(parts.into_iter().zip(keys).map(group).collect())
    }
}

/// Hours within which half, and nine in ten, are over.
type Quantiles = [Option<f64>; 2];

/// Those of each group, from times in rising order, of which there is one for each case or none at all; `of` tells to
/// which group a place belongs, `sizes` how many cases each has.
fn quantiles(times: &[Timed], of: &[usize], sizes: &[u64]) -> Result<Vec<Quantiles>> {
    if times.is_empty() {
        return Ok(vec![Quantiles::default(); sizes.len()]);
    }
    let passing = sizes.iter().map(|size| Passing::new(*size, [50.0, 90.0]).map_err(Error::caused));
    let mut groups = passing.collect::<Result<Vec<_>>>()?;
    for time in times {
        groups[of[time.place as usize]].push(time.spell()).map_err(Error::caused)?;
    }
    Ok(groups.into_iter().map(Passing::quantiles).collect())
}

/// What is counted of one group.
#[derive(Default)]
struct Part {
    counts: Counts,
    contact: Quantiles,
    close: Quantiles,
}

fn figures(part: &Part, key: Option<Id>, about: &About, kinds: &[Kind], only: Option<&str>) -> Group {
    let counts = &part.counts;
    let mut figures = Vec::with_capacity(kinds.len());
    for kind in kinds.iter().copied() {
        let (value, n, missing) = match kind {
            Kind::ContactMedian => (part.contact[0], counts.opened, counts.contact_running),
            Kind::ContactP90 => (part.contact[1], counts.opened, counts.contact_running),
            Kind::CloseMedian => (part.close[0], counts.opened, counts.close_running),
            Kind::CloseP90 => (part.close[1], counts.opened, counts.close_running),
            Kind::ContactedInTime => counts.share(counts.in_time, counts.contact_due),
            Kind::InnerLoop => counts.share(counts.told, counts.inner_due),
            Kind::OuterLoop => counts.share(counts.improved, counts.with_cause),
            Kind::Opened => (Some(counts.opened as f64), counts.opened, 0),
            Kind::Open => (Some(counts.open as f64), counts.open, 0),
            Kind::Late => (Some(counts.late as f64), counts.open, 0),
        };
        figures.push((kind, figure(kind, value, n, missing, about, only)));
    }
    let costly_rows = only.map(|only| format!("{}&standing=costly{only}", opened_within(about.choice)));
    Group {
        key,
        figures,
        costs: counts.costs.clone(),
        costly: counts.costly,
        costly_rows: costly_rows.unwrap_or_default(),
    }
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
        Kind::ContactedInTime | Kind::InnerLoop | Kind::OuterLoop if missing > 0 => {
            let counted = match kind {
                Kind::ContactedInTime => Standing::ContactDue,
                Kind::InnerLoop => Standing::MonthOld,
                _ => Standing::Caused,
            };
            format!("{}&standing={}{only}", opened_within(choice), counted.name())
        }
        _ => format!("{}{only}", opened_within(choice)),
    }
}

/// Address of the cases a share counts and that missed what it asks for, where the queue can list just those; made from
/// the address of all it counts.
pub fn missed_rows(kind: Kind, figure: &Figure) -> Option<String> {
    let missed = match kind {
        Kind::ContactedInTime => Standing::TooLate,
        Kind::InnerLoop => Standing::Untold,
        _ => return None,
    };
    let known = Standing::ALL.map(|standing| format!("&standing={}", standing.name()));
    let all = known.iter().fold(figure.rows.clone(), |rows, standing| rows.replace(standing, ""));
    (!all.is_empty()).then(|| format!("{all}&standing={}", missed.name()))
}

/// How many cases a share counts that missed what it asks for.
pub fn missed(figure: &Figure) -> u64 {
    let n = figure.n as f64;
    figure.value.map_or(0, |value| (n - value * n).round() as u64)
}

/// Whether the first contact was made by the time it was due.
pub(super) fn is_in_time(fact: &Fact) -> bool {
    fact.contacted_at.is_some() && fact.contacted_at <= fact.contact_due_at
}

/// A figure with what all of its board share.
pub(super) fn figure(
    kind: Kind,
    value: Option<f64>,
    n: u64,
    missing: u64,
    about: &About,
    only: Option<&str>,
) -> Figure {
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

/// Which cases a tile is about. Those of now are the same whatever the days.
pub fn choice_of(tile: &Tile, today: Day) -> Choice {
    let days = if tile.kind.is_of_now() { 1 } else { tile.days };
    Choice { from: today.plus_days(1 - days), to: today, site: tile.site }
}

/// The boards some tiles take their figures from, each once however many tiles share it, with the figures they show.
pub fn boards_of(tiles: &[Tile], today: Day) -> Vec<(Choice, Vec<Kind>)> {
    let mut all: Vec<(Choice, Vec<Kind>)> = Vec::new();
    for tile in tiles {
        let choice = choice_of(tile, today);
        match all.iter_mut().find(|(known, _)| *known == choice) {
            Some((_, kinds)) if kinds.contains(&tile.kind) => {}
            Some((_, kinds)) => kinds.push(tile.kind),
            None => all.push((choice, vec![tile.kind])),
        }
    }
    all
}
