//! Facts of one query, sorted into everything a report shows, as they come from the database.

use std::collections::{BTreeMap, BTreeSet};

use kernel::figures::{Collection, Period};
use kernel::{Day, Id};

use super::{Bag, Window};
use crate::indicators::model::{CollectionGroup, Grouping, Measure};

/// One row of the cube: equal answers of a site, channel, collection and survey, of one day or of a month that
/// lies within one step of the report ([`Window::splits`]).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    /// When the first was given.
    pub day: Day,
    /// When the last was given.
    pub last_day: Day,
    /// Where.
    pub site: Option<Id>,
    /// By which channel.
    pub channel: String,
    /// How they were collected.
    pub collection: Collection,
    /// In which survey.
    pub survey: Id,
    /// The answer; `None` when it was asked and not answered.
    pub value: Option<i64>,
    /// How many.
    pub n: u64,
    /// Sum of their weights.
    pub weight: f64,
    /// Sum of the squares of their weights.
    pub square: f64,
}

/// Answers of one group of collections.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) now: Bag,
    pub(super) before: Bag,
    pub(super) steps: BTreeMap<Day, Bag>,
    pub(super) sites: BTreeMap<Option<Id>, Bag>,
    pub(super) channels: BTreeMap<String, Bag>,
    /// Ways of collecting within the period, and in all days looked at.
    pub(super) collections: BTreeSet<Collection>,
    pub(super) ever: BTreeSet<Collection>,
    pub(super) surveys: BTreeSet<Id>,
    /// First and last day of an answer within the period.
    pub(super) days: Option<(Day, Day)>,
}

/// Everything a report is made of.
#[derive(Clone, Debug)]
pub(crate) struct Cube {
    measure: Measure,
    grouping: Grouping,
    window: Window,
    pub(super) parts: BTreeMap<CollectionGroup, Part>,
}

impl Cube {
    /// An empty cube.
    pub(crate) const fn new(measure: Measure, grouping: Grouping, window: Window) -> Self {
        Self { measure, grouping, window, parts: BTreeMap::new() }
    }

    /// Sorts one row into the period, the one before, the trend and the breakdowns.
    pub(crate) fn take(&mut self, fact: &Fact) {
        let scale = self.measure.scale();
        let part = self.parts.entry(CollectionGroup::of(fact.collection)).or_default();
        let add = |bag: &mut Bag| bag.add(scale, fact.value, fact.n, fact.weight, fact.square);
        add(part.steps.entry(self.grouping.start(fact.day)).or_default());
        part.ever.insert(fact.collection);
        if self.window.was(fact.day) {
            add(&mut part.before);
        }
        if !self.window.holds(fact.day) {
            return;
        }
        add(&mut part.now);
        add(part.sites.entry(fact.site).or_default());
        match part.channels.get_mut(&fact.channel) {
            Some(bag) => add(bag),
            None => add(part.channels.entry(fact.channel.clone()).or_default()),
        }
        part.collections.insert(fact.collection);
        part.surveys.insert(fact.survey);
        let (first, last) = part.days.unwrap_or((fact.day, fact.last_day));
        part.days = Some((first.min(fact.day), last.max(fact.last_day)));
    }

    /// Surveys of the group shown first that were answered within the period.
    pub(crate) fn surveys(&self, asked: Option<CollectionGroup>) -> Vec<Id> {
        let part = self.parts.get(&self.main_group(asked));
        part.map(|part| part.surveys.iter().copied().collect()).unwrap_or_default()
    }

    /// The days of the period: an open end is that of the answers, or today.
    pub(crate) fn period(&self, asked: Option<CollectionGroup>, today: Day) -> Period {
        let days = self.parts.get(&self.main_group(asked)).and_then(|part| part.days);
        let Period { from, to } = self.window.period;
        let to = if self.window.open_end { days.map_or(today, |(_, last)| last) } else { to };
        let from = if self.window.open_start { days.map_or(to, |(first, _)| first) } else { from };
        Period { from: from.min(to), to }
    }

    /// The group shown first: the one asked for, else the one an interval can be computed for, else the largest.
    pub(crate) fn main_group(&self, asked: Option<CollectionGroup>) -> CollectionGroup {
        if let Some(asked) = asked {
            return asked;
        }
        let answered = |group: &CollectionGroup| self.parts.get(group).map_or(0, |part| part.now.n());
        if answered(&CollectionGroup::Probability) > 0 {
            return CollectionGroup::Probability;
        }
        // `max_by_key` gives the last of equals: the order is reversed so that it is the first.
        let largest = CollectionGroup::ALL.into_iter().rev().max_by_key(answered);
        largest.unwrap_or(CollectionGroup::Probability)
    }
}
