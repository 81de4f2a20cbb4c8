//! Why two rows are, or are not, one person.

use crate::compare::{Comparison, MISSING, Pattern};
use crate::link::{Linkage, Rivals, probability};
use crate::records::Feature;

/// Why two rows are taken for one person, or are not. The bits of all parts add up to `weight`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Probability that they are one person, 0 to 1.
    pub probability: f64,
    /// log₂ of the odds that they are.
    pub weight: f64,
    /// log₂ of the odds before anything is known of the two: pairs of one person are rare.
    pub before: f64,
    /// What each piece of evidence says.
    pub findings: Vec<FieldFinding>,
    /// What is taken off because relatives would agree as much, in bits, 0 or less.
    pub family: f64,
    /// What other candidates for the same place take off or add, in bits; 0 unless records have one counterpart at most.
    pub rivals: f64,
    /// What they most likely are if they are not one person.
    pub alternative: Alternative,
    /// Probabilities that they are two people of one household, and two relatives who live apart.
    pub household: f64,
    /// See `household`.
    pub kin: f64,
}

/// What one piece of evidence says.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldFinding {
    /// Stable name of the comparison, such as `birth_date`; those of other columns hold the column's name after a
    /// colon.
    pub field: String,
    /// Stable name of the degree of agreement, such as `one_slip`; `missing` where one side says nothing.
    pub level: &'static str,
    /// What the first row says, normalised.
    pub left: String,
    /// What the second row says, normalised.
    pub right: String,
    /// How much this speaks for one person, against strangers, in bits; negative if it speaks against.
    pub bits: f64,
    /// Share of the rows that hold the value both agree on, where they do.
    pub share: Option<f64>,
}

/// What two rows may be if they are not one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alternative {
    /// Two people who have nothing to do with each other.
    Strangers,
    /// Two people of one household.
    Household,
    /// Two relatives who live apart.
    Relatives,
}

impl Linkage {
    /// Explains a pair of rows, whether blocking brought them together or not; `None` for a row there is not.
    #[must_use]
    pub fn explain(&self, row_a: u32, row_b: u32) -> Option<Explanation> {
        let units = self.units();
        let (a, b) = (*units.get(row_a as usize)? as usize, *units.get(row_b as usize)? as usize);
        let pattern = Pattern::of(&self.comparisons, &self.records, a, b);
        let score = self.logs.score(&pattern);
        let before = self.logs.before();
        let findings: Vec<FieldFinding> =
            (0..self.comparisons.len()).map(|at| self.finding(at, a, b)).collect();
        let strangers = before + findings.iter().map(|finding| finding.bits).sum::<f64>();
        let among = |rivals: &Rivals| rivals.weight(a as u32, b as u32, score.weight) - score.weight;
        let rivals = self.rivals.as_ref().map_or(0.0, among);
        let alternative = match (score.household, score.kin, 1.0 - score.person - score.household - score.kin)
        {
            (household, kin, stranger) if household >= kin && household > stranger => Alternative::Household,
            (_, kin, stranger) if kin > stranger => Alternative::Relatives,
            _ => Alternative::Strangers,
        };
        Some(Explanation {
            probability: probability(score.weight + rivals),
            weight: score.weight + rivals,
            before,
            findings,
            family: (score.weight - strangers).min(0.0),
            rivals,
            alternative,
            household: score.household,
            kin: score.kin,
        })
    }

    /// Bits of each comparison for a pair of rows, in the order of [`Linkage::fields`], each `None` without evidence; nothing
    /// for a row there is not.
    #[must_use]
    pub fn bits(&self, row_a: u32, row_b: u32) -> Option<Vec<Option<f64>>> {
        let units = self.units();
        let (a, b) = (*units.get(row_a as usize)? as usize, *units.get(row_b as usize)? as usize);
        let bits = |(at, comparison): (usize, &Comparison)| {
            let finding = comparison.compare(&self.records, a, b);
            (finding.level != MISSING).then(|| self.logs.bits(at, finding))
        };
        Some(self.comparisons.iter().enumerate().map(bits).collect())
    }

    /// Names of the comparisons.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        self.comparisons.iter().map(|comparison| comparison.name(&self.records)).collect()
    }

    fn finding(&self, at: usize, a: usize, b: usize) -> FieldFinding {
        let comparison = &self.comparisons[at];
        let finding = comparison.compare(&self.records, a, b);
        let (left, right) = (self.said(comparison, a), self.said(comparison, b));
        let field = comparison.name(&self.records);
        let Some(level) = comparison.levels().get(finding.level as usize) else {
            return FieldFinding { field, level: "missing", left, right, bits: 0.0, share: None };
        };
        let share = level.by_value.then(|| (f64::from(finding.rarity) / 2.0).exp2());
        FieldFinding { field, level: level.name, left, right, bits: self.logs.bits(at, finding), share }
    }

    /// What a unit says of a comparison.
    fn said(&self, comparison: &Comparison, unit: usize) -> String {
        let texts = comparison.slots(&self.records).into_iter().map(|slot| self.records.said(slot, unit));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl crate::records::Records {
    /// What a unit says in a column, normalised.
    pub(crate) fn said(&self, slot: usize, unit: usize) -> String {
        match self.slots[slot].feature {
            Feature::Birth | Feature::Day => match self.id(slot, unit) {
                0 => String::new(),
                day => format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100),
            },
            Feature::Amount => {
                crate::compare::amount(self, slot, unit).map(|amount| amount.to_string()).unwrap_or_default()
            }
            _ => self.words(slot).get(self.id(slot, unit)).to_owned(),
        }
    }
}
