//! Recurring revenue kept from the same customers.

use serde::Serialize;

use crate::sum::ExactSum;
use crate::{DefinitionId, Error, amount};

/// What became of the recurring revenue of the customers there at the start, all in one currency, each 0 or more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RevenueFlows {
    /// Revenue at the start.
    pub start_revenue: f64,
    /// Lost with customers who left.
    pub churned: f64,
    /// Lost with customers who stayed and pay less.
    pub contraction: f64,
    /// Gained with customers who stayed and pay more. New customers are no part of it.
    pub expansion: f64,
}

/// Shares of the revenue at the start; `None` where that was 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RevenueRetention {
    /// (start − churned − contraction) / start, 0 to 1.
    pub gross_revenue_retention: Option<f64>,
    /// (start − churned − contraction + expansion) / start, 0 or more: above 1 when growth outweighs loss.
    pub net_revenue_retention: Option<f64>,
    /// (churned + contraction) / start, 0 to 1.
    pub gross_revenue_churn: Option<f64>,
}

impl RevenueFlows {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("revenue_retention", 1);

    /// Gross and net revenue retention.
    ///
    /// Formulas: gross = (start − churned − contraction) / start; net = gross + expansion / start.
    /// Source: D. Skok, 2013, "SaaS metrics 2.0 – a guide to measuring and improving what matters" (a practitioner's
    /// definition, in common use).
    ///
    /// Not for one-off sales. A net retention above 1 can hide many lost customers behind a few that grew: show the
    /// gross one and the retention of customers beside it.
    ///
    /// # Errors
    /// `out_of_range` for a negative amount, or when more is lost than there was.
    ///
    /// ```
    /// use measures::retention::RevenueFlows;
    /// let year = RevenueFlows { start_revenue: 1000.0, churned: 50.0, contraction: 50.0, expansion: 150.0 };
    /// assert_eq!(year.retention()?.gross_revenue_retention, Some(0.9));
    /// assert_eq!(year.retention()?.net_revenue_retention, Some(1.05));
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn retention(&self) -> Result<RevenueRetention, Error> {
        let start = amount::not_negative("start_revenue", self.start_revenue)?;
        let churned = amount::not_negative("churned", self.churned)?;
        let contraction = amount::not_negative("contraction", self.contraction)?;
        let expansion = amount::not_negative("expansion", self.expansion)?;
        let lost = churned + contraction;
        // 0.1 + 0.2 of 0.3 must pass whatever the last digit of its sum.
        if lost > start * (1.0 + 1e-12) {
            let expected = format!("at most the revenue at the start, {start}");
            return Err(Error::out_of_range("churned and contraction together", lost, expected));
        }
        let kept = (start - lost).max(0.0);
        let of_start = |part: f64| (start > 0.0).then(|| part / start);
        Ok(RevenueRetention {
            gross_revenue_retention: of_start(kept),
            net_revenue_retention: of_start(kept + expansion),
            gross_revenue_churn: of_start(lost.min(start)),
        })
    }
}

/// Gathers recurring revenue customer by customer; sums are exact, so order and grouping change nothing.
///
/// ```
/// use measures::retention::RevenueAccumulator;
/// let mut customers = RevenueAccumulator::new();
/// customers.push(100.0, 0.0)?;   // left
/// customers.push(200.0, 150.0)?; // pays less
/// customers.push(200.0, 300.0)?; // pays more
/// customers.push(0.0, 500.0)?;   // new: counts for nothing here
/// let flows = customers.flows();
/// assert_eq!((flows.churned, flows.contraction, flows.expansion), (100.0, 50.0, 100.0));
/// assert_eq!(flows.retention()?.net_revenue_retention, Some(0.9));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct RevenueAccumulator {
    start: ExactSum,
    churned: ExactSum,
    contraction: ExactSum,
    expansion: ExactSum,
}

impl RevenueAccumulator {
    /// An empty accumulator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one customer: recurring revenue at the start and at the end of the period. 0 at the end is a loss.
    ///
    /// # Errors
    /// `out_of_range` for a negative amount.
    pub fn push(&mut self, start: f64, end: f64) -> Result<(), Error> {
        let start = amount::not_negative("revenue at the start", start)?;
        let end = amount::not_negative("revenue at the end", end)?;
        if start == 0.0 {
            return Ok(());
        }
        self.start.add(start);
        if end == 0.0 {
            self.churned.add(start);
        } else if end < start {
            // The exact difference, in two terms.
            self.contraction.add(start);
            self.contraction.add(-end);
        } else {
            self.expansion.add(end);
            self.expansion.add(-start);
        }
        Ok(())
    }

    /// Takes over the customers of `other`, none of whom may be counted here already.
    pub fn merge(&mut self, other: &Self) {
        self.start.merge(&other.start);
        self.churned.merge(&other.churned);
        self.contraction.merge(&other.contraction);
        self.expansion.merge(&other.expansion);
    }

    /// The sums so far.
    #[must_use]
    pub fn flows(&self) -> RevenueFlows {
        RevenueFlows {
            start_revenue: self.start.total(),
            churned: self.churned.total(),
            contraction: self.contraction.total(),
            expansion: self.expansion.total(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn impossible_flows_are_refused() {
        let good = RevenueFlows { start_revenue: 0.3, churned: 0.1, contraction: 0.2, expansion: 0.0 };
        assert_eq!(good.retention().unwrap().gross_revenue_retention, Some(0.0));
        let wrong = [
            RevenueFlows { churned: -1.0, ..good },
            RevenueFlows { start_revenue: f64::NAN, ..good },
            RevenueFlows { expansion: f64::INFINITY, ..good },
            RevenueFlows { churned: 0.11, ..good },
            RevenueFlows { start_revenue: 0.0, ..good },
        ];
        for flows in wrong {
            assert_eq!(flows.retention().unwrap_err().code(), "out_of_range", "{flows:?}");
        }
    }

    proptest! {
        #[test]
        fn net_retention_is_revenue_at_the_end_over_revenue_at_the_start(
            customers in prop::collection::vec((0.01..1e6f64, prop_oneof![Just(0.0), 0.01..1e6f64]), 1..40),
            cut in 0usize..40,
        ) {
            let mut parts = [RevenueAccumulator::new(), RevenueAccumulator::new()];
            let mut whole = RevenueAccumulator::new();
            for (at, (start, end)) in customers.iter().enumerate() {
                parts[usize::from(at < cut)].push(*start, *end).unwrap();
                whole.push(*start, *end).unwrap();
            }
            let [mut a, b] = parts;
            a.merge(&b);
            prop_assert_eq!(a.flows(), whole.flows());
            let out = a.flows().retention().unwrap();
            let sum = |of: fn(&(f64, f64)) -> f64| customers.iter().map(of).sum::<f64>();
            let expected = sum(|c| c.1) / sum(|c| c.0);
            prop_assert!((out.net_revenue_retention.unwrap() - expected).abs() <= 1e-9 * expected.max(1.0));
            prop_assert!((0.0..=1.0).contains(&out.gross_revenue_retention.unwrap()));
        }
    }
}
