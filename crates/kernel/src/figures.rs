//! A figure is never a bare number.
//!
//! [`Figure`] carries a value with everything needed to defend it. Pages, API, command line and exports all
//! show the same `Figure`, so two screens cannot disagree.

use serde::Serialize;

use crate::clock::Day;
use crate::errors::Message;

/// Fewest answers that are not marked "indicative" (`domain.md` L3, a usage rather than a law).
pub const FEW: u64 = 30;

/// Definition of a measure at one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Stable name: `nps`.
    pub id: &'static str,
    /// Version; figures of different versions are not compared.
    pub version: u32,
}

/// Unit a value is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Points from −100 to +100, written with its sign.
    Points,
    /// A share between 0 and 1, written in percent.
    Share,
    /// A mean on a scale, written with two decimals.
    Mean,
    /// A time, in hours.
    Hours,
    /// A number of things.
    Count,
}

/// An interval with its confidence and how it was computed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower bound, in the unit of the figure.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// Confidence in (0, 1).
    pub confidence: f64,
    /// Method: `score`, `wilson`, `t`; its text key is `interval-` and this.
    pub method: &'static str,
}

/// How answers were collected: decides whether a margin means anything (`domain.md` L6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Collection {
    /// Drawn at random from a list: every person had a known chance.
    RandomDraw,
    /// Everybody concerned was asked.
    Census,
    /// Chosen to fill quotas.
    Quota,
    /// Whoever wished answered: an open link, a card, a code on a poster.
    SelfSelected,
    /// Not stated by whoever brought the answers.
    Unknown,
}

impl Collection {
    /// Every way.
    pub const ALL: [Self; 5] =
        [Self::RandomDraw, Self::Census, Self::Quota, Self::SelfSelected, Self::Unknown];

    /// Name as stored; its text key is `collection-` and this, with dashes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RandomDraw => "random_draw",
            Self::Census => "census",
            Self::Quota => "quota",
            Self::SelfSelected => "self_selected",
            Self::Unknown => "unknown",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::RandomDraw => "collection-random-draw",
            Self::Census => "collection-census",
            Self::Quota => "collection-quota",
            Self::SelfSelected => "collection-self-selected",
            Self::Unknown => "collection-unknown",
        }
    }

    /// Whether every unit had a known chance, so that an interval may be shown.
    pub const fn is_probability(self) -> bool {
        matches!(self, Self::RandomDraw | Self::Census)
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}

/// Whether a figure may be said of the whole population.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "verdict", content = "because", rename_all = "snake_case")]
pub enum Generalisable {
    /// It may, within its interval.
    Yes,
    /// It points a direction only.
    Indicative(Message),
    /// It speaks of those who answered and of nobody else.
    No(Message),
}

impl Generalisable {
    /// Judges by how the answers were collected and how many there are.
    pub fn judge(collections: &[Collection], n: u64) -> Self {
        let unfit = collections.iter().find(|c| !c.is_probability());
        match unfit {
            Some(Collection::SelfSelected) => Self::No("generalisable-self-selected".into()),
            Some(Collection::Quota) => Self::Indicative("generalisable-quota".into()),
            Some(_) => Self::No("generalisable-unknown".into()),
            None if collections.is_empty() || n == 0 => Self::No("generalisable-no-answers".into()),
            None if n < FEW => Self::Indicative(Message::new("generalisable-few").with("few", FEW)),
            None => Self::Yes,
        }
    }

    /// Text key of the badge.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Yes => "generalisable-yes",
            Self::Indicative(_) => "generalisable-indicative",
            Self::No(_) => "generalisable-no",
        }
    }

    /// Why, when it is not a plain yes.
    pub const fn because(&self) -> Option<&Message> {
        match self {
            Self::Yes => None,
            Self::Indicative(because) | Self::No(because) => Some(because),
        }
    }
}

/// From which day to which, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// A number with all it takes to defend it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What was measured, by which definition.
    pub definition: Definition,
    /// The value; `None` when there is no answer to compute it from.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Unit,
    /// Answers it rests on.
    pub n: u64,
    /// Answers that were asked for and not given, or out of scale.
    pub missing: u64,
    /// Interval; `None` where a margin would mislead (see [`Figure::generalisable`]).
    pub interval: Option<Interval>,
    /// Answers were weighted.
    pub weighted: bool,
    /// When the answers were given.
    pub period: Period,
    /// Whom it speaks of.
    pub population: String,
    /// How the answers were collected, all ways that occur.
    pub collection: Vec<Collection>,
    /// Whether it may be said of the whole population.
    pub generalisable: Generalisable,
    /// Address of the answers behind it.
    pub rows: String,
}

impl Figure {
    /// Whether too few answers stand behind it to read much into it.
    pub const fn is_weak(&self) -> bool {
        self.n < FEW
    }
}
