//! From cases to figures.

use std::collections::BTreeMap;

use act::cases::store::CaseFact;
use kernel::figures::{Collection, Definition, Figure, Generalisable, Period, Unit};
use kernel::{Id, Instant, Result};
use measures::recovery::{PercentileType, percentile};

use super::model::{Choice, Group, Kind};

/// Days after which a case that was never told counts as one whose loop did not close.
const INNER_DAYS: i64 = 30;

/// Counts of some cases.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    opened: u64,
    contact_due: u64,
    in_time: u64,
    contact_hours: Vec<f64>,
    close_hours: Vec<f64>,
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
    /// Counts one case; `is_improved` says whether an improvement removes its cause.
    pub fn add(&mut self, fact: &CaseFact, now: Instant, is_improved: bool) {
        let hours = |to: Instant| to.since(fact.opened_at).as_secs_f64() / 3_600.0;
        self.opened += 1;
        // Not due yet is neither in time nor late.
        if fact.contacted_at.is_some() || fact.contact_due_at <= now {
            self.contact_due += 1;
            self.in_time += u64::from(fact.contacted_at.is_some_and(|at| at <= fact.contact_due_at));
        }
        self.contact_hours.extend(fact.contacted_at.map(hours));
        self.close_hours.extend(fact.closed_at.map(hours));
        let is_old = hours(now) >= (INNER_DAYS * 24) as f64;
        if fact.closed_at.is_some() || fact.told_at.is_some() || is_old {
            self.inner_due += 1;
            self.told += u64::from(fact.told_at.is_some());
        }
        if fact.cause.is_some() {
            self.with_cause += 1;
            self.improved += u64::from(is_improved);
        }
        if fact.closed_at.is_none() {
            self.open += 1;
            self.late += u64::from(fact.told_at.is_none() && fact.due_at <= now);
        }
        if fact.cost > 0 {
            self.cost += fact.cost;
            self.costly += 1;
        }
    }

    /// Closes the count: every figure with its n and the address of the cases behind it. `only` narrows that address to
    /// the group.
    ///
    /// # Errors
    /// None in practice: percentiles of an empty list are left out.
    pub fn figures(
        mut self,
        key: Option<Id>,
        choice: &Choice,
        population: &str,
        only: &str,
    ) -> Result<Group> {
        self.contact_hours.sort_unstable_by(f64::total_cmp);
        self.close_hours.sort_unstable_by(f64::total_cmp);
        let mut figures = Vec::with_capacity(Kind::ALL.len());
        for kind in Kind::ALL {
            let (value, n, missing) = self.value(kind)?;
            figures.push((kind, figure(kind, value, n, missing, choice, population, only)));
        }
        Ok(Group { key, figures, cost: self.cost, costly: self.costly })
    }

    /// Value, cases it rests on, and cases left out because they are not over.
    fn value(&self, kind: Kind) -> Result<(Option<f64>, u64, u64)> {
        let share = |part: u64, n: u64| ((n > 0).then(|| part as f64 / n as f64), n, self.opened - n);
        let of = |sorted: &[f64], percent: f64| -> Result<(Option<f64>, u64, u64)> {
            let n = sorted.len() as u64;
            let value = (n > 0).then(|| percentile(sorted, percent, PercentileType::T7));
            Ok((value.transpose().map_err(kernel::Error::caused)?, n, self.opened - n))
        };
        let count = |n: u64| (Some(n as f64), self.opened, 0);
        Ok(match kind {
            Kind::ContactedInTime => share(self.in_time, self.contact_due),
            Kind::ContactMedian => of(&self.contact_hours, 50.0)?,
            Kind::ContactP90 => of(&self.contact_hours, 90.0)?,
            Kind::CloseMedian => of(&self.close_hours, 50.0)?,
            Kind::CloseP90 => of(&self.close_hours, 90.0)?,
            Kind::InnerLoop => share(self.told, self.inner_due),
            Kind::OuterLoop => share(self.improved, self.with_cause),
            Kind::Opened => count(self.opened),
            Kind::Open => count(self.open),
            Kind::Late => count(self.late),
        })
    }
}

fn figure(
    kind: Kind,
    value: Option<f64>,
    n: u64,
    missing: u64,
    choice: &Choice,
    population: &str,
    only: &str,
) -> Figure {
    let unit = match kind {
        Kind::ContactedInTime | Kind::InnerLoop | Kind::OuterLoop => Unit::Share,
        Kind::ContactMedian | Kind::ContactP90 | Kind::CloseMedian | Kind::CloseP90 => Unit::Hours,
        Kind::Opened | Kind::Open | Kind::Late => Unit::Count,
    };
    let view = match kind {
        Kind::Open => "open",
        Kind::Late => "late",
        _ => "all",
    };
    let standing = match kind {
        Kind::ContactedInTime => "&standing=in_time",
        Kind::ContactMedian | Kind::ContactP90 => "&standing=contacted",
        Kind::CloseMedian | Kind::CloseP90 => "&standing=closed",
        _ => "",
    };
    Figure {
        definition: Definition { id: kind.name(), version: 1 },
        value,
        unit,
        n,
        missing,
        // Every case is counted: there is no sample whose margin could be stated.
        interval: None,
        weighted: false,
        period: Period { from: choice.from, to: choice.to },
        population: population.to_owned(),
        collection: vec![Collection::Census],
        generalisable: Generalisable::judge(&[Collection::Census], n),
        rows: format!("/cases?view={view}&from={}&to={}{standing}{only}", choice.from, choice.to),
    }
}

/// Counts by one of the things cases share.
#[derive(Default)]
pub struct By(BTreeMap<Option<Id>, Counted>);

impl By {
    /// Counts one case under a key.
    pub fn add(&mut self, key: Option<Id>, fact: &CaseFact, now: Instant, is_improved: bool) {
        self.0.entry(key).or_default().add(fact, now, is_improved);
    }

    /// Closes all counts: the group with most cases first. `param` names the key in addresses; empty when cases cannot
    /// be listed by it.
    ///
    /// # Errors
    /// As [`Counted::figures`].
    pub fn figures(self, choice: &Choice, population: &str, param: &str) -> Result<Vec<Group>> {
        let site = choice.site.map(|id| format!("&site={id}")).unwrap_or_default();
        let mut all = Vec::with_capacity(self.0.len());
        for (key, counted) in self.0 {
            let own = match key {
                Some(id) if param == "site" => format!("&site={id}"),
                Some(id) if !param.is_empty() => format!("&{param}={id}{site}"),
                _ => site.clone(),
            };
            all.push(counted.figures(key, choice, population, &own)?);
        }
        all.sort_by_key(|g| std::cmp::Reverse(g.figure(Kind::Opened).map_or(0, |f| f.n)));
        Ok(all)
    }
}
