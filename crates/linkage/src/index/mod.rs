//! An indexed set of records that new rows are held against, one by one: meant for imports and for a customer who is being typed in.

mod later;
mod postings;

use self::postings::{Postings, Units};
use crate::block::{Part, Parts};
use crate::compare::Comparator;
use crate::error::Error;
use crate::link::{Linkage, probability};
use crate::records::{Column, Intake};
use crate::score::Scorer;

/// Candidates that are compared for one row at most; those of the rarest keys come first.
const CANDIDATES: usize = 2_000;

/// What somebody types is most often one of these alone.
const SURE: [Part; 7] = [
    Part::Names,
    Part::Family,
    Part::Email,
    Part::Phone,
    Part::Identifier(0),
    Part::Identifier(1),
    Part::Identifier(2),
];

/// Everything else that may tell alone.
const ANY: [Part; 15] = [
    Part::Birth,
    Part::Address,
    Part::Way,
    Part::EmailName,
    Part::FamilyStart,
    Part::Given,
    Part::Text(0),
    Part::Text(1),
    Part::TextStart(0),
    Part::TextStart(1),
    Part::Amount(0),
    Part::Day(0),
    Part::Postal,
    Part::City,
    Part::BirthDay,
];

/// Records that can be searched, added to and taken from.
///
/// Weights and frequencies stay those that were learnt when the index was made, and what removed rows said is kept until
/// then: after it has grown by half, or as much was removed, make it anew. A number given by someone else (a customer number)
/// counts even if no two of the first records share one.
///
/// ```
/// use linkage::columns::Kind;
/// use linkage::{Column, Index, Intake, Linkage, Options};
///
/// let columns = [Column::new("name", Kind::WholeName), Column::new("phone", Kind::Phone)];
/// let rows = [["Jean Kerjean", "0612345678"], ["Sophie Martin", "0298112233"]];
/// let mut intake = Intake::new(&[&columns]);
/// intake.push(0, rows.len(), &|row, column| rows[row][column]);
///
/// let linkage = Linkage::new(intake.finish(), &Options::default(), None, &|_progress| ());
/// let mut index = Index::new(linkage, &columns)?;
/// let found = index.search(&[vec!["KERJEAN Jean", ""]], 0.0, 10);
/// assert_eq!(found[0][0].row, 0);
/// # Ok::<(), linkage::Error>(())
/// ```
pub struct Index {
    comparator: Comparator,
    scorer: Scorer,
    columns: Vec<Column>,
    postings: Vec<Postings>,
    /// The unit of each row, if the row is still there.
    units: Vec<Option<u32>>,
    /// Rows of each unit.
    rows: Vec<Vec<u32>>,
}

/// A row that may be the same person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The row: its position among those given, then among those added.
    pub row: u32,
    /// Probability that it is the same person, 0 to 1.
    pub probability: f64,
}

impl Index {
    /// Indexes the records of one file, whose columns were these.
    ///
    /// # Errors
    /// [`Error::BadShape`] for records of two files, and for columns that are not those the records were read from.
    pub fn new(linkage: Linkage, columns: &[Column]) -> Result<Self, Error> {
        let (mut comparator, mut weights, mut keys) = linkage.into_parts();
        let Comparator { records, comparisons } = &mut comparator;
        if records.linking {
            return Err(Error::bad_shape("an index is made of the records of one file"));
        }
        if Intake::new(&[columns]).in_order().features() != records.features() {
            return Err(Error::bad_shape("the columns are not those the records were read from"));
        }
        let parts = Parts::of(records);
        let few = keys.iter().any(Vec::is_empty);
        keys.retain(|key| !key.is_empty());
        // Where every pair was compared no key was chosen; what is added may yet be much.
        let more: &[Part] = if few || keys.is_empty() { &ANY } else { &[] };
        for part in SURE.iter().chain(more) {
            let key = vec![*part];
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        later::add(records, comparisons, &mut weights);
        let scorer = weights.scorer();
        let postings = keys.into_iter().map(|key| Postings::new(key, &parts, records.units())).collect();
        let units = records.unit_of_row().into_iter().map(Some).collect();
        let rows = (0..records.units()).map(|unit| records.rows_of(unit).to_vec()).collect();
        Ok(Self { comparator, scorer, columns: columns.to_vec(), postings, units, rows })
    }

    /// How many rows it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.iter().flatten().count()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows that may be the same person as these, for each: at least so likely, the likeliest first, `most` at most.
    /// Cells stand in the order of the columns; what is not known is empty.
    pub fn search(&mut self, rows: &[Vec<&str>], least: f64, most: usize) -> Vec<Vec<Found>> {
        let probes = self.probes(rows);
        let found = (0..rows.len()).map(|row| self.found(&probes, row, least, most)).collect();
        let Comparator { records, comparisons } = &mut self.comparator;
        records.forget(probes.first, &probes.lengths);
        comparisons.iter_mut().for_each(|comparison| comparison.shrink(records));
        found
    }

    /// Adds rows; each is held against those before it, as [`Index::search`] does, and gets the next number.
    pub fn add(&mut self, rows: &[Vec<&str>], least: f64, most: usize) -> Vec<Vec<Found>> {
        let probes = self.probes(rows);
        let mut found = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            found.push(self.found(&probes, row, least, most));
            let unit = (probes.first + row) as u32;
            for &(at, hash) in &probes.hashes[row] {
                self.postings[at].add(hash, unit);
            }
            self.rows.push(vec![self.units.len() as u32]);
            self.units.push(Some(unit));
        }
        found
    }

