//! The report of an indicator: what every page, interface, file and command shows.

use std::collections::BTreeMap;

use kernel::figures::{Collection, FEW, Figure, Period};
use kernel::organisation::SiteNames;
use kernel::{Day, Id, Result};
use serde::Serialize;

use super::compare::{Gap, gap};
use super::cube::Part;
use super::estimate::{Side, agreement, figure};
use super::{Bag, Cube, Window, floor};
use crate::indicators::address;
use crate::indicators::model::{Class, CollectionGroup, Measure, Query, Weighting};

/// Most steps of a trend: beyond, the oldest are left out and the report says so.
const STEPS: usize = 400;

/// How many were invited, and how many of them answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Invited {
    /// Invitations made within the period.
    pub invited: u64,
    /// Those answered so far.
    pub answered: u64,
}

impl Invited {
    /// answered / invited.
    pub fn rate(self) -> Option<f64> {
        (self.invited > 0).then(|| self.answered as f64 / self.invited as f64)
    }
}

/// What a comparison allows to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// The interval of the difference lies above 0.
    Rise,
    /// It lies below 0.
    Fall,
    /// It holds 0: nothing can be concluded.
    Unclear,
    /// Too few answers to compute an interval.
    TooFew,
    /// The answers are no sample: a difference means nothing beyond those who answered.
    NotASample,
}

/// The figure of the period before, and the difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The period before.
    pub previous: Figure,
    /// Present minus previous, in the unit of the figure.
    pub difference: f64,
    /// Bounds of the difference at 95 %, where a sample allows them.
    pub interval: Option<(f64, f64)>,
    /// What may be said.
    pub conclusion: Conclusion,
}

/// One step of the trend.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendStep {
    /// First day of the step, whole or cut by the period.
    pub from: Day,
    /// Its figure.
    pub figure: Figure,
}

/// How a group stands beside all the others together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Higher: the interval of the difference excludes 0.
    Higher,
    /// Lower.
    Lower,
    /// No clear difference.
    Same,
    /// Too few answers, here or elsewhere.
    TooFew,
    /// No sample: nothing can be said.
    NotASample,
    /// Hidden by the floor of anonymity.
    Hidden,
}

/// What a group is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupKey {
    /// A site, or answers of no site.
    Site(Option<Id>),
    /// A channel.
    Channel(String),
}

/// One group of a breakdown.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Which.
    pub key: GroupKey,
    /// Its name; empty for answers of no site.
    pub name: String,
    /// Its figure; `None` when it is hidden.
    pub figure: Option<Figure>,
    /// How it stands beside the rest.
    pub reading: Reading,
}

/// A figure by groups, the highest first, the hidden ones last.
pub type Breakdown = Vec<Group>;

/// How many gave an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The answer.
    pub value: i64,
    /// What it means.
    pub class: Class,
    /// How many gave it.
    pub n: u64,
    /// Share of all, 0 to 1.
    pub share: f64,
    /// Where they are.
    pub rows: String,
}

/// Answers collected otherwise, never counted with the others.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherFigure {
    /// How.
    pub group: CollectionGroup,
    /// Their figure.
    pub figure: Figure,
}

/// Everything known about an indicator for one choice of answers.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorReport {
    /// What is measured.
    pub measure: Measure,
    /// What was asked for.
    pub query: Query,
    /// How the answers of `figure` were collected.
    pub group: CollectionGroup,
    /// The figure.
    pub figure: Figure,
    /// Figures that belong beside it: unweighted beside weighted, the share that agrees beside a mean.
    pub beside: Vec<Figure>,
    /// Answers carry weights this measure does not use.
    pub weights_unused: bool,
    /// The value is hidden by the floor of anonymity.
    pub hidden: bool,
    /// Invitations, when there were any.
    pub invited: Option<Invited>,
    /// The period before.
    pub change: Option<Change>,
    /// Steps of time up to the end of the period.
    pub trend: Vec<TrendStep>,
    /// Older steps were left out.
    pub trend_cut: bool,
    /// By site, when answers come from more than one.
    pub by_site: Breakdown,
    /// By channel, when answers came by more than one.
    pub by_channel: Breakdown,
    /// How many gave each answer; empty when hidden.
    pub distribution: Vec<Score>,
    /// Answers collected otherwise.
    pub others: Vec<OtherFigure>,
}

/// What a report needs beside the answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// Whom the figures speak of, in names.
    pub population: String,
    /// Names of sites.
    pub sites: SiteNames,
    /// Invitations.
    pub invited: Option<Invited>,
}

