//! The whole way from records to people.

mod gather;
mod rivals;

pub(crate) use self::rivals::Rivals;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::block::{self, Blocking, Candidates};
use crate::cluster::Link;
use crate::compare::{Comparator, Pattern};
use crate::estimate::Weights;
use crate::evaluate::{Merge, ScoredPair};
use crate::model::{CheckedModel, Model};
use crate::observe::{self, Observed};
use crate::records::Records;
use crate::report::{KeyReport, Learning, Report};
use crate::score::Scorer;

/// What may be chosen.
///
/// ```
/// use linkage::columns::Kind;
/// use linkage::{Column, Intake, Linkage, Options};
///
/// let columns = [Column::new("name", Kind::WholeName), Column::new("phone", Kind::Phone)];
/// let rows = [["Yves Kerjean", "0612345678"], ["Y. Kerjean", "0612345678"], ["Anne Abgrall", "0298112233"]];
/// let records = || {
///     let mut intake = Intake::new(&[&columns]);
///     intake.push(0, rows.len(), &|row, column| rows[row][column]);
///     intake.finish()
/// };
/// let people = |options: &Options| Linkage::new(records(), options, None, &|_| ()).people(0.5).of_row;
/// assert_eq!(people(&Options::default()), [0, 0, 1]);
/// // The adviser knows that they are father and daughter.
/// assert_eq!(people(&Options { never: vec![(0, 1)], ..Options::default() }), [0, 1, 2]);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// When two files are linked: whether each record has at most one counterpart. Without a word it is so if the files
    /// hold few duplicates themselves.
    pub one_to_one: Option<bool>,
    /// Rows that are two people, whatever they look like, unless `always` says that they are one. Rows there are not are
    /// passed over.
    pub never: Vec<(u32, u32)>,
    /// Rows that are one person, whatever they look like.
    pub always: Vec<(u32, u32)>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Choosing and sorting keys.
    Block,
    /// Comparing pairs.
    Compare,
    /// Learning weights.
    Learn,
    /// Gathering records into people.
    Gather,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: u64,
    /// How much there is to do.
    pub all: u64,
}

/// Records with everything learnt about them: who is one person, how likely, and why. See the example of the
/// [crate](crate#from-rows-to-people).
pub struct Linkage {
    pub(crate) comparator: Comparator,
    pub(crate) weights: Weights,
    pub(crate) scorer: Scorer,
    /// Pairs that may be one person, the likeliest first.
    pub(crate) links: Vec<Link>,
    /// What the links competed for, where each record has one counterpart at most.
    pub(crate) rivals: Option<Rivals>,
    /// The unit of each row, once somebody asks for it.
    units: OnceLock<Vec<u32>>,
    /// The links that were taken, the likeliest first.
    merges: Vec<Merge>,
    pub(crate) keys: Vec<block::Key>,
    report: Report,
    learning: Learning,
}

/// Who is one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// Number of the person for each row as it was given; numbers go up with the first row of each.
    pub of_row: Vec<u32>,
    /// How many people.
    pub count: usize,
}

/// Pairs less likely than this are forgotten, in bits of odds (1 in 129).
pub(crate) const FLOOR: f64 = -7.0;

