//! Pairs that were kept, with their weights.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;

use linkage::{Linkage, ScoredPair};

use super::progress::{Bar, Unit};
use super::stop::{Outcome, unwritable};
use super::take::Names;

/// Pairs that were kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Of rows that were taken for one person.
    pub(super) same: u64,
    /// That a person should look at.
    pub(super) review: u64,
}

impl Kept {
    /// All of them.
    pub(super) const fn all(self) -> u64 {
        self.same + self.review
    }
}

/// Counts the pairs at or above the probability of review.
pub(super) fn count(linkage: &Linkage, people: &[u32], never: &[(u32, u32)], review: f64) -> Kept {
    let mut kept = Kept::default();
    let units = linkage.unit_of_row();
    let settled = Settled::of(never, units);
    for pair in all(linkage, units, review) {
        match settled.decision(people, pair.rows) {
            Decision::Same => kept.same += 1,
            Decision::Review => kept.review += 1,
            Decision::Different => {}
        }
    }
    kept
}

/// Pairs at least so likely, the likeliest first. Rows that say the same stand for each other in pairs with other rows: a pair
/// of each with the one before it is added.
fn all(linkage: &Linkage, units: &[u32], least: f64) -> impl Iterator<Item = ScoredPair> {
    let unit = |row: u32| units.get(row as usize);
    let copies = linkage.merges().iter().filter(move |merge| unit(merge.a) == unit(merge.b));
    let copies = copies.take_while(move |copy| copy.probability >= least);
    let mut copies = copies
        .map(|copy| {
            let rows = (copy.a.min(copy.b), copy.a.max(copy.b));
            ScoredPair { rows, probability: copy.probability }
        })
        .peekable();
    let mut pairs = linkage.pairs(least).peekable();
    std::iter::from_fn(move || {
        let copy = copies.peek().map(|copy| copy.probability);
        let is_copy = copy.is_some_and(|copy| pairs.peek().is_none_or(|pair| pair.probability <= copy));
        if is_copy { copies.next() } else { pairs.next() }
    })
}

/// What was decided of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Same,
    Review,
    /// Somebody said so.
    Different,
}

/// Pairs that somebody parted: nobody needs to look at them again.
struct Settled<'a> {
    units: &'a [u32],
    never: HashSet<(u32, u32)>,
}

impl<'a> Settled<'a> {
    fn of(never: &[(u32, u32)], units: &'a [u32]) -> Self {
        Self { units, never: never.iter().map(|&rows| said(units, rows)).collect() }
    }

    fn decision(&self, people: &[u32], rows: (u32, u32)) -> Decision {
        match people.get(rows.0 as usize) == people.get(rows.1 as usize) {
            true => Decision::Same,
            false if self.never.contains(&said(self.units, rows)) => Decision::Different,
            false => Decision::Review,
        }
    }
}

/// What two rows say, by number; rows that say the same stand for each other.
pub(super) fn said(units: &[u32], (a, b): (u32, u32)) -> (u32, u32) {
    let unit = |row: u32| units.get(row as usize).copied().unwrap_or(row);
    (unit(a).min(unit(b)), unit(a).max(unit(b)))
}

/// Where pairs go.
pub(super) struct Sheet<'a> {
    pub(super) path: &'a Path,
    pub(super) delimiter: u8,
    /// What the files are called, and how many rows the first has.
    pub(super) files: &'a [String],
    pub(super) first_rows: usize,
    /// Pairs that the person parted.
    pub(super) never: &'a [(u32, u32)],
    /// Probability from which a pair is kept.
    pub(super) review: f64,
}

impl Sheet<'_> {
    /// The file of a row, where there are two.
    fn source(&self, row: u32) -> Option<&str> {
        let file = usize::from(row as usize >= self.first_rows);
        self.files.get(file).filter(|_| self.files.len() > 1).map(String::as_str)
    }
}

/// Writes the pairs at or above the probability of review: how both rows are called, the probability, what was decided, the
/// files where there are two, and the weight of every field in bits; a field that one row lacks has no weight.
pub(super) fn write(
    linkage: &Linkage,
    people: &[u32],
    names: &Names,
    sheet: &Sheet<'_>,
    to: &mut dyn Write,
    bar: &Bar,
) -> Outcome<Kept> {
    let failed = |error: csv::Error| unwritable(sheet.path)(io::Error::from(error));
    let mut out = csv::WriterBuilder::new().delimiter(sheet.delimiter).from_writer(to);
    let fields = linkage.fields();
    let mut header: Vec<&str> = vec!["id_a", "id_b", "probability", "decision"];
    if sheet.files.len() > 1 {
        header.extend(["source_a", "source_b"]);
    }
    header.extend(fields.iter().map(String::as_str));
    out.write_record(&header).map_err(failed)?;
    let units = linkage.unit_of_row();
    let settled = Settled::of(sheet.never, units);
    let (mut kept, mut written) = (Kept::default(), 0_u64);
    for pair in all(linkage, units, sheet.review) {
        let decision = match settled.decision(people, pair.rows) {
            Decision::Same => {
                kept.same += 1;
                "same"
            }
            Decision::Review => {
                kept.review += 1;
                "review"
            }
            Decision::Different => "different",
        };
        let (a, b) = pair.rows;
        let mut record = vec![
            names.get(a).to_owned(),
            names.get(b).to_owned(),
            format!("{:.6}", pair.probability),
            decision.to_owned(),
        ];
        record.extend([a, b].into_iter().filter_map(|row| sheet.source(row)).map(str::to_owned));
        let weights = linkage.bits(a, b).unwrap_or_default();
        record.extend(weights.iter().map(|bits| bits.map_or(String::new(), |bits| format!("{bits:.3}"))));
        out.write_record(&record).map_err(failed)?;
        written += 1;
        if written.is_multiple_of(4_096) {
            bar.tell("link-stage-pairs", Unit::Things, written, 0);
        }
    }
    out.flush().map_err(unwritable(sheet.path))?;
    Ok(kept)
}
