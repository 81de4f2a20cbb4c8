//! Tables of rows, and what is asked of them again and again.

use std::collections::BTreeMap;

use linkage::columns::Kind;
use linkage::{Column, Explanation, Intake, Linkage, Options, Records};

/// Rows under columns of known kinds.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(kinds: &[Kind]) -> Self {
        let columns =
            kinds.iter().enumerate().map(|(at, kind)| Column::new(format!("c{at}"), *kind)).collect();
        Self { columns, rows: Vec::new() }
    }

    pub(crate) fn with(mut self, row: &[&str]) -> Self {
        self.push(row);
        self
    }

    pub(crate) fn push(&mut self, row: &[&str]) {
        self.rows.push(row.iter().map(|cell| (*cell).to_owned()).collect());
    }

    /// The row as an index takes it.
    pub(crate) fn row(&self, row: usize) -> Vec<&str> {
        self.rows[row].iter().map(String::as_str).collect()
    }

    pub(crate) fn records(&self, chunk: usize) -> Records {
        let mut intake = Intake::new(&[&self.columns]);
        self.pour(&mut intake, 0, chunk);
        intake.finish()
    }

    pub(crate) fn pour(&self, intake: &mut Intake, file: usize, chunk: usize) {
        for rows in self.rows.chunks(chunk) {
            intake.push(file, rows.len(), &|row, column| rows[row].get(column).map_or("", String::as_str));
        }
    }

    pub(crate) fn link(&self) -> Linkage {
        self.link_by(&Options::default())
    }

    pub(crate) fn link_by(&self, options: &Options) -> Linkage {
        Linkage::new(self.records(8192), options, None, &|_| ())
    }

    /// Links these rows, numbered first, with those of another file.
    pub(crate) fn link_with(&self, other: &Self, options: &Options) -> Linkage {
        let mut intake = Intake::new(&[&self.columns, &other.columns]);
        self.pour(&mut intake, 0, 8192);
        other.pour(&mut intake, 1, 8192);
        Linkage::new(intake.finish(), options, None, &|_| ())
    }

    /// The same rows, row `order[i]` in place of row `i`.
    pub(crate) fn reordered(&self, order: &[usize]) -> Self {
        let rows = order.iter().map(|&row| self.rows[row].clone()).collect();
        Self { columns: self.columns.clone(), rows }
    }
}

/// Explains a pair that there is.
pub(crate) fn explain(linkage: &Linkage, a: u32, b: u32) -> Explanation {
    linkage.explain(a, b).unwrap()
}

/// Level and bits of one finding about two rows.
pub(crate) fn finding(linkage: &Linkage, field: &str, a: u32, b: u32) -> (&'static str, f64) {
    let explanation = explain(linkage, a, b);
    let found = explanation.findings.into_iter().find(|finding| finding.field == field).unwrap();
    (found.level, found.bits)
}

/// Groups of rows, each in order, in order: the same for the same partition however people are numbered.
pub(crate) fn groups(of_row: &[u32]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (row, person) in of_row.iter().enumerate() {
        groups.entry(*person).or_default().push(row);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort();
    groups
}

/// Whether each group of the finer is within one group of the coarser.
pub(crate) fn refines(finer: &[u32], coarser: &[u32]) -> bool {
    groups(finer).iter().all(|group| group.iter().all(|&row| coarser[row] == coarser[group[0]]))
}

/// Whether two rows are one person.
pub(crate) fn together(linkage: &Linkage, a: u32, b: u32) -> bool {
    let people = linkage.people(0.5);
    people.of_row[a as usize] == people.of_row[b as usize]
}

/// Truth or prediction as the evaluation takes it.
pub(crate) fn known(labels: &[u32]) -> Vec<Option<u32>> {
    labels.iter().copied().map(Some).collect()
}