/// Makes the report of a cube.
///
/// # Errors
/// Only what a measure refuses: counts or weights no answers can have.
pub(crate) fn report(
    query: &Query,
    window: &Window,
    cube: &Cube,
    today: Day,
    context: &Context,
) -> Result<IndicatorReport> {
    let group = cube.main_group(query.collection);
    let empty = Part::default();
    let part = cube.parts.get(&group).unwrap_or(&empty);
    let period = cube.period(query.collection, today);
    let maker = Maker { query, group, part, period, context, weighted: wants_weights(query, part) };
    let figure = figure(query.measure, &part.now, &maker.side(period, &part.now))?;
    let hidden = figure.value.is_none() && figure.n > 0 && query.is_narrow();
    let (trend, trend_cut) = maker.trend(window)?;
    Ok(IndicatorReport {
        measure: query.measure,
        query: query.clone(),
        group,
        beside: maker.beside()?,
        weights_unused: part.now.is_weighted() && query.measure != Measure::Nps,
        hidden,
        invited: context.invited.filter(|invited| invited.invited > 0),
        change: if hidden { None } else { maker.change(&figure, window)? },
        trend,
        trend_cut,
        by_site: maker.by_site()?,
        by_channel: maker.by_channel()?,
        distribution: if hidden { Vec::new() } else { maker.distribution() },
        others: maker.others(cube)?,
        figure,
    })
}

fn wants_weights(query: &Query, part: &Part) -> bool {
    query.measure == Measure::Nps && query.weighting == Weighting::Auto && part.now.is_weighted()
}

/// Whether an interval means something for these answers.
fn is_sample(collections: &[Collection]) -> bool {
    !collections.is_empty() && collections.iter().all(|c| c.is_probability())
}

struct Maker<'a> {
    query: &'a Query,
    group: CollectionGroup,
    part: &'a Part,
    period: Period,
    context: &'a Context,
    weighted: bool,
}

