//! The weights, without labels.
//!
//! Pairs are of five kinds: one person, two people of one household, two relatives who live apart, two people of one name
//! who are nothing to each other, strangers. What strangers show is counted on pairs taken at random; what the others show
//! is found by expectation–maximisation (Dempster, Laird & Rubin 1977; for record linkage Winkler 1988) on the pairs that
//! blocking found, started and steadied by what is expected of each level before any data are seen.
//!
//! The second and third kind keep father and son, twins, and cousins of one name apart: against strangers everything a
//! family shares speaks for one person. Namesakes are more than the shares of given and of family names foretell: names go
//! by region, origin and year.
//!
//! The textbook, two kinds of pairs and two levels, is in [`fellegi_sunter`](crate::fellegi_sunter). What is beyond it here:
//! the kinds, the rarity of each value, and bounds on what a kind may show, without which a family of four would pass for
//! one person who writes carelessly.
//!
//! ```
//! use linkage::block::Candidates;
//! use linkage::columns::Kind;
//! use linkage::compare::Comparator;
//! use linkage::estimate::Weights;
//! use linkage::observe::Observed;
//! use linkage::{Column, Intake};
//!
//! let columns = [Column::new("name", Kind::WholeName), Column::new("phone", Kind::Phone)];
//! let rows = [["Jean Kerjean", "0612345678"], ["J. Kerjean", "06 12 34 56 78"], ["Sophie Martin", "0298112233"]];
//! let mut intake = Intake::new(&[&columns]);
//! intake.push(0, rows.len(), &|row, column| rows[row][column]);
//!
//! let comparator = Comparator::new(intake.finish());
//! let candidates = Candidates::of(comparator.records());
//! let observed = Observed::of(&comparator, &candidates)?;
//! let scorer = Weights::learnt(&comparator, &observed).scorer();
//! let likely = observed.pairs().filter(|(_, _, pattern)| scorer.score(pattern).person > 0.5);
//! assert_eq!(likely.count(), 1);
//! # Ok::<(), linkage::Error>(())
//! ```

mod learn;
mod maximise;

use crate::compare::{ANOTHER_NAME, Comparator, Comparison};
use crate::model::{CheckedModel, Model};
use crate::observe::Observed;
use crate::records::Records;
use crate::report::Source;
use crate::score::{Doubt, Scorer};

/// Kinds of pairs, and the chances of the levels of one comparison for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chances {
    pub(crate) person: Vec<f64>,
    pub(crate) household: Vec<f64>,
    /// For what relatives share; elsewhere they are strangers.
    pub(crate) kin: Option<Vec<f64>>,
    pub(crate) stranger: Vec<f64>,
    /// By which levels strangers' chance is the rarity of the value.
    by_value: Vec<bool>,
    traits: Traits,
}

/// What is known of a comparison beforehand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Traits {
    /// Whether namesakes agree in it as one person does with himself; elsewhere they are as relatives: names go by region.
    is_name: bool,
    /// Whether members of a household are told apart by this.
    tells: bool,
    /// Whether it says who somebody is.
    is_of_identity: bool,
    /// Whether it is a number that somebody gave to one person.
    is_number: bool,
    /// How many of its last levels are differences.
    differences: usize,
    /// How often one person shows differences at most, if those who differ are read as two of a family.
    most_of_person: f64,
    /// The same if they are read as the work of careless hands.
    most_of_careless: f64,
    /// How often a household shows differences, at least and at most.
    of_household: (f64, f64),
    /// From which level on relatives who live apart differ, and how often they do, at least and at most.
    of_kin: (usize, (f64, f64)),
}

/// However careless whoever writes, most people keep their name and their day of birth. Without this bound those who share a
/// common given name, and nothing else, pass for one person in a file that says little.
const MOST_CARELESS: f64 = 0.4;

/// Relatives who live apart are seen by their family name; those who differ in it are strangers. Without this bound all the
/// strangers of one town pass for relatives in a file that says little else.
const KIN_OF_OTHER_NAME: (f64, f64) = (0.0, 0.2);

/// They live apart: those of one address are of one household, and would take its place.
const KIN_OF_OTHER_ADDRESS: (f64, f64) = (0.9, 1.0);

impl Traits {
    fn of(comparison: &Comparison) -> Self {
        // Whatever a file holds, one person seldom has two birth dates, and one household seldom two addresses.
        let (most_of_person, of_household) = match comparison {
            Comparison::Given(_) | Comparison::Birth(_) => (0.02, (0.8, 1.0)),
            Comparison::Family(_) => (MOST_CARELESS, (0.0, 1.0)),
            Comparison::Address(_) => (1.0, (0.0, 0.1)),
            _ => (1.0, (0.0, 1.0)),
        };
        let levels = comparison.levels();
        let of_kin = match comparison {
            Comparison::Family(_) => (levels.len() - comparison.differences(), KIN_OF_OTHER_NAME),
            Comparison::Address(it) if it.knows_streets() => (
                levels.iter().position(|level| level.name == "same_street").unwrap_or(0),
                KIN_OF_OTHER_ADDRESS,
            ),
            _ => (0, (0.0, 1.0)),
        };
        let is_constant =
            matches!(comparison, Comparison::Given(_) | Comparison::Family(_) | Comparison::Birth(_));
        Self {
            is_name: comparison.shared_by_namesakes(),
            tells: comparison.tells_members_apart(),
            is_of_identity: comparison.is_of_identity(),
            is_number: matches!(comparison, Comparison::Identifier(_)),
            differences: comparison.differences(),
            most_of_person,
            most_of_careless: if is_constant { MOST_CARELESS } else { 1.0 },
            of_household,
            of_kin,
        }
    }
}