impl Linkage {
    /// Compares records, learns the weights or takes them from a model, and gathers the records into people.
    #[must_use]
    pub fn new(
        records: Records,
        options: &Options,
        model: Option<&CheckedModel>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Self {
        let tell = |stage, done, all| progress(Progress { stage, done, all });
        tell(Stage::Block, 0, 1);
        let comparator = Comparator::new(records);
        let records = &comparator.records;
        let candidates = Candidates::of(records);
        let entries = candidates.sorted.iter().map(|entries| entries.len() as u64).sum();
        let done = AtomicU64::new(0);
        let observed = observe::observe(&comparator, &candidates, &|some| {
            let before = done.fetch_add(some as u64, Ordering::Relaxed);
            tell(Stage::Compare, before + some as u64, entries);
        });
        // The entries are the largest part, and nobody asks for them again.
        let Candidates { blocking, .. } = candidates;
        tell(Stage::Learn, entries, entries);
        let weights = match model {
            Some(model) => Weights::of_model(&comparator, model),
            None => Weights::learnt(&comparator, &observed),
        };
        let learning = Learning::of(&weights, model, &comparator);
        let scorer = weights.scorer();
        let one_to_one =
            records.linking && options.one_to_one.unwrap_or_else(|| rivals::few_within(&scorer, &observed));
        tell(Stage::Gather, 0, 1);
        let (links, rivals) = links(records, &observed, &scorer, one_to_one);
        let report = report(&blocking, &observed, &links, one_to_one, records);
        let gathered = gather::merges(&comparator, &scorer, &links, options, one_to_one);
        tell(Stage::Gather, 1, 1);
        let keys = blocking.keys;
        Self {
            comparator,
            weights,
            scorer,
            links,
            rivals,
            units: OnceLock::new(),
            merges: gathered,
            keys,
            report,
            learning,
        }
    }

    /// The records.
    #[must_use]
    pub const fn records(&self) -> &Records {
        &self.comparator.records
    }

    /// The records, and everything they were compared by.
    #[must_use]
    pub const fn comparator(&self) -> &Comparator {
        &self.comparator
    }

    /// What was learnt, or taken from a model.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Gathers rows into people: all links from this probability on are taken. A higher threshold only ever splits
    /// what a lower one holds together. Pairs less likely than 1 in 129 are forgotten beforehand.
    #[must_use]
    pub fn people(&self, threshold: f64) -> People {
        gather::people(self.comparator.records.rows(), &self.merges, threshold)
    }

    /// The links that make people, the likeliest first; each joins the groups of two rows.
    #[must_use]
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Pairs at least so likely, and likelier than 1 in 129, the likeliest first. Rows that say the same stand for each other:
    /// one pair is given for them, and none between them; [`Linkage::merges`] has those.
    pub fn pairs(&self, least: f64) -> impl Iterator<Item = ScoredPair> {
        let records = &self.comparator.records;
        let first = |unit: u32| records.rows_of(unit as usize).first().copied().unwrap_or(0);
        self.links
            .iter()
            .map(move |link| ScoredPair {
                rows: (first(link.a).min(first(link.b)), first(link.a).max(first(link.b))),
                probability: probability(link.weight),
            })
            .take_while(move |pair| pair.probability >= least)
    }

    /// The unit of each row: rows that say the same have the same.
    #[must_use]
    pub fn unit_of_row(&self) -> &[u32] {
        self.units.get_or_init(|| self.comparator.records.unit_of_row())
    }

    /// What was learnt, to be used again. It holds no value of any record.
    #[must_use]
    pub fn model(&self) -> Model {
        self.weights.model(&self.comparator)
    }

    /// What an index is made of.
    pub(crate) fn into_parts(self) -> (Comparator, Weights, Vec<block::Key>) {
        (self.comparator, self.weights, self.keys)
    }

    /// How the work went.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// Where the weights come from.
    #[must_use]
    pub const fn learning(&self) -> &Learning {
        &self.learning
    }
}

impl Learning {
    fn of(weights: &Weights, model: Option<&CheckedModel>, comparator: &Comparator) -> Self {
        let here = comparator.fields();
        let there: Vec<String> = match model {
            Some(model) => model.as_ref().fields.iter().map(|field| field.field.clone()).collect(),
            None => here.clone(),
        };
        let missing = |from: &[String], of: &[String]| -> Vec<String> {
            of.iter().filter(|field| !from.contains(field)).cloned().collect()
        };
        let (not_in_model, only_in_model) = (missing(&there, &here), missing(&here, &there));
        Self { from: weights.source(), not_in_model, only_in_model }
    }
}

impl std::fmt::Debug for Linkage {
    /// Counts alone: what records say is nobody's to read in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Linkage").field("report", &self.report).finish_non_exhaustive()
    }
}

/// Pairs that are likely enough, the likeliest first; and what they competed for, if they did.
fn links(
    records: &Records,
    observed: &Observed,
    scorer: &Scorer,
    one_to_one: bool,
) -> (Vec<Link>, Option<Rivals>) {
    // Two who have nothing in common that could be compared are no candidates, however rare strangers are.
    let weight = |pattern: &Pattern| {
        if pattern.is_silent(scorer.len()) { f64::NEG_INFINITY } else { scorer.score(pattern).weight }
    };
    let scores: Vec<f64> = observed.patterns.iter().map(weight).collect();
    let least = if one_to_one { rivals::LEAST } else { FLOOR };
    let weighed = observed.pairs.iter().map(|pair| Link {
        a: pair.a,
        b: pair.b,
        weight: scores[pair.pattern as usize],
    });
    let mut links: Vec<Link> = weighed.filter(|link| link.weight >= least).collect();
    let rivals = one_to_one.then(|| {
        // Pairs come in the order in which threads finished; sums of odds must not.
        links.sort_unstable_by_key(|link| (link.a, link.b));
        let rivals = Rivals::of(&links, records);
        links.iter_mut().for_each(|link| link.weight = rivals.weight(link.a, link.b, link.weight));
        links.retain(|link| link.weight >= FLOOR);
        rivals
    });
    links.sort_unstable_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    (links, rivals)
}

fn report(
    blocking: &Blocking,
    observed: &Observed,
    links: &[Link],
    one_to_one: bool,
    records: &Records,
) -> Report {
    let keys = blocking.named_keys().zip(&observed.by_key);
    let keys = keys.map(|(parts, &pairs)| KeyReport { parts, pairs }).collect();
    let likely = links.iter().take_while(|link| link.weight >= 0.0);
    let (mut found, mut once, mut twice) = (0, 0, 0);
    for link in likely {
        found += 1;
        match blocking.shared(link.a as usize, link.b as usize) {
            1 => once += 1,
            2 => twice += 1,
            _ => {}
        }
    }
    let missed_share = if blocking.is_every_pair() { Some(0.0) } else { Report::missed(found, once, twice) };
    Report {
        rows: records.rows() as u64,
        distinct_rows: records.units() as u64,
        pairs_compared: observed.pairs.len() as u64,
        keys,
        pairs_left_out: blocking.left_out,
        missed_share,
        one_to_one,
    }
}

/// Probability of a weight in bits.
pub(crate) fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}
