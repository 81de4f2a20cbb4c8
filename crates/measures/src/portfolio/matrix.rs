//! Profit against tenure.

use serde::Serialize;

use crate::sum::ExactSum;
use crate::{DefinitionId, Error, amount, count};

/// From which value on a customer is profitable, and from which tenure on a long-term one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cutoffs {
    value: f64,
    tenure: f64,
}

/// What a customer is to the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Profitable and long-term.
    TrueFriend,
    /// Profitable, not long-term.
    Butterfly,
    /// Long-term, not profitable.
    Barnacle,
    /// Neither.
    Stranger,
}

/// One figure for each label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ByLabel<T> {
    /// Profitable and long-term.
    pub true_friend: T,
    /// Profitable, not long-term.
    pub butterfly: T,
    /// Long-term, not profitable.
    pub barnacle: T,
    /// Neither.
    pub stranger: T,
}

impl<T> ByLabel<T> {
    fn of(&mut self, label: Label) -> &mut T {
        match label {
            Label::TrueFriend => &mut self.true_friend,
            Label::Butterfly => &mut self.butterfly,
            Label::Barnacle => &mut self.barnacle,
            Label::Stranger => &mut self.stranger,
        }
    }

    fn each<U>(&self, f: impl Fn(&T) -> U) -> ByLabel<U> {
        ByLabel {
            true_friend: f(&self.true_friend),
            butterfly: f(&self.butterfly),
            barnacle: f(&self.barnacle),
            stranger: f(&self.stranger),
        }
    }

    const fn all(&self) -> [&T; 4] {
        [&self.true_friend, &self.butterfly, &self.barnacle, &self.stranger]
    }
}

/// Customers and value of each label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Matrix {
    /// Customers.
    pub counts: ByLabel<u64>,
    /// Share of the value of all; `None` unless that is above 0. Losses make shares below 0 and above 1.
    pub value_share: ByLabel<Option<f64>>,
}

impl Cutoffs {
    /// Profitable from `value` on, long-term from `tenure` on, in any unit of time.
    ///
    /// # Errors
    /// `out_of_range` unless both are numbers and the tenure is 0 or more.
    pub fn new(value: f64, tenure: f64) -> Result<Self, Error> {
        if !value.is_finite() {
            return Err(Error::out_of_range("value_cut", value, "a number"));
        }
        if !tenure.is_finite() || tenure < 0.0 {
            return Err(Error::out_of_range("tenure_cut", tenure, "a number of 0 or more"));
        }
        Ok(Self { value, tenure })
    }

    /// Label of one customer; at a cut-off counts as reached.
    ///
    /// # Errors
    /// `out_of_range` for a value that is no number, or a tenure that is negative or no number.
    pub fn label(&self, value: f64, tenure: f64) -> Result<Label, Error> {
        amount::signed("value", value)?;
        if !tenure.is_finite() || tenure < 0.0 {
            return Err(Error::out_of_range("tenure", tenure, "a number of 0 or more"));
        }
        Ok(match (value >= self.value, tenure >= self.tenure) {
            (true, true) => Label::TrueFriend,
            (true, false) => Label::Butterfly,
            (false, true) => Label::Barnacle,
            (false, false) => Label::Stranger,
        })
    }
}

/// Counts customers and adds up their value by label, exactly.
///
/// Source: W. Reinartz, V. Kumar, 2002, "The mismanagement of customer loyalty", Harvard Business Review 80(7).
///
/// Not a verdict on people: the cut-offs are the reader's own, and a customer of yesterday (a stranger by tenure) may
/// become the best. Value should be margin after the cost to serve; on revenue, barnacles look like friends.
///
/// ```
/// use measures::portfolio::{Accumulator, Cutoffs, Label};
/// let mut customers = Accumulator::new(Cutoffs::new(200.0, 3.0)?);
/// assert_eq!(customers.push(300.0, 5.0)?, Label::TrueFriend);
/// assert_eq!(customers.push(100.0, 5.0)?, Label::Barnacle);
/// assert_eq!(customers.matrix().value_share.true_friend, Some(0.75));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Accumulator {
    cutoffs: Cutoffs,
    n: u64,
    counts: ByLabel<u64>,
    values: ByLabel<ExactSum>,
}

