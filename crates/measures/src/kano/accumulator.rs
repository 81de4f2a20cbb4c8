//! What a feature is to most customers, and how clearly.

use serde::Serialize;

use super::answer::{Category, Feeling, classify};
use crate::{Confidence, DefinitionId, Error, Interval, count, proportion};

/// One-sided 5 % quantile of the normal distribution, rounded as published (1.6449 exactly).
const FONG_Z: f64 = 1.65;

/// Answers by category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Must-be.
    #[serde(rename = "M")]
    pub must_be: u64,
    /// One-dimensional.
    #[serde(rename = "O")]
    pub one_dimensional: u64,
    /// Attractive.
    #[serde(rename = "A")]
    pub attractive: u64,
    /// Indifferent.
    #[serde(rename = "I")]
    pub indifferent: u64,
    /// Reverse.
    #[serde(rename = "R")]
    pub reverse: u64,
    /// Questionable.
    #[serde(rename = "Q")]
    pub questionable: u64,
}

impl Counts {
    /// Answers of one category.
    #[must_use]
    pub const fn of(&self, category: Category) -> u64 {
        match category {
            Category::MustBe => self.must_be,
            Category::OneDimensional => self.one_dimensional,
            Category::Attractive => self.attractive,
            Category::Indifferent => self.indifferent,
            Category::Reverse => self.reverse,
            Category::Questionable => self.questionable,
        }
    }

    const fn place(&mut self, category: Category) -> &mut u64 {
        match category {
            Category::MustBe => &mut self.must_be,
            Category::OneDimensional => &mut self.one_dimensional,
            Category::Attractive => &mut self.attractive,
            Category::Indifferent => &mut self.indifferent,
            Category::Reverse => &mut self.reverse,
            Category::Questionable => &mut self.questionable,
        }
    }

    const fn total(&self) -> u64 {
        self.must_be
            + self.one_dimensional
            + self.attractive
            + self.indifferent
            + self.reverse
            + self.questionable
    }

    /// The most frequent of some categories, the first of them when equal.
    fn largest(&self, among: &[Category]) -> Option<Category> {
        among.iter().copied().reduce(|best, next| if self.of(next) > self.of(best) { next } else { best })
    }
}

/// Gathers pairs of answers about one feature.
///
/// ```
/// use measures::{Confidence, kano::{Accumulator, Category, Feeling}};
/// let mut all = Accumulator::new();
/// all.push(Feeling::Like, Feeling::Neutral)?; // attractive
/// all.push(Feeling::Like, Feeling::Neutral)?;
/// all.push(Feeling::Neutral, Feeling::Dislike)?; // must-be
/// all.push(Feeling::Neutral, Feeling::Neutral)?; // indifferent
/// let summary = all.summary(Confidence::P95);
/// assert_eq!(summary.category, Some(Category::Attractive));
/// assert_eq!((summary.better, summary.worse), (Some(0.5), Some(-0.25))); // 2 of 4, 1 of 4
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accumulator {
    counts: Counts,
    missing: u64,
}

/// What one feature is to customers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Complete pairs of answers.
    pub n: u64,
    /// Pairs with a missing half, not in n.
    pub missing: u64,
    /// Pairs by category.
    pub counts: Counts,
    /// The most frequent category; ties go to M before O, A, I, R and Q. `None` without a pair.
    pub category: Option<Category>,
    /// The most frequent of M, O and A when they are more than I, R and Q together, else of these; ties as above.
    pub blauth: Option<Category>,
    /// (A + O) / (A + O + M + I), 0 to 1: how far having it satisfies. `None` when nobody is in these four.
    pub better: Option<f64>,
    /// Wilson's interval of `better`.
    pub better_ci_wilson: Option<Interval>,
    /// −(O + M) / (A + O + M + I), −1 to 0: how far lacking it dissatisfies.
    pub worse: Option<f64>,
    /// Wilson's interval of `worse`.
    pub worse_ci_wilson: Option<Interval>,
    /// By how many answers the two most frequent categories must differ to be told apart.
    pub fong_critical: Option<f64>,
    /// Whether they do.
    pub fong_distinct: Option<bool>,
    /// (most frequent − second) / n, 0 to 1: how clear the category is.
    pub category_strength: Option<f64>,
    /// (M + O + A) / n, 0 to 1: how many care at all.
    pub total_strength: Option<f64>,
}

