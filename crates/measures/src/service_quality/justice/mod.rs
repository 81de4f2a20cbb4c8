//! How fairly customers felt treated when something had gone wrong.

mod means;

use serde::Serialize;

use self::means::{Answered, Means};
use crate::{Confidence, DefinitionId, Error, Interval, Scale};

/// Most items a kind of justice may have.
const MOST_ITEMS: usize = 100;
/// Most customers: keeps n·Σx² below 2¹²⁸ for 200 items on the widest scale.
const MOST_CUSTOMERS: u64 = 1 << 40;
/// Names of the four kinds, in the order of [`Response`].
const KINDS: [&str; 4] = ["distributive", "procedural", "interpersonal", "informational"];

/// A questionnaire on perceived justice: its scale, and how many items ask for each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Questionnaire {
    scale: Scale,
    items: [usize; 4],
}

impl Questionnaire {
    /// A questionnaire; a kind nobody is asked about has 0 items.
    ///
    /// # Errors
    /// `out_of_range` above 100 items of a kind.
    pub fn new(
        scale: Scale,
        distributive: usize,
        procedural: usize,
        interpersonal: usize,
        informational: usize,
    ) -> Result<Self, Error> {
        let items = [distributive, procedural, interpersonal, informational];
        for n in items {
            if n > MOST_ITEMS {
                return Err(Error::out_of_range("items of a kind of justice", n as f64, "at most 100"));
            }
        }
        Ok(Self { scale, items })
    }
}

/// What one customer answered; `None` is unanswered. High is fair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response<'a> {
    /// Fairness of what was obtained, beside the harm.
    pub distributive: &'a [Option<i64>],
    /// Fairness of how it was dealt with: delay, being heard, rules.
    pub procedural: &'a [Option<i64>],
    /// Fairness of manners: respect, concern.
    pub interpersonal: &'a [Option<i64>],
    /// Fairness of explanations: cause given, kept informed.
    pub informational: &'a [Option<i64>],
}

/// Gathers answers about perceived justice. Sums are whole numbers, so the order of answers and merges changes
/// nothing.
///
/// ```
/// use measures::{Confidence, Scale};
/// use measures::service_quality::{JusticeAccumulator, JusticeQuestionnaire, JusticeResponse};
/// let questionnaire = JusticeQuestionnaire::new(Scale::ONE_TO_SEVEN, 2, 2, 1, 1)?;
/// let mut all = JusticeAccumulator::new(questionnaire);
/// all.push(&JusticeResponse {
///     distributive: &[Some(6), Some(7)],
///     procedural: &[Some(4), None],
///     interpersonal: &[Some(7)],
///     informational: &[Some(2)],
/// })?;
/// let scores = all.summary(Confidence::P95)?;
/// assert_eq!(scores.distributive.mean, Some(6.5)); // (6 + 7) / 2
/// assert_eq!((scores.procedural.mean, scores.procedural.missing), (Some(4.0), 1));
/// assert_eq!(scores.interactional.mean, Some(4.5)); // (7 + 2) / 2
/// assert_eq!(scores.weakest, ["informational"]);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accumulator {
    questionnaire: Questionnaire,
    n: u64,
    empty: u64,
    /// The four kinds, then interpersonal and informational together.
    kinds: [Means; 5],
}

/// Perceived justice of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Customers with at least one answered item of this kind.
    pub n: u64,
    /// Items of this kind left unanswered, of all customers.
    pub missing: u64,
    /// Mean over customers of the mean of their answered items, on the scale; `None` without one.
    pub mean: Option<f64>,
    /// Mean carried to 0–100: 100 × (mean − min) / (max − min).
    pub index_0_100: Option<f64>,
    /// Standard deviation between customers, with n − 1; `None` with fewer than two.
    pub sd: Option<f64>,
    /// mean ± t·sd/√n with n − 1 degrees of freedom; may pass the scale when customers are few.
    pub ci_mean_t: Option<Interval>,
}