impl Accumulator {
    /// Formula and version of this measure; the cut-offs are part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("profit_tenure_matrix", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new(cutoffs: Cutoffs) -> Self {
        Self { cutoffs, n: 0, counts: ByLabel::default(), values: ByLabel::default() }
    }

    /// Adds one customer and gives the label.
    ///
    /// # Errors
    /// As [`Cutoffs::label`], and above 2⁵³ customers.
    pub fn push(&mut self, value: f64, tenure: f64) -> Result<Label, Error> {
        let label = self.cutoffs.label(value, tenure)?;
        self.n = count::add(self.n, 1)?;
        *self.counts.of(label) += 1;
        self.values.of(label).add(value);
        Ok(label)
    }

    /// Takes over the customers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the cut-offs differ; `out_of_range` above 2⁵³ customers. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.cutoffs != other.cutoffs {
            return Err(Error::BadShape { what: "customers under different cut-offs cannot be merged" });
        }
        self.n = count::add(self.n, other.n)?;
        for label in [Label::TrueFriend, Label::Butterfly, Label::Barnacle, Label::Stranger] {
            *self.counts.of(label) += *other.counts.clone().of(label);
            self.values.of(label).merge(other.values.clone().of(label));
        }
        Ok(())
    }

    /// Customers and share of value of each label.
    #[must_use]
    pub fn matrix(&self) -> Matrix {
        let mut all = ExactSum::default();
        self.values.all().into_iter().for_each(|part| all.merge(part));
        let total = all.total();
        let value_share = self.values.each(|part| (total > 0.0).then(|| part.total() / total));
        Matrix { counts: self.counts, value_share }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nonsense_is_refused() {
        for (value, tenure) in [(f64::NAN, 1.0), (1.0, -1.0), (1.0, f64::INFINITY)] {
            assert!(Cutoffs::new(value, tenure).is_err());
            let mut all = Accumulator::new(Cutoffs::new(1.0, 1.0).unwrap());
            assert_eq!(all.push(value, tenure).unwrap_err().code(), "out_of_range");
        }
        let mut all = Accumulator::new(Cutoffs::new(1.0, 1.0).unwrap());
        assert!(all.merge(&Accumulator::new(Cutoffs::new(1.0, 2.0).unwrap())).is_err());
        all.push(-5.0, 1.0).unwrap();
        assert_eq!(all.matrix().value_share.barnacle, None, "a share of a loss means nothing");
    }

    proptest! {
        #[test]
        fn shares_add_up_and_splitting_changes_nothing(
            customers in prop::collection::vec((0usize..2, 0.0..1e6f64, 0.0..10.0f64), 1..50),
        ) {
            let cutoffs = Cutoffs::new(5e5, 5.0).unwrap();
            let (mut whole, mut parts) = (Accumulator::new(cutoffs), [(); 2].map(|()| Accumulator::new(cutoffs)));
            for (part, value, tenure) in customers {
                let value = value.round() / 100.0 + 1.0;
                whole.push(value, tenure).unwrap();
                parts[part].push(value, tenure).unwrap();
            }
            let [mut a, mut b] = parts;
            let first = a.clone();
            a.merge(&b).unwrap();
            b.merge(&first).unwrap();
            prop_assert_eq!(whole.matrix(), a.matrix());
            prop_assert_eq!(whole.matrix(), b.matrix());
            let shares: f64 = whole.matrix().value_share.all().into_iter().flatten().sum();
            prop_assert!((shares - 1.0).abs() < 1e-12);
        }
    }
}
