//! Two questions side by side.

use serde::Serialize;

use crate::{DefinitionId, Error, count, distribution};

/// Most cells of a table.
const MOST_CELLS: usize = 1 << 24;
/// Below this expected number in a cell, the test is rough.
const RULE_OF_FIVE: f64 = 5.0;

/// Counts how often each pair of answers was given.
///
/// ```
/// use measures::tests::{Crosstab, Yates};
/// let mut table = Crosstab::new(2, 2)?;
/// table.push_count(0, 0, 10)?;
/// table.push_count(0, 1, 20)?;
/// table.push_count(1, 0, 20)?;
/// table.push_count(1, 1, 10)?;
/// // 15 are expected in each cell: four times 5²/15.
/// let test = table.chi_squared(Yates::No)?;
/// assert!((test.chi2 - 100.0 / 15.0).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosstab {
    columns: usize,
    counts: Vec<u64>,
    total: u64,
}

/// Whether Yates' correction is made, which only tables of two by two take: it makes the test shyer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Yates {
    /// No correction.
    #[default]
    No,
    /// Each deviation is made smaller by a half, or becomes 0.
    Yes,
}

/// Whether two questions hang together, and how closely.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChiSquared {
    /// Answers in the table.
    pub n: u64,
    /// Statistic, 0 or more.
    pub chi2: f64,
    /// (rows − 1)·(columns − 1).
    pub df: u64,
    /// Probability of a χ² as large if the questions had nothing to do with each other.
    pub p: f64,
    /// How many answers each cell would have then.
    pub expected: Vec<Vec<f64>>,
    /// The smallest of them: below about 5 the test is rough, below 1 it is void.
    pub min_expected: f64,
    /// Share of cells with less than 5 expected, 0 to 1.
    pub share_expected_below_5: f64,
    /// How closely they hang together: 0 not at all, 1 fully; always from the uncorrected χ².
    pub cramers_v: f64,
}

impl Crosstab {
    /// Formula and version of the test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("chi2_independence", 1);

    /// An empty table.
    ///
    /// # Errors
    /// `bad_shape` with fewer than two rows or columns; `out_of_range` above 2²⁴ cells.
    pub fn new(rows: usize, columns: usize) -> Result<Self, Error> {
        if rows < 2 || columns < 2 {
            return Err(Error::BadShape { what: "a table needs at least two rows and two columns" });
        }
        match rows.checked_mul(columns) {
            Some(cells) if cells <= MOST_CELLS => Ok(Self { columns, counts: vec![0; cells], total: 0 }),
            _ => Err(Error::out_of_range("cells", rows as f64 * columns as f64, "at most 2^24")),
        }
    }

    /// Counts one pair of answers, each numbered from 0.
    ///
    /// # Errors
    /// `out_of_range` beyond the table or above 2⁵³ answers.
    pub fn push(&mut self, row: usize, column: usize) -> Result<(), Error> {
        self.push_count(row, column, 1)
    }