impl Maker<'_> {
    /// What a figure of some of these answers is about.
    fn side(&self, period: Period, bag: &Bag) -> Side {
        let within = period == self.period;
        let ways = if within { &self.part.collections } else { &self.part.ever };
        let ways = if bag.n() == 0 { Vec::new() } else { ways.iter().copied().collect() };
        Side {
            weighted: self.weighted,
            period,
            population: self.context.population.clone(),
            collection: ways,
            floored: self.query.is_narrow(),
            rows: address::rows(self.query, self.group, period).done(),
        }
    }

    fn beside(&self) -> Result<Vec<Figure>> {
        let side = self.side(self.period, &self.part.now);
        Ok(match self.query.measure {
            Measure::Nps if self.weighted => {
                vec![figure(Measure::Nps, &self.part.now, &Side { weighted: false, ..side })?]
            }
            Measure::Ces2 => vec![agreement(&self.part.now, &side)?],
            _ => Vec::new(),
        })
    }

    fn gap(&self, a: &Bag, b: &Bag) -> Result<Option<Gap>> {
        gap(self.query.measure, self.weighted, a, b)
    }

    fn change(&self, now: &Figure, window: &Window) -> Result<Option<Change>> {
        let Some(period) = window.previous else { return Ok(None) };
        let before = &self.part.before;
        let previous = figure(self.query.measure, before, &self.side(period, before))?;
        let (Some(value), Some(was)) = (now.value, previous.value) else { return Ok(None) };
        let sample = is_sample(&now.collection) && is_sample(&previous.collection);
        let found = if sample { self.gap(&self.part.now, before)? } else { None };
        let conclusion = match found {
            _ if !sample => Conclusion::NotASample,
            None => Conclusion::TooFew,
            Some(found) if !found.is_clear() => Conclusion::Unclear,
            Some(found) if found.interval.low > 0.0 => Conclusion::Rise,
            Some(_) => Conclusion::Fall,
        };
        let interval = found.map(|found| (found.interval.low, found.interval.high));
        Ok(Some(Change { previous, difference: value - was, interval, conclusion }))
    }

    /// Steps from the first answer on, at most [`STEPS`]; and whether older ones were left out.
    fn trend(&self, window: &Window) -> Result<(Vec<TrendStep>, bool)> {
        let Some(first) = self.part.steps.iter().find(|(_, bag)| bag.n() > 0).map(|(day, _)| *day) else {
            return Ok((Vec::new(), false));
        };
        let grouping = self.query.grouping;
        let first = first.max(grouping.start(window.trend_from));
        let mut start = grouping.start(self.period.to);
        let nothing = Bag::default();
        let mut steps = Vec::new();
        while start >= first && steps.len() < STEPS {
            let end = grouping.step(start, 1).plus_days(-1).min(self.period.to);
            let bag = self.part.steps.get(&start).unwrap_or(&nothing);
            let days = Period { from: start, to: end };
            let figure = figure(self.query.measure, bag, &self.side(days, bag))?;
            steps.push(TrendStep { from: start, figure });
            start = grouping.step(start, -1);
        }
        steps.reverse();
        Ok((steps, start >= first))
    }

    fn by_site(&self) -> Result<Breakdown> {
        let named = |site: &Option<Id>| self.context.sites.get(*site).to_owned();
        self.breakdown(
            &self.part.sites,
            named,
            |site| GroupKey::Site(*site),
            |query, site| query.sites = vec![*site],
        )
    }

    fn by_channel(&self) -> Result<Breakdown> {
        let choose = |query: &mut Query, channel: &String| query.channels = vec![channel.clone()];
        self.breakdown(&self.part.channels, String::clone, |name| GroupKey::Channel(name.clone()), choose)
    }

    /// Each group beside all the others; nothing when there is only one.
    fn breakdown<K: Ord>(
        &self,
        bags: &BTreeMap<K, Bag>,
        name: impl Fn(&K) -> String,
        key: impl Fn(&K) -> GroupKey,
        choose: impl Fn(&mut Query, &K),
    ) -> Result<Breakdown> {
        let bags: Vec<(&K, &Bag)> = bags.iter().filter(|(_, bag)| bag.n() > 0).collect();
        if bags.len() < 2 {
            return Ok(Vec::new());
        }
        let counts: Vec<u64> = bags.iter().map(|(_, bag)| bag.n()).collect();
        let hidden = floor::hidden(&counts);
        let mut groups = Vec::with_capacity(bags.len());
        for (index, (k, bag)) in bags.iter().enumerate() {
            if hidden[index] {
                groups.push(Group { key: key(k), name: name(k), figure: None, reading: Reading::Hidden });
                continue;
            }
            let mut query = self.query.clone();
            choose(&mut query, k);
            let rows = address::rows(&query, self.group, self.period).done();
            let side = Side { rows, ..self.side(self.period, bag) };
            let figure = figure(self.query.measure, bag, &side)?;
            let mut rest = Bag::default();
            bags.iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .for_each(|(_, (_, b))| rest.merge(b));
            let reading = self.reading(&figure, bag, &rest)?;
            groups.push(Group { key: key(k), name: name(k), figure: Some(figure), reading });
        }
        let value = |group: &Group| group.figure.as_ref().and_then(|f| f.value).unwrap_or(f64::NEG_INFINITY);
        groups.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.name.cmp(&b.name)));
        Ok(groups)
    }

    fn reading(&self, figure: &Figure, bag: &Bag, rest: &Bag) -> Result<Reading> {
        if !is_sample(&figure.collection) {
            return Ok(Reading::NotASample);
        }
        if figure.is_weak() || rest.n() < FEW {
            return Ok(Reading::TooFew);
        }
        Ok(match self.gap(bag, rest)? {
            None => Reading::TooFew,
            Some(gap) if !gap.is_clear() => Reading::Same,
            Some(gap) if gap.interval.low > 0.0 => Reading::Higher,
            Some(_) => Reading::Lower,
        })
    }

    fn distribution(&self) -> Vec<Score> {
        let n = self.part.now.n();
        if n == 0 {
            return Vec::new();
        }
        let scale = self.query.measure.scale();
        let rows = address::rows(self.query, self.group, self.period);
        (scale.min()..=scale.max())
            .map(|value| Score {
                value,
                class: self.query.measure.class(value),
                n: self.part.now.of(value),
                share: self.part.now.of(value) as f64 / n as f64,
                rows: rows.clone().with("value", value).done(),
            })
            .collect()
    }

    /// Answers of the other groups, each with its own figure.
    fn others(&self, cube: &Cube) -> Result<Vec<OtherFigure>> {
        let mut others = Vec::new();
        for (group, part) in &cube.parts {
            if *group == self.group || part.now.n() == 0 {
                continue;
            }
            let weighted = wants_weights(self.query, part);
            let other = Maker { group: *group, part, weighted, ..*self };
            let figure = figure(self.query.measure, &part.now, &other.side(self.period, &part.now))?;
            others.push(OtherFigure { group: *group, figure });
        }
        Ok(others)
    }
}