/// Perceived justice by kind. There is no total on purpose: it would hide which kind to repair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Customers with at least one answer.
    pub n: u64,
    /// Customers without one.
    pub empty: u64,
    /// Of what was obtained.
    pub distributive: Score,
    /// Of how it was dealt with.
    pub procedural: Score,
    /// Of the treatment: answered items of interpersonal and informational justice together.
    pub interactional: Score,
    /// Of manners.
    pub interpersonal: Score,
    /// Of explanations.
    pub informational: Score,
    /// Kinds with the lowest mean, of the four that do not overlap: several when equal.
    pub weakest: Vec<&'static str>,
}

impl Accumulator {
    /// Formula and version of this measure; the questionnaire is part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("justice", 1);

    /// An empty accumulator for one questionnaire.
    #[must_use]
    pub fn new(questionnaire: Questionnaire) -> Self {
        Self { questionnaire, n: 0, empty: 0, kinds: Default::default() }
    }

    /// Adds one customer.
    ///
    /// # Errors
    /// `bad_shape` when the numbers of items are not those of the questionnaire; `out_of_range` for an answer off the
    /// scale, or above 2⁴⁰ customers. Nothing is added then.
    pub fn push(&mut self, response: &Response<'_>) -> Result<(), Error> {
        let Response { distributive, procedural, interpersonal, informational } = *response;
        let kinds = [distributive, procedural, interpersonal, informational];
        if kinds.map(<[_]>::len) != self.questionnaire.items {
            return Err(Error::BadShape { what: "the answers do not match the items of the questionnaire" });
        }
        let scale = self.questionnaire.scale;
        let mut sums = [Answered::default(); 5];
        for (sum, answers) in sums.iter_mut().zip(kinds) {
            *sum = Answered::of(answers, scale)?;
        }
        let [.., interpersonal, informational, interactional] = &mut sums;
        *interactional = interpersonal.and(*informational);
        self.room_for(1)?;
        if sums.iter().all(|sum| sum.items == 0) {
            self.empty += 1
        } else {
            self.n += 1
        }
        for (kind, sum) in self.kinds.iter_mut().zip(sums) {
            kind.push(sum);
        }
        Ok(())
    }

    /// Takes over the customers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the questionnaires differ; `out_of_range` above 2⁴⁰ customers. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.questionnaire != other.questionnaire {
            return Err(Error::BadShape { what: "answers of two different questionnaires cannot be merged" });
        }
        self.room_for(other.n + other.empty)?;
        self.n += other.n;
        self.empty += other.empty;
        for (mine, theirs) in self.kinds.iter_mut().zip(&other.kinds) {
            mine.merge(theirs);
        }
        Ok(())
    }

    fn room_for(&self, more: u64) -> Result<(), Error> {
        let n = self.n + self.empty + more;
        if n > MOST_CUSTOMERS {
            return Err(Error::out_of_range("customers", n as f64, "at most 2^40"));
        }
        Ok(())
    }

    /// Scores by kind.
    ///
    /// Formulas: a customer's score is the mean of his answered items of the kind, the kind's score the mean over
    /// customers; index = 100 (mean − min) / (max − min).
    /// Sources: J. A. Colquitt, 2001, "On the dimensionality of organizational justice: a construct validation of a
    /// measure" (four kinds); S. S. Tax, S. W. Brown & M. Chandrashekaran, 1998, "Customer evaluations of service
    /// complaint experiences: implications for relationship marketing" (complaints).
    ///
    /// Not for ranking kinds by importance: which weighs most depends on outcome and setting. Not before the case is
    /// closed. Customers who did not answer may have felt otherwise.
    ///
    /// # Errors
    /// `empty_sample` without an answer.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        if self.n == 0 {
            return Err(Error::EmptySample);
        }
        let scale = self.questionnaire.scale;
        let scores = self.kinds.each_ref().map(|kind| kind.score(scale, confidence));
        let [distributive, procedural, interpersonal, informational, interactional] = scores;
        let means = [distributive, procedural, interpersonal, informational].map(|score| score.mean);
        let lowest = means.into_iter().flatten().min_by(f64::total_cmp);
        let weakest = KINDS.into_iter().zip(means).filter(|(_, mean)| lowest.is_some() && *mean == lowest);
        Ok(Summary {
            n: self.n,
            empty: self.empty,
            distributive,
            procedural,
            interactional,
            interpersonal,
            informational,
            weakest: weakest.map(|(kind, _)| kind).collect(),
        })
    }
}
