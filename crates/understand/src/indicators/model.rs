//! What is measured, and what can be asked about it.

use std::str::FromStr;

use kernel::figures::{Collection, Definition, Unit};
use kernel::{Day, Error, Id};
use measures::{DefinitionId, Scale, effort, nps, satisfaction};
use serde::{Deserialize, Serialize};

/// Fewest answers a group may have to be shown (`domain.md` L3): below, one could guess who said what.
pub const FLOOR: u64 = 5;

/// A measure made of answers to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Net recommendation, from answers 0 to 10.
    Nps,
    /// Satisfaction just after a contact, from answers 1 to 5.
    Csat,
    /// Ease, form 2.0 of the effort score, from answers 1 to 7.
    Ces2,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 3] = [Self::Nps, Self::Csat, Self::Ces2];

    /// Name as stored and as in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces2 => "ces2",
        }
    }

    /// Scale of the answers.
    pub const fn scale(self) -> Scale {
        match self {
            Self::Nps => Scale::ZERO_TO_TEN,
            Self::Csat => Scale::ONE_TO_FIVE,
            Self::Ces2 => Scale::ONE_TO_SEVEN,
        }
    }

    /// Unit of the figure.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Nps => Unit::Points,
            Self::Csat => Unit::Share,
            Self::Ces2 => Unit::Mean,
        }
    }

    /// Least and greatest value of the figure.
    pub const fn limits(self) -> (f64, f64) {
        match self {
            Self::Nps => (-100.0, 100.0),
            Self::Csat => (0.0, 1.0),
            Self::Ces2 => (1.0, 7.0),
        }
    }

    /// The formula in use.
    pub const fn definition(self, weighted: bool) -> Definition {
        let DefinitionId { id, version } = match (self, weighted) {
            (Self::Nps, true) => nps::WeightedAccumulator::DEFINITION,
            (Self::Nps, false) => nps::Accumulator::DEFINITION,
            (Self::Csat, _) => satisfaction::Accumulator::DEFINITION,
            (Self::Ces2, _) => effort::v2::Accumulator::DEFINITION,
        };
        Definition { id, version }
    }

    /// What an answer of the scale means.
    pub const fn class(self, value: i64) -> Class {
        match (self, value) {
            (Self::Nps, 9..) | (Self::Csat, 4..) | (Self::Ces2, 5..) => Class::High,
            (Self::Nps, 7..) | (Self::Csat, 3..) | (Self::Ces2, 4..) => Class::Middle,
            _ => Class::Low,
        }
    }

    /// Lowest and highest answer of a class.
    pub fn bounds(self, class: Class) -> (i64, i64) {
        let scale = self.scale();
        let of_class = || (scale.min()..=scale.max()).filter(|value| self.class(*value) == class);
        (of_class().min().unwrap_or(scale.min()), of_class().max().unwrap_or(scale.max()))
    }
}

impl FromStr for Measure {
    type Err = Error;
    /// A measure that does not exist is a page that does not exist.
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|m| m.name() == text).ok_or(Error::NotFound)
    }
}

/// What an answer says of the person who gave it: promoter, passive, detractor and their likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Unhappy.
    Low,
    /// In between.
    Middle,
    /// Happy.
    High,
}

impl Class {
    /// Every class, from the lowest.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// Name as in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }
}

/// Ways of collecting that may be counted together: never across groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CollectionGroup {
    /// Drawn at random, or everybody asked: an interval means something.
    Probability,
    /// By quotas.
    Quota,
    /// Whoever wished.
    SelfSelected,
    /// Not stated.
    Unknown,
}

impl CollectionGroup {
    /// Every group.
    pub const ALL: [Self; 4] = [Self::Probability, Self::Quota, Self::SelfSelected, Self::Unknown];

    /// Where a way of collecting belongs.
    pub const fn of(collection: Collection) -> Self {
        match collection {
            Collection::RandomDraw | Collection::Census => Self::Probability,
            Collection::Quota => Self::Quota,
            Collection::SelfSelected => Self::SelfSelected,
            Collection::Unknown => Self::Unknown,
        }
    }

