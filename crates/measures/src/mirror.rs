//! Mirror survey: staff answer the customers' questions as they believe customers do.

use serde::Serialize;

use crate::tests::{Method, Sample, Wilcoxon, holm, spearman, welch, wilcoxon};
use crate::{Confidence, DefinitionId, Error, distribution};

/// Formula and version of these gaps.
pub const DEFINITION: DefinitionId = DefinitionId::new("mirror_gaps", 1);

/// One question, seen from both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ItemGap {
    /// Customers who answered it.
    pub n_customers: u64,
    /// Staff who answered it.
    pub n_staff: u64,
    /// Mean of customers.
    pub customer: f64,
    /// Mean of what staff believe.
    pub staff: f64,
    /// staff − customer, in the unit of the scale: above 0, staff over-estimate.
    pub gap: f64,
    /// Statistic of Welch's test of the gap; `None` with a single answer on a side or when neither side varies.
    pub t: Option<f64>,
    /// Its degrees of freedom; `None` with `t`.
    pub df: Option<f64>,
    /// Two-sided probability of a gap as large by chance; `None` with `t`.
    pub p: Option<f64>,
    /// The same after Holm, over all questions that have a p: the one to judge by.
    pub p_holm: Option<f64>,
    /// Gap in standard deviations (Hedges' g); `None` with `t`.
    pub hedges_g: Option<f64>,
}

/// All questions together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gaps {
    /// One entry for each question, in the order given.
    pub items: Vec<ItemGap>,
    /// Mean of the gaps: above 0, staff over-estimate on the whole. Gaps in both directions cancel.
    pub mean_gap: f64,
    /// Mean of the gaps without their signs: how far staff are off on a typical question.
    pub mean_absolute_gap: f64,
    /// Paired t over the means of questions; `None` with one question or when all gaps are equal.
    pub paired_t: Option<f64>,
    /// Questions − 1.
    pub paired_df: u64,
    /// Two-sided probability for `paired_t`.
    pub paired_p: Option<f64>,
    /// Smaller sum of ranks of gaps by sign; `None` when all gaps are 0.
    pub wilcoxon_w: Option<f64>,
    /// Two-sided probability for it: exact without zeros and ties, else approximate.
    pub wilcoxon_p: Option<f64>,
    /// Do staff know which questions customers rate higher? Spearman's correlation of the means, −1 to 1; `None` with one
    /// question or when a side does not vary.
    pub spearman: Option<f64>,
    /// Answers not given, both sides and all questions.
    pub missing: u64,
}

/// Compares what staff believe with what customers say, question by question, and over all.
///
/// Formula: gap = mean of staff − mean of customers; Welch's t for each question, p adjusted after Holm; over all, Student's
/// paired t, Wilcoxon's signed ranks and Spearman's correlation on the means of questions.
/// Sources: FD X50-172, 1999, *Enquête de satisfaction des clients*, §4.2.2 (mirror survey); B. L. Welch, 1947, "The
/// generalization of 'Student's' problem when several different population variances are involved"; S. Holm, 1979, "A simple
/// sequentially rejective multiple test procedure".
///
/// Not for staff asked for their own view, nor for teams so small that a single answer shows through; both sides must have
/// had the same questions on the same scale.
///
/// # Errors
/// `bad_shape` for different numbers of questions; `empty_sample` without a question, or when one has no answer on a side.
///
/// ```
/// use measures::{mirror::gaps, tests::Sample};
/// let customers = [Sample::of(&[6.0, 8.0])?, Sample::of(&[5.0, 5.0])?];
/// let staff = [Sample::of(&[8.0, 10.0])?, Sample::of(&[4.0, 4.0])?];
/// let found = gaps(&customers, &staff)?;
/// assert_eq!((found.items[0].gap, found.items[1].gap), (2.0, -1.0));
/// assert_eq!((found.mean_gap, found.mean_absolute_gap), (0.5, 1.5));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn gaps(customers: &[Sample], staff: &[Sample]) -> Result<Gaps, Error> {
    if customers.len() != staff.len() {
        return Err(Error::BadShape { what: "both sides must have answered the same questions" });
    }
    let mut items = customers
        .iter()
        .zip(staff)
        .map(|(customers, staff)| item(customers, staff))
        .collect::<Result<Vec<_>, _>>()?;
    if items.is_empty() {
        return Err(Error::EmptySample);
    }
    adjust(&mut items)?;
    let gaps: Vec<f64> = items.iter().map(|item| item.gap).collect();
    let (all, absolute) =
        (Sample::of(&gaps)?, Sample::of(&gaps.iter().map(|gap| gap.abs()).collect::<Vec<_>>())?);
    let paired_df = all.n() - 1;
    let paired_t = paired(&all);
    let signed = signed_ranks(&gaps)?;
    Ok(Gaps {
        mean_gap: all.mean().unwrap_or_default(),
        mean_absolute_gap: absolute.mean().unwrap_or_default(),
        paired_t,
        paired_df,
        paired_p: paired_t.map(|t| distribution::student_p_two_sided(t, paired_df as f64)),
        wilcoxon_w: signed.w,
        wilcoxon_p: signed.p,
        spearman: order(&items)?,
        missing: customers.iter().chain(staff).map(Sample::missing).sum(),
        items,
    })
}