    /// Takes a row out; whether it was there.
    pub fn remove(&mut self, row: u32) -> bool {
        let Some(unit) = self.units.get_mut(row as usize).and_then(Option::take) else { return false };
        let Some(rows) = self.rows.get_mut(unit as usize) else { return false };
        rows.retain(|other| *other != row);
        if rows.is_empty() {
            *rows = Vec::new();
            let alone = self.comparator.records.alone(unit as usize);
            for (at, hash) in self.hashes(&Parts::of(&alone), 1).into_iter().flatten() {
                self.postings[at].remove(hash, unit);
            }
        }
        true
    }

    /// Normalises rows and puts them behind the others, without entering them anywhere.
    fn probes(&mut self, rows: &[Vec<&str>]) -> Probes {
        let mut intake = Intake::new(&[&self.columns]);
        intake.push(0, rows.len(), &|row, column| rows[row].get(column).copied().unwrap_or(""));
        let small = intake.in_order();
        let Comparator { records, comparisons } = &mut self.comparator;
        let lengths = records.lengths();
        let first = records.append(&small);
        comparisons.iter_mut().for_each(|comparison| comparison.grow(records));
        Probes { first, lengths, hashes: self.hashes(&Parts::of(&small), rows.len()) }
    }

    /// The hashes of each row, each with the postings it belongs to.
    fn hashes(&self, parts: &Parts, rows: usize) -> Vec<Vec<(usize, u32)>> {
        let mut hashes = vec![Vec::new(); rows];
        for (at, postings) in self.postings.iter().enumerate() {
            for way in parts.ways(&postings.key) {
                for (row, hashes) in hashes.iter_mut().enumerate() {
                    let hash = (at, Parts::key(&way, row));
                    if hash.1 != 0 && !hashes.contains(&hash) {
                        hashes.push(hash);
                    }
                }
            }
        }
        hashes
    }

    fn found(&self, probes: &Probes, row: usize, least: f64, most: usize) -> Vec<Found> {
        let unit = probes.first + row;
        let mut found: Vec<Found> = Vec::new();
        for candidate in self.candidates(&probes.hashes[row]) {
            let pattern = self.comparator.pattern(unit, candidate as usize);
            let likely = probability(self.scorer.score(&pattern).weight);
            if likely >= least {
                let rows = self.rows.get(candidate as usize).into_iter().flatten();
                found.extend(rows.map(|&row| Found { row, probability: likely }));
            }
        }
        found.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.row.cmp(&b.row)));
        found.truncate(most);
        found
    }

    /// Units that share a hash with a row, each once.
    fn candidates(&self, hashes: &[(usize, u32)]) -> Vec<u32> {
        let mut lists: Vec<Units<'_>> =
            hashes.iter().map(|&(at, hash)| self.postings[at].get(hash)).collect();
        lists.sort_by_key(Units::len);
        let mut candidates: Vec<u32> = Vec::new();
        for list in lists {
            if candidates.len() + list.len() > CANDIDATES && !candidates.is_empty() {
                break;
            }
            candidates.extend(list.newest_first().take(CANDIDATES));
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

impl std::fmt::Debug for Index {
    /// Counts alone: what rows say is nobody's to read in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("rows", &self.len()).finish_non_exhaustive()
    }
}

/// New rows, normalised.
struct Probes {
    /// Unit of the first.
    first: usize,
    /// How many texts each dictionary had before.
    lengths: Vec<usize>,
    /// The hashes of each, each with the postings it belongs to.
    hashes: Vec<Vec<(usize, u32)>>,
}