    /// Name as in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Probability => "probability",
            Self::Quota => "quota",
            Self::SelfSelected => "self_selected",
            Self::Unknown => "unknown",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Probability => "indicator-group-probability",
            Self::Quota => "indicator-group-quota",
            Self::SelfSelected => "indicator-group-self-selected",
            Self::Unknown => "indicator-group-unknown",
        }
    }

    /// Names of its ways of collecting, as stored.
    pub fn collections(self) -> impl Iterator<Item = &'static str> {
        Collection::ALL.into_iter().filter(move |c| Self::of(*c) == self).map(Collection::name)
    }
}

/// How fine a trend is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// Weeks from Monday.
    Week,
    /// Months.
    #[default]
    Month,
    /// Quarters from January.
    Quarter,
}

impl Grouping {
    /// Every grouping.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    /// Name as in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// First day of the group of a day.
    pub fn start(self, day: Day) -> Day {
        match self {
            Self::Week => day.start_of_iso_week(),
            Self::Month => day.start_of_month(),
            Self::Quarter => day.start_of_quarter(),
        }
    }

    /// First day of the group so many groups later, from the first day of one.
    pub fn step(self, start: Day, groups: i32) -> Day {
        match self {
            Self::Week => start.plus_days(7 * i64::from(groups)),
            Self::Month => start.add_months(groups),
            Self::Quarter => start.add_months(groups.saturating_mul(3)),
        }
    }

    /// How many groups a trend shows at least.
    pub(super) const fn shown(self) -> i32 {
        match self {
            Self::Week => 26,
            Self::Month => 13,
            Self::Quarter => 8,
        }
    }
}

/// Over which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Span {
    /// From the first of this month.
    ThisMonth,
    /// The month before this one.
    LastMonth,
    /// From the first of this quarter.
    Quarter,
    /// The quarter before this one.
    LastQuarter,
    /// The last twelve months.
    #[default]
    Year,
    /// Everything.
    All,
    /// From a day to a day, both included; a missing end is open.
    Custom(Option<Day>, Option<Day>),
}

impl Span {
    /// Those that have a name, in the order they are offered.
    pub const NAMED: [Self; 6] =
        [Self::ThisMonth, Self::LastMonth, Self::Quarter, Self::LastQuarter, Self::Year, Self::All];

    /// Name as in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ThisMonth => "this_month",
            Self::LastMonth => "last_month",
            Self::Quarter => "quarter",
            Self::LastQuarter => "last_quarter",
            Self::Year => "12_months",
            Self::All => "all",
            Self::Custom(..) => "custom",
        }
    }
}

/// Whether weights count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Weighting {
    /// Where answers carry weights and the measure can use them.
    #[default]
    Auto,
    /// Every answer counts alike.
    Off,
}

/// A choice of answers and how to look at them; empty lists choose everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What is measured.
    pub measure: Measure,
    /// One survey only.
    pub survey: Option<Id>,
    /// These sites only; `None` stands for answers of no site.
    pub sites: Vec<Option<Id>>,
    /// These channels only.
    pub channels: Vec<String>,
    /// Which days.
    pub span: Span,
    /// How fine the trend is.
    pub grouping: Grouping,
    /// One group of collections; without one, the one an interval can be computed for, else the largest.
    pub collection: Option<CollectionGroup>,
    /// Whether weights count.
    pub weighting: Weighting,
}

impl Query {
    /// Everything about a measure in the last twelve months.
    pub const fn new(measure: Measure) -> Self {
        Self {
            measure,
            survey: None,
            sites: Vec::new(),
            channels: Vec::new(),
            span: Span::Year,
            grouping: Grouping::Month,
            collection: None,
            weighting: Weighting::Auto,
        }
    }

    /// Whether the choice is a group the breakdowns would hide when it is small.
    pub const fn is_narrow(&self) -> bool {
        !self.sites.is_empty() || !self.channels.is_empty()
    }
}

/// A choice as typed in an address or on a command line; see [`Query::parse`](super::rules::selection::parse).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Input {
    /// Survey, or empty for all.
    pub survey: String,
    /// Sites: identifiers, or `none` for answers of no site.
    pub site: Vec<String>,
    /// Channels.
    pub channel: Vec<String>,
    /// `this_month`, `last_month`, `quarter`, `last_quarter`, `12_months`, `all` or `custom`.
    pub period: String,
    /// First day of a custom period.
    pub from: String,
    /// Last day of a custom period.
    pub to: String,
    /// `week`, `month` or `quarter`.
    pub grouping: String,
    /// `probability`, `quota`, `self_selected` or `unknown`.
    pub collection: String,
    /// `off` to leave weights out.
    pub weights: String,
}
