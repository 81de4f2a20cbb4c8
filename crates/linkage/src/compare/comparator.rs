//! Records, and everything they can be compared by.

use super::{Comparison, Pattern};
use crate::records::Records;

/// Records, and everything they can be compared by. Records that say the same are held once, as a *unit*; units are what is
/// compared ([`Records::rows_of`] gives the rows of each).
///
/// ```
/// use linkage::columns::Kind;
/// use linkage::compare::Comparator;
/// use linkage::{Column, Intake};
///
/// let columns = [Column::new("name", Kind::WholeName), Column::new("born", Kind::BirthDate)];
/// let rows = [["Jean Kerjean", "1971-06-24"], ["KERJEAN, J.", "24/06/1971"]];
/// let mut intake = Intake::new(&[&columns]);
/// intake.push(0, rows.len(), &|row, column| rows[row][column]);
///
/// let comparator = Comparator::new(intake.finish());
/// assert_eq!(comparator.fields(), ["given_name", "family_name", "birth_date"]);
/// let pattern = comparator.compare(0, 1).ok_or("no such unit")?;
/// let levels: Vec<_> = (0..3).map(|field| comparator.level(field, &pattern)).collect();
/// assert_eq!(levels, [Some("initial"), Some("same"), Some("same")]);
/// # Ok::<(), &str>(())
/// ```
pub struct Comparator {
    pub(crate) records: Records,
    pub(crate) comparisons: Vec<Comparison>,
}

impl Comparator {
    /// Looks at what the records hold: which fields there are, and how common each value is.
    #[must_use]
    pub fn new(records: Records) -> Self {
        let comparisons = Comparison::all(&records);
        Self { records, comparisons }
    }

    /// The records.
    #[must_use]
    pub const fn records(&self) -> &Records {
        &self.records
    }

    /// Stable names of the fields, the most telling first; those of columns of no known kind hold the column's name after
    /// a colon.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        self.comparisons.iter().map(|comparison| comparison.name(&self.records)).collect()
    }

    /// Stable names of a field's levels of agreement, the closest first; none for a field there is not.
    pub fn levels(&self, field: usize) -> impl Iterator<Item = &'static str> {
        self.comparisons.get(field).into_iter().flat_map(|it| it.levels().iter().map(|level| level.name))
    }

    /// Compares two units, or a unit with itself; `None` for a unit there is not.
    #[must_use]
    pub fn compare(&self, a: usize, b: usize) -> Option<Pattern> {
        (a.max(b) < self.records.units()).then(|| self.pattern(a, b))
    }

    /// The level a pattern of these records is at in a field; `None` where one side says nothing.
    #[must_use]
    pub fn level(&self, field: usize, pattern: &Pattern) -> Option<&'static str> {
        let levels = self.comparisons.get(field)?.levels();
        levels.get(pattern.level(field) as usize).map(|level| level.name)
    }

    /// The pattern of two units that there are.
    pub(crate) fn pattern(&self, a: usize, b: usize) -> Pattern {
        Pattern::of(&self.comparisons, &self.records, a, b)
    }
}

impl std::fmt::Debug for Comparator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Comparator").field("records", &self.records).field("fields", &self.fields()).finish()
    }
}
