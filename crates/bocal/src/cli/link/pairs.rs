//! Pairs that were kept, with their weights.

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
pub(super) fn count(linkage: &Linkage, people: &[u32], review: f64) -> Kept {
    let mut kept = Kept::default();
    for pair in all(linkage, linkage.units(), review) {
        let counted = if are_together(people, pair.rows) { &mut kept.same } else { &mut kept.review };
        *counted += 1;
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

/// Whether two rows are in one group.
fn are_together(people: &[u32], (a, b): (u32, u32)) -> bool {
    people.get(a as usize) == people.get(b as usize)
}

/// Where pairs go.
pub(super) struct Sheet<'a> {
    pub(super) path: &'a Path,
    pub(super) delimiter: u8,
}

/// Writes the pairs at or above the probability of review: how both rows are called, the probability, what was decided, and
/// the weight of every field in bits; a field that one row lacks has no weight.
pub(super) fn write(
    linkage: &Linkage,
    people: &[u32],
    names: &Names,
    review: f64,
    sheet: &Sheet<'_>,
    to: &mut dyn Write,
    bar: &Bar,
) -> Outcome<Kept> {
    let failed = |error: csv::Error| unwritable(sheet.path)(io::Error::from(error));
    let mut out = csv::WriterBuilder::new().delimiter(sheet.delimiter).from_writer(to);
    let fields = linkage.fields();
    let mut header: Vec<&str> = vec!["id_a", "id_b", "probability", "decision"];
    header.extend(fields.iter().map(String::as_str));
    out.write_record(&header).map_err(failed)?;
    let mut kept = Kept::default();
    for pair in all(linkage, linkage.units(), review) {
        let together = are_together(people, pair.rows);
        let (decision, counted) =
            if together { ("same", &mut kept.same) } else { ("review", &mut kept.review) };
        *counted += 1;
        let (a, b) = pair.rows;
        let mut record = vec![
            names.get(a).to_owned(),
            names.get(b).to_owned(),
            format!("{:.6}", pair.probability),
            decision.to_owned(),
        ];
        let weights = linkage.bits(a, b).unwrap_or_default();
        record.extend(weights.iter().map(|bits| bits.map_or(String::new(), |bits| format!("{bits:.3}"))));
        out.write_record(&record).map_err(failed)?;
        if kept.all().is_multiple_of(4_096) {
            bar.tell("writing pairs", Unit::Things, kept.all(), kept.all());
        }
    }
    out.flush().map_err(unwritable(sheet.path))?;
    Ok(kept)
}