/// How often pairs of each kind show each level, and how many pairs there are of each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    pub(crate) chances: Vec<Chances>,
    pub(crate) shares: Shares,
    source: Source,
}

/// Shares of all pairs; those of strangers are the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shares {
    pub(crate) person: f64,
    /// 0 where households cannot be seen.
    pub(crate) household: f64,
    /// 0 where relatives cannot be seen.
    pub(crate) kin: f64,
    /// 0 where namesakes cannot be seen.
    pub(crate) namesake: f64,
}

/// How many pairs of namesakes are expected for each pair of one person, beyond those that chance brings together.
const NAMESAKES: f64 = 0.1;

impl Weights {
    /// What is expected before any pair is seen.
    #[must_use]
    pub fn expected(comparator: &Comparator) -> Self {
        Self::expected_of(&comparator.comparisons, &comparator.records)
    }

    /// What pairs of these records show, learnt without labels.
    #[must_use]
    pub fn learnt(comparator: &Comparator, observed: &Observed) -> Self {
        let mut weights = Self::expected(comparator);
        weights.learn(observed, comparator.records.pairs());
        weights
    }

    /// What a model says of the fields it knows; of others, what is expected.
    #[must_use]
    pub fn of_model(comparator: &Comparator, model: &CheckedModel) -> Self {
        let mut weights = Self::expected(comparator);
        model.as_ref().apply(&mut weights, comparator);
        weights.source = Source::Model;
        weights
    }

    /// What they were learnt from.
    #[must_use]
    pub const fn source(&self) -> Source {
        self.source
    }

    /// These weights, to be kept for another time. It holds no value of any record.
    #[must_use]
    pub fn model(&self, comparator: &Comparator) -> Model {
        Model::of(self, comparator)
    }

    pub(crate) fn expected_of(comparisons: &[Comparison], records: &Records) -> Self {
        let (all_pairs, units) = (records.pairs(), records.units() as f64);
        let chances: Vec<Chances> = comparisons
            .iter()
            .map(|comparison| {
                let each =
                    |of: fn(&crate::compare::Level) -> f64| comparison.levels().iter().map(of).collect();
                Chances {
                    person: each(|level| level.person),
                    household: each(|level| level.household),
                    kin: comparison.shared_by_kin().then(|| each(|level| level.kin)),
                    stranger: each(|level| level.stranger),
                    by_value: comparison.levels().iter().map(|level| level.by_value).collect(),
                    traits: Traits::of(comparison),
                }
            })
            .collect();
        let apart = comparisons.iter().any(Comparison::tells_members_apart);
        let shared = comparisons.iter().any(Comparison::shared_at_home);
        let kin = comparisons.iter().filter(|comparison| comparison.shared_by_kin()).count();
        let names = comparisons.iter().filter(|comparison| comparison.shared_by_namesakes()).count();
        let share = (0.1 * units / all_pairs).min(0.1);
        let shares = Shares {
            person: share,
            household: if apart && shared { share } else { 0.0 },
            kin: if apart && kin == 2 { share } else { 0.0 },
            namesake: if names == 2 && names < comparisons.len() { share * NAMESAKES } else { 0.0 },
        };
        Self { chances, shares, source: Source::Expected }
    }

    /// Logarithms, taken once for many pairs.
    #[must_use]
    pub fn scorer(&self) -> Scorer {
        let log = |chances: &[f64]| chances.iter().map(|chance| chance.max(1e-12).log2()).collect::<Vec<_>>();
        let each = self.chances.iter().map(|chances| {
            let strangers = chances.stranger.iter().zip(&chances.by_value);
            let strangers: Vec<f64> = strangers
                .map(|(chance, by_value)| if *by_value { 0.0 } else { chance.max(1e-12).log2() })
                .collect();
            let kin = chances.kin.as_ref().map_or_else(|| strangers.clone(), |chances| log(chances));
            let person = log(&chances.person);
            let namesake = if chances.traits.is_name { person.clone() } else { kin.clone() };
            let household = log(&chances.household);
            let kinds = person.into_iter().zip(household).zip(kin).zip(namesake).zip(strangers);
            kinds
                .map(|((((person, household), kin), namesake), stranger)| {
                    [person, household, kin, namesake, stranger]
                })
                .collect()
        });
        let Shares { person, household, kin, namesake } = self.shares;
        // A model of other records may know more pairs for each record than a tiny file has.
        let stranger = (1.0 - person - household - kin - namesake).max(1e-15);
        let shares = [person, household, kin, namesake, stranger].map(f64::log2);
        Scorer::new(each.collect(), shares, self.doubt())
    }

    /// What makes a pair doubtful: two given names that people bear, where families can be seen and one person hardly ever has
    /// two. Twins share the rest, and nobody wants to find them made one without having looked.
    fn doubt(&self) -> Option<Doubt> {
        let given = self.chances.iter().position(|it| it.traits.is_name && it.traits.tells)?;
        let level = ANOTHER_NAME;
        let rare = self.chances[given].person.get(level as usize).is_some_and(|chance| *chance <= 0.02);
        let numbers = self.chances.iter().enumerate().filter(|(_, it)| it.traits.is_number);
        (rare && self.shares.household > 0.0).then(|| Doubt {
            at: given,
            level,
            numbers: numbers.map(|(at, _)| at).collect(),
        })
    }
}