    /// Counts the same pair `times` times.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn push_count(&mut self, row: usize, column: usize, times: u64) -> Result<(), Error> {
        if column >= self.columns {
            return Err(Error::out_of_range("column", column as f64, format!("below {}", self.columns)));
        }
        let rows = self.rows();
        let Some(cell) = row.checked_mul(self.columns).and_then(|at| self.counts.get_mut(at + column)) else {
            return Err(Error::out_of_range("row", row as f64, format!("below {rows}")));
        };
        self.total = count::add(self.total, times)?;
        *cell += times;
        Ok(())
    }

    /// Counts many pairs of answers at once: the quick way for a column of each question.
    ///
    /// # Errors
    /// `bad_shape` for columns of different lengths; `out_of_range` beyond the table or above 2⁵³ answers. Nothing is
    /// counted then.
    ///
    /// ```
    /// let mut table = measures::tests::Crosstab::new(2, 2)?;
    /// table.push_pairs(&[0, 0, 1], &[0, 1, 1])?;
    /// assert_eq!(table.n(), 3);
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn push_pairs(&mut self, rows: &[u32], columns: &[u32]) -> Result<(), Error> {
        if rows.len() != columns.len() {
            return Err(Error::BadShape { what: "both questions need the same number of answers" });
        }
        let (height, width) = (self.rows() as u32, self.columns as u32);
        let beyond =
            |answers: &[u32], most: u32| answers.iter().fold(0, |all, at| all.max(*at)) >= most.max(1);
        for (what, answers, most) in [("row", rows, height), ("column", columns, width)] {
            if beyond(answers, most) {
                return Err(Error::out_of_range(
                    what,
                    f64::from(most),
                    format!("below {most} for every answer"),
                ));
            }
        }
        let total = count::add(self.total, rows.len() as u64)?;
        // Two tables in turn, so that equal neighbours need not wait for each other.
        let mut odd = vec![0_u64; self.counts.len()];
        let tables = [self.counts.as_mut_slice(), odd.as_mut_slice()];
        for (at, (row, column)) in rows.iter().zip(columns).enumerate() {
            tables[at & 1][(row * width + column) as usize] += 1;
        }
        self.counts.iter_mut().zip(odd).for_each(|(count, more)| *count += more);
        self.total = total;
        Ok(())
    }

    /// Takes over the answers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` for a table of another size; `out_of_range` above 2⁵³ answers. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if (self.columns, self.counts.len()) != (other.columns, other.counts.len()) {
            return Err(Error::BadShape { what: "tables of different sizes cannot be merged" });
        }
        self.total = count::add(self.total, other.total)?;
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        Ok(())
    }

    /// How many answers there are.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.total
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.counts.len() / self.columns
    }

    /// Tests whether rows and columns have nothing to do with each other.
    ///
    /// Formula: E = row total · column total / n, χ² = Σ(O − E)²/E, with Yates' correction Σ(|O − E| − min(½, |O − E|))²/E;
    /// Cramér's V = √(χ²/(n·(min(rows, columns) − 1))).
    /// Sources: K. Pearson, 1900, "On the criterion that a given system of deviations…"; F. Yates, 1934, "Contingency tables
    /// involving small numbers and the χ² test"; H. Cramér, 1946, *Mathematical Methods of Statistics*.
    ///
    /// Not where many cells expect fewer than 5 ([`super::fisher`] for two by two), nor for people counted twice.
    ///
    /// # Errors
    /// `zero_margin` when a row or column is empty; `bad_shape` for Yates' correction of a table that is not two by two.
    pub fn chi_squared(&self, yates: Yates) -> Result<ChiSquared, Error> {
        if yates == Yates::Yes && (self.columns != 2 || self.rows() != 2) {
            return Err(Error::BadShape { what: "Yates' correction takes only tables of two by two" });
        }
        let rows: Vec<u64> = self.counts.chunks(self.columns).map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> =
            (0..self.columns).map(|at| self.counts.iter().skip(at).step_by(self.columns).sum()).collect();
        if rows.contains(&0) || columns.contains(&0) {
            return Err(Error::ZeroMargin);
        }
        let n = self.total as f64;
        let cells = self.counts.iter().enumerate().map(|(at, observed)| {
            let margins = u128::from(rows[at / self.columns]) * u128::from(columns[at % self.columns]);
            // n·(O − E) is a whole number: what is exactly independent has a χ² of exactly 0.
            let gap = (u128::from(*observed) * u128::from(self.total)) as i128 - margins as i128;
            (margins as f64 / n, gap.unsigned_abs() as f64 / n)
        });
        let (mut plain, mut corrected, mut min_expected, mut below) = (0.0, 0.0, f64::INFINITY, 0_u64);
        let mut expected = Vec::with_capacity(self.counts.len());
        for (expect, gap) in cells {
            let reduced = gap - gap.min(0.5);
            plain += gap * gap / expect;
            corrected += reduced * reduced / expect;
            min_expected = expect.min(min_expected);
            below += u64::from(expect < RULE_OF_FIVE);
            expected.push(expect);
        }
        let chi2 = if yates == Yates::Yes { corrected } else { plain };
        let df = ((self.rows() - 1) * (self.columns - 1)) as u64;
        let smaller = (self.rows().min(self.columns) - 1) as f64;
        Ok(ChiSquared {
            n: self.total,
            chi2,
            df,
            p: distribution::chi_squared_above(chi2, df as f64),
            min_expected,
            share_expected_below_5: below as f64 / expected.len() as f64,
            expected: expected.chunks(self.columns).map(<[f64]>::to_vec).collect(),
            cramers_v: (plain / n / smaller).sqrt().min(1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(cells: &[Vec<u64>]) -> Crosstab {
        let mut table = Crosstab::new(cells.len(), cells[0].len()).unwrap();
        for (row, cells) in cells.iter().enumerate() {
            for (column, count) in cells.iter().enumerate() {
                table.push_count(row, column, *count).unwrap();
            }
        }
        table
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (rows, columns) in [(1, 5), (5, 1), (0, 0)] {
            assert_eq!(Crosstab::new(rows, columns).unwrap_err().code(), "bad_shape");
        }
        assert_eq!(Crosstab::new(usize::MAX, 2).unwrap_err().code(), "out_of_range");
        let mut small = Crosstab::new(2, 3).unwrap();
        assert!(small.push(2, 0).is_err() && small.push(0, 3).is_err() && small.push(usize::MAX, 0).is_err());
        assert!(small.push_pairs(&[0, 2], &[0, 0]).is_err() && small.push_pairs(&[0], &[3]).is_err());
        assert!(small.push_pairs(&[0], &[]).is_err() && small.push_pairs(&[], &[]).is_ok());
        assert!(small.merge(&Crosstab::new(3, 2).unwrap()).is_err());
        assert_eq!(small.chi_squared(Yates::No).unwrap_err().code(), "zero_margin");
    }

    #[test]
    fn complete_dependence_has_a_v_of_1() {
        let test = table(&[vec![7, 0, 0], vec![0, 9, 0], vec![0, 0, 4]]).chi_squared(Yates::No).unwrap();
        assert!((test.cramers_v - 1.0).abs() < 1e-12);
        assert!((test.chi2 - 40.0).abs() < 1e-12);
        let large = table(&[vec![1 << 51, 1 << 51], vec![1 << 51, 1 << 51]]).chi_squared(Yates::Yes).unwrap();
        assert_eq!((large.chi2, large.p), (0.0, 1.0));
    }

    fn cells() -> impl Strategy<Value = Vec<Vec<u64>>> {
        prop::collection::vec(prop::collection::vec(0..40_u64, 3), 4)
    }

    proptest! {
        #[test]
        fn products_are_independent_and_rows_for_columns_change_nothing(
            a in prop::collection::vec(1..50_u64, 3), b in prop::collection::vec(1..50_u64, 3), some in cells(),
        ) {
            let product: Vec<Vec<u64>> = a.iter().map(|a| b.iter().map(|b| a * b).collect()).collect();
            prop_assert_eq!(table(&product).chi_squared(Yates::No).unwrap().chi2, 0.0);
            let turned: Vec<Vec<u64>> = (0..3).map(|at| some.iter().map(|row| row[at]).collect()).collect();
            if let Ok(one) = table(&some).chi_squared(Yates::No) {
                let other = table(&turned).chi_squared(Yates::No).unwrap();
                prop_assert!((one.chi2 - other.chi2).abs() < 1e-9 * one.chi2.max(1.0));
                prop_assert!((0.0..=1.0).contains(&one.cramers_v) && (0.0..=1.0).contains(&one.p));
            }
        }

        #[test]
        fn however_pairs_are_dealt_the_table_is_the_same(
            pairs in prop::collection::vec((0..4_usize, 0..3_usize, any::<bool>()), 0..60),
        ) {
            let mut all = Crosstab::new(4, 3).unwrap();
            let mut parts = [all.clone(), all.clone()];
            let mut at_once = all.clone();
            let (rows, columns): (Vec<u32>, Vec<u32>) = pairs.iter().map(|(r, c, _)| (*r as u32, *c as u32)).unzip();
            at_once.push_pairs(&rows, &columns).unwrap();
            for (row, column, left) in pairs {
                all.push(row, column).unwrap();
                parts[usize::from(left)].push(row, column).unwrap();
            }
            let [mut one, other] = parts;
            one.merge(&other).unwrap();
            prop_assert_eq!(&one, &all);
            prop_assert_eq!(at_once, all);
        }
    }
}