impl Accumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("kano", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one customer's pair: with the feature, without it.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers.
    pub fn push(&mut self, with: Feeling, without: Feeling) -> Result<(), Error> {
        self.push_count(classify(with, without), 1)
    }

    /// Adds `times` pairs of one category, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers.
    pub fn push_count(&mut self, category: Category, times: u64) -> Result<(), Error> {
        count::add(self.n(), times)?;
        *self.counts.place(category) += times;
        Ok(())
    }

    /// Counts `times` pairs with a missing half; they change no figure.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the answers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        count::add(self.n(), other.n())?;
        self.missing = count::add(self.missing, other.missing)?;
        for category in Category::ALL {
            *self.counts.place(category) += other.counts.of(category);
        }
        Ok(())
    }

    /// Complete pairs so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.counts.total()
    }

    /// Category, coefficients, and how clear they are. Without a pair every figure is `None`.
    ///
    /// Formulas: better = (A + O) / (A + O + M + I), worse = −(O + M) / (A + O + M + I); with a and b the two largest
    /// counts, they are distinct when a − b ≥ 1.65 √((a + b)(2n − a − b) / (2n)).
    /// Sources: C. Berger et al., 1993, "Kano's methods for understanding customer-defined quality" (better and worse;
    /// R. Blauth's rule therein); D. Fong, 1996, "Using the self-stated importance questionnaire to interpret Kano
    /// questionnaire results"; M.-C. Lee & J. F. Newcomb, 1997, "Applying the Kano methodology to meet customer
    /// requirements: NASA's microgravity science program" (strengths).
    ///
    /// Not for an average over segments that want different things: classify each apart. Categories drift over time,
    /// from attractive to must-be. Many Q answers mean that the question was not understood.
    #[must_use]
    pub fn summary(&self, confidence: Confidence) -> Summary {
        let counts = &self.counts;
        let n = self.n() as f64;
        let some = self.n() > 0;
        let (liked, needed, cared) = (
            counts.attractive + counts.one_dimensional,
            counts.one_dimensional + counts.must_be,
            counts.attractive + counts.one_dimensional + counts.must_be,
        );
        let weighed = cared + counts.indifferent;
        let share = |x: u64| (weighed > 0).then(|| x as f64 / weighed as f64);
        let wilson = |x: u64| proportion::wilson(x, weighed, confidence).ok();
        let mut falling = Category::ALL.map(|category| counts.of(category));
        falling.sort_unstable_by(|a, b| b.cmp(a));
        let [first, second, ..] = falling.map(|count| count as f64);
        let critical = some.then(|| {
            let both = first + second;
            FONG_Z * (both * (2.0 * n - both) / (2.0 * n)).sqrt()
        });
        Summary {
            n: self.n(),
            missing: self.missing,
            counts: *counts,
            category: counts.largest(&Category::ALL).filter(|_| some),
            blauth: self.blauth().filter(|_| some),
            better: share(liked),
            better_ci_wilson: wilson(liked),
            // 0 − x, so that nothing is written as −0.
            worse: share(needed).map(|worse| 0.0 - worse),
            worse_ci_wilson: wilson(needed).map(|ci| Interval::new(0.0 - ci.high, 0.0 - ci.low)),
            fong_critical: critical,
            fong_distinct: critical.map(|critical| first - second >= critical),
            category_strength: some.then(|| (first - second) / n),
            total_strength: some.then(|| cared as f64 / n),
        }
    }

    fn blauth(&self) -> Option<Category> {
        let (caring, others) = Category::ALL.split_at(3);
        let sum = |categories: &[Category]| categories.iter().map(|c| self.counts.of(*c)).sum::<u64>();
        self.counts.largest(if sum(caring) > sum(others) { caring } else { others })
    }
}
