//! Why two rows are, or are not, one person.

use std::collections::HashMap;

use crate::compare::{Comparison, MISSING};
use crate::link::{Linkage, Rivals, probability};
use crate::records::Feature;
use crate::score::Score;

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
    /// Probability that they are two people of one name who are nothing to each other.
    pub namesake: f64,
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
    /// Two people of one name who are nothing to each other.
    Namesakes,
}

impl Alternative {
    fn of(score: &Score) -> Self {
        let Score { person, household, kin, namesake, .. } = *score;
        let strangers = 1.0 - person - household - kin - namesake;
        let kinds = [
            (Self::Strangers, strangers),
            (Self::Namesakes, namesake),
            (Self::Relatives, kin),
            (Self::Household, household),
        ];
        let likelier = |best: (Self, f64), kind: (Self, f64)| if kind.1 > best.1 { kind } else { best };
        kinds.into_iter().fold((Self::Strangers, 0.0), likelier).0
    }
}

impl Linkage {
    /// Explains a pair of rows, whether blocking brought them together or not; `None` for a row there is not.
    ///
    /// ```
    /// # use linkage::columns::Kind;
    /// # use linkage::{Column, Intake, Linkage, Options};
    /// # let columns = [Column::new("name", Kind::WholeName), Column::new("phone", Kind::Phone)];
    /// # let rows = [["Jean Kerjean", "0612345678"], ["Sophie Martin", "06 12 34 56 78"]];
    /// # let mut intake = Intake::new(&[&columns]);
    /// # intake.push(0, rows.len(), &|row, column| rows[row][column]);
    /// # let linkage = Linkage::new(intake.finish(), &Options::default(), None, &|_| ());
    /// let why = linkage.explain(0, 1).ok_or("no such row")?;
    /// for finding in &why.findings {
    ///     println!("{}: {} ({} / {}), {:+.1} bits", finding.field, finding.level, finding.left, finding.right, finding.bits);
    /// }
    /// let parts = why.before + why.findings.iter().map(|finding| finding.bits).sum::<f64>() + why.family + why.rivals;
    /// assert!((parts - why.weight).abs() < 1e-9);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn explain(&self, row_a: u32, row_b: u32) -> Option<Explanation> {
        let units = self.unit_of_row();
        let (a, b) = (*units.get(row_a as usize)? as usize, *units.get(row_b as usize)? as usize);
        let pattern = self.comparator.pattern(a, b);
        let score = self.scorer.score(&pattern);
        let before = self.scorer.before();
        let findings: Vec<FieldFinding> =
            (0..self.comparator.comparisons.len()).map(|at| self.finding(at, a, b)).collect();
        let strangers = before + findings.iter().map(|finding| finding.bits).sum::<f64>();
        let among = |rivals: &Rivals| rivals.weight(a as u32, b as u32, score.weight) - score.weight;
        let apart = self.comparator.records.file(a) != self.comparator.records.file(b);
        let rivals = self.rivals.as_ref().filter(|_| apart).map_or(0.0, among);
        let alternative = Alternative::of(&score);
        let probability = probability(score.weight + rivals);
        // What rivals take from one person, or give, the others have more of, or less.
        let rest = (1.0 - probability) / (1.0 - score.person).max(1e-300);
        let other = |share: f64| (share * rest).min(1.0 - probability);
        Some(Explanation {
            probability,
            weight: score.weight + rivals,
            before,
            findings,
            family: (score.weight - strangers).min(0.0),
            rivals,
            alternative,
            household: other(score.household),
            kin: other(score.kin),
            namesake: other(score.namesake),
        })
    }

    /// Bits of each comparison for a pair of rows, in the order of [`Linkage::fields`], each `None` without evidence; nothing
    /// for a row there is not.
    #[must_use]
    pub fn bits(&self, row_a: u32, row_b: u32) -> Option<Vec<Option<f64>>> {
        let units = self.unit_of_row();
        let (a, b) = (*units.get(row_a as usize)? as usize, *units.get(row_b as usize)? as usize);
        let bits = |(at, comparison): (usize, &Comparison)| {
            let finding = comparison.compare(&self.comparator.records, a, b);
            (finding.level != MISSING).then(|| self.scorer.bits(at, finding))
        };
        Some(self.comparator.comparisons.iter().enumerate().map(bits).collect())
    }

    /// How likely two rows that say the same in all that is evidence are held for one person, as [`Linkage::merges`] has
    /// it: copies to the letter are one person whatever an explanation weighs. `None` for other rows.
    #[must_use]
    pub fn of_copies(&self, row_a: u32, row_b: u32) -> Option<f64> {
        let units = self.unit_of_row();
        let unit = *units.get(row_a as usize)?;
        if row_a == row_b || units.get(row_b as usize) != Some(&unit) {
            return None;
        }
        let mut group: HashMap<u32, u32> =
            self.comparator.records.rows_of(unit as usize).iter().map(|&row| (row, row)).collect();
        // The likeliest first: the one that brings the two together is the weakest they need.
        for merge in self.merges() {
            let (Some(&a), Some(&b)) = (group.get(&merge.a), group.get(&merge.b)) else { continue };
            group.values_mut().filter(|group| **group == a).for_each(|group| *group = b);
            if group.get(&row_a) == group.get(&row_b) {
                return Some(merge.probability);
            }
        }
        None
    }

    /// How many rows agree with this one in a piece of evidence, by its place in [`Linkage::fields`], as it agrees with
    /// itself; it is one of them. `None` where it says nothing.
    #[must_use]
    pub fn rows_like(&self, row: u32, field: usize) -> Option<u64> {
        let comparison = self.comparator.comparisons.get(field)?;
        let units = 0..self.comparator.records.units();
        let own = units.clone().find(|&unit| self.comparator.records.rows_of(unit).contains(&row))?;
        let level = |unit: usize| comparison.compare(&self.comparator.records, own, unit).level;
        let itself = level(own);
        let like = units.filter(|&unit| unit == own || level(unit) == itself);
        (itself != MISSING).then(|| like.map(|unit| self.comparator.records.weight(unit) as u64).sum())
    }

    /// Names of the comparisons.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        self.comparator.fields()
    }

    fn finding(&self, at: usize, a: usize, b: usize) -> FieldFinding {
        let comparison = &self.comparator.comparisons[at];
        let finding = comparison.compare(&self.comparator.records, a, b);
        let (left, right) = (self.said(comparison, a), self.said(comparison, b));
        let field = comparison.name(&self.comparator.records);
        let Some(level) = comparison.levels().get(finding.level as usize) else {
            return FieldFinding { field, level: "missing", left, right, bits: 0.0 };
        };
        FieldFinding { field, level: level.name, left, right, bits: self.scorer.bits(at, finding) }
    }

    /// What a unit says of a comparison.
    fn said(&self, comparison: &Comparison, unit: usize) -> String {
        let texts = comparison
            .slots(&self.comparator.records)
            .into_iter()
            .map(|slot| self.comparator.records.said(slot, unit));
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