fn item(customers: &Sample, staff: &Sample) -> Result<ItemGap, Error> {
    customers.at_least(1)?;
    staff.at_least(1)?;
    let test = match welch(staff, customers, Confidence::P95) {
        Ok(test) => Some(test),
        Err(Error::TooFew { .. }) => None,
        Err(other) => return Err(other),
    };
    Ok(ItemGap {
        n_customers: customers.n(),
        n_staff: staff.n(),
        customer: customers.mean().unwrap_or_default(),
        staff: staff.mean().unwrap_or_default(),
        gap: staff.mean_minus(customers),
        t: test.and_then(|test| test.t),
        df: test.and_then(|test| test.df),
        p: test.and_then(|test| test.p),
        p_holm: None,
        hedges_g: test.and_then(|test| test.hedges_g),
    })
}

/// Holm's adjustment over the questions that could be tested.
fn adjust(items: &mut [ItemGap]) -> Result<(), Error> {
    let tested: Vec<f64> = items.iter().filter_map(|item| item.p).collect();
    if tested.is_empty() {
        return Ok(());
    }
    let adjusted = holm(&tested)?;
    for (item, p) in items.iter_mut().filter(|item| item.p.is_some()).zip(adjusted) {
        item.p_holm = Some(p);
    }
    Ok(())
}

fn paired(gaps: &Sample) -> Option<f64> {
    let se = gaps.sd()? / (gaps.n() as f64).sqrt();
    gaps.mean().filter(|_| se > 0.0).map(|mean| mean / se)
}

/// Exact where it can be.
fn signed_ranks(gaps: &[f64]) -> Result<Wilcoxon, Error> {
    if gaps.contains(&0.0) {
        return wilcoxon(gaps, Method::Asymptotic, false);
    }
    match wilcoxon(gaps, Method::Exact, false) {
        Err(Error::TiesInExact | Error::OutOfRange { .. }) => wilcoxon(gaps, Method::Asymptotic, false),
        found => found,
    }
}

fn order(items: &[ItemGap]) -> Result<Option<f64>, Error> {
    let (customers, staff): (Vec<f64>, Vec<f64>) =
        items.iter().map(|item| (item.customer, item.staff)).unzip();
    match spearman(&customers, &staff) {
        Ok(found) => Ok(found.r),
        Err(Error::TooFew { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(sides: &[Vec<f64>]) -> Vec<Sample> {
        sides.iter().map(|answers| Sample::of(answers).unwrap()).collect()
    }

    #[test]
    fn what_is_missing_on_a_side_is_said() {
        let one = of(&[vec![1.0]]);
        assert_eq!(gaps(&one, &[]).unwrap_err().code(), "bad_shape");
        assert_eq!(gaps(&[], &[]).unwrap_err().code(), "empty_sample");
        assert_eq!(gaps(&one, &of(&[vec![]])).unwrap_err().code(), "empty_sample");
        let single = gaps(&one, &of(&[vec![3.0, 4.0]])).unwrap();
        assert_eq!((single.items[0].gap, single.items[0].t, single.items[0].p_holm), (2.5, None, None));
        assert_eq!(
            (single.paired_t, single.paired_df, single.paired_p, single.spearman),
            (None, 0, None, None)
        );
        let right = gaps(&of(&[vec![1.0], vec![2.0]]), &of(&[vec![1.0], vec![2.0]])).unwrap();
        assert_eq!(
            (right.wilcoxon_w, right.wilcoxon_p, right.paired_t, right.spearman),
            (None, None, None, Some(1.0))
        );
    }

    proptest! {
        #[test]
        fn sides_exchanged_turn_every_gap(
            sides in prop::collection::vec(
                (prop::collection::vec((0..11_i32).prop_map(f64::from), 1..9),
                 prop::collection::vec((0..11_i32).prop_map(f64::from), 1..9)), 1..8),
        ) {
            let (customers, staff): (Vec<_>, Vec<_>) = sides.into_iter().unzip();
            let one = gaps(&of(&customers), &of(&staff)).unwrap();
            let other = gaps(&of(&staff), &of(&customers)).unwrap();
            prop_assert!((one.mean_gap + other.mean_gap).abs() < 1e-12);
            prop_assert_eq!(one.wilcoxon_p, other.wilcoxon_p);
            prop_assert!(one.mean_gap.abs() <= one.mean_absolute_gap + 1e-12);
            for (a, b) in one.items.iter().zip(&other.items) {
                prop_assert_eq!(a.gap, -b.gap);
                prop_assert!(a.p_holm.zip(a.p).is_none_or(|(adjusted, p)| adjusted >= p));
            }
        }
    }
}
