//! Scores under a named rule.

use crate::{DefinitionId, Error, twins};

/// Scores go from 1 to this.
const BEST: u8 = 5;

/// What is scored of a customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Customer<'a> {
    /// Identifier, each customer's own; decides between equal ones where a method must, bytewise.
    pub id: &'a str,
    /// Whole days since the last purchase.
    pub recency_days: u64,
    /// Number of orders.
    pub frequency: u64,
    /// Money spent; refunds may make it negative.
    pub monetary: f64,
}

/// How values become scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// 1 + ⌊5 b / n⌋ where b of the n customers are strictly worse: equal customers always share a score. The one to
    /// use.
    MinRank,
    /// Sorted from worst to best, equal ones by identifier, and cut into 5 groups whose sizes differ by at most 1, the
    /// larger first: the NTILE of databases. Equal customers may get different scores.
    Ntile,
    /// By cut points fixed beforehand: scores of one year can be compared with those of another.
    Fixed(Cuts),
}

/// Four rising cut points for each of the three.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cuts {
    r: [f64; 4],
    f: [f64; 4],
    m: [f64; 4],
}

/// Scores 1 to 5, 5 the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Score {
    /// Recency.
    pub r: u8,
    /// Frequency.
    pub f: u8,
    /// Money.
    pub m: u8,
}

impl Method {
    /// Name and version of the rule: scores under two rules are never compared. Fixed cuts are part of its identity.
    #[must_use]
    pub const fn definition(&self) -> DefinitionId {
        DefinitionId::new(
            match self {
                Self::MinRank => "rfm_min_rank",
                Self::Ntile => "rfm_ntile",
                Self::Fixed(_) => "rfm_fixed",
            },
            1,
        )
    }
}

impl Cuts {
    /// Cut points for recency (days), frequency (orders) and money.
    ///
    /// # Errors
    /// `out_of_range` unless each four are numbers that rise.
    pub fn new(r: [f64; 4], f: [f64; 4], m: [f64; 4]) -> Result<Self, Error> {
        for (what, cuts) in [("cuts of r", r), ("cuts of f", f), ("cuts of m", m)] {
            // Also refuses what is no number.
            let falls = cuts.windows(2).find(|pair| !(pair[0] < pair[1] && pair[1] < f64::INFINITY));
            if falls.is_some() || cuts[0] == f64::NEG_INFINITY {
                return Err(Error::out_of_range(
                    what,
                    falls.map_or(cuts[0], |pair| pair[1]),
                    "four rising numbers",
                ));
            }
        }
        Ok(Self { r, f, m })
    }

    /// Scores of one customer: 1 + the cut points that frequency or money reaches; 5 − the cut points that recency
    /// exceeds.
    ///
    /// ```
    /// use measures::rfm::{Customer, Cuts};
    /// let cuts = Cuts::new([30.0, 90.0, 180.0, 365.0], [2.0, 3.0, 5.0, 10.0], [50.0, 100.0, 250.0, 1000.0])?;
    /// let score = cuts.score(&Customer { id: "ann", recency_days: 31, frequency: 3, monetary: 49.99 });
    /// assert_eq!(score.code(), "431");
    /// # Ok::<(), measures::Error>(())
    /// ```
    #[must_use]
    pub fn score(&self, customer: &Customer<'_>) -> Score {
        let reached = |cuts: &[f64; 4], value: f64| cuts.iter().filter(|cut| value >= **cut).count() as u8;
        let days = customer.recency_days as f64;
        let exceeded = self.r.iter().filter(|cut| days > **cut).count() as u8;
        Score {
            r: BEST - exceeded,
            f: 1 + reached(&self.f, customer.frequency as f64),
            m: 1 + reached(&self.m, customer.monetary),
        }
    }
}

impl Score {
    /// The three digits, such as `454`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}{}{}", self.r, self.f, self.m)
    }

    /// r + f + m, 3 to 15. Very different customers can have the same.
    #[must_use]
    pub const fn total(self) -> u8 {
        self.r + self.f + self.m
    }
}

/// Scores of all customers, in the order given. Ranks need all values at once; n log n steps.
///
/// Source: A. M. Hughes, 1994, *Strategic Database Marketing* (quintiles); J. R. Bult, T. Wansbeek, 1995, "Optimal
/// selection for direct mail" (recency, frequency and money as predictors).
///
/// Not a forecast and not a value: a model of purchases or of lifetime value says more. Ranks within one list cannot be
/// compared with those within another. Where most have bought once, most share one score: that is the truth, not a fault.
///
/// # Errors
/// `out_of_range` for money that is no number; `bad_shape` when an identifier comes twice.
///
/// ```
/// use measures::rfm::{Customer, Method, scores};
/// let customer = |id, recency_days, frequency, monetary| Customer { id, recency_days, frequency, monetary };
/// let all = [customer("ann", 3, 9, 80.0), customer("ben", 30, 1, 80.0)];
/// let scores = scores(&all, &Method::MinRank)?;
/// // Ann is better than one of two in recency and frequency: 1 + ⌊5 × 1 / 2⌋ = 3; nobody is worse in money.
/// assert_eq!((scores[0].code(), scores[1].code()), ("331".to_owned(), "111".to_owned()));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn scores(customers: &[Customer<'_>], method: &Method) -> Result<Vec<Score>, Error> {
    if let Some(wrong) = customers.iter().find(|customer| !customer.monetary.is_finite()) {
        return Err(Error::out_of_range("monetary", wrong.monetary, "a number"));
    }
    if twins::exist(customers.iter().map(|customer| customer.id)) {
        return Err(Error::BadShape { what: "a customer comes twice" });
    }
    if let Method::Fixed(cuts) = method {
        return Ok(customers.iter().map(|customer| cuts.score(customer)).collect());
    }
    // Where equal customers must be told apart, their place in the order of identifiers does.
    let places = if *method == Method::Ntile { places_by_id(customers) } else { vec![0; customers.len()] };
    let of = |key: fn(&Customer<'_>) -> u64| ranked(customers, key, &places, *method == Method::Ntile);
    let (r, f, m) = (of(|c| !c.recency_days), of(|c| c.frequency), of(|c| rising(c.monetary)));
    Ok(r.into_iter().zip(f).zip(m).map(|((r, f), m)| Score { r, f, m }).collect())
}

/// Place of each customer in the order of identifiers, bytewise. Their first eight bytes, as a number, decide most.
fn places_by_id(customers: &[Customer<'_>]) -> Vec<usize> {
    let head = |id: &str| {
        id.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |sum, byte| sum << 8 | u64::from(byte))
    };
    let mut order: Vec<(u64, usize)> = customers.iter().map(|customer| head(customer.id)).zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| customers[a.1].id.cmp(customers[b.1].id)));
    let mut places = vec![0; customers.len()];
    for (place, (_, at)) in order.into_iter().enumerate() {
        places[at] = place;
    }
    places
}

/// A whole number that rises with a finite double; −0 is 0.
fn rising(value: f64) -> u64 {
    const SIGN: u64 = 1 << 63;
    let bits = (value + 0.0).to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// Scores by rank of a key that rises from worst to best; by place (ties already broken) or by who is strictly worse.
fn ranked(
    customers: &[Customer<'_>],
    key: fn(&Customer<'_>) -> u64,
    places: &[usize],
    by_place: bool,
) -> Vec<u8> {
    let keys = customers.iter().map(key).zip(places).enumerate();
    let mut order: Vec<(u64, usize, usize)> = keys.map(|(at, (key, place))| (key, *place, at)).collect();
    order.sort_unstable_by_key(|(key, place, _)| (*key, *place));
    let (n, groups) = (order.len(), usize::from(BEST));
    let mut scores = vec![0; n];
    let mut first = 0;
    for (place, (key, _, at)) in order.iter().enumerate() {
        if order[first].0 != *key {
            first = place;
        }
        let group = if by_place { tile(place, n, groups) } else { groups * first / n };
        scores[*at] = group as u8 + 1;
    }
    scores
}

/// Group, from 0, of a place among n when the first n mod k groups have one more than the others.
const fn tile(place: usize, n: usize, k: usize) -> usize {
    let (size, larger) = (n / k, n % k);
    let in_larger = larger * (size + 1);
    if place < in_larger { place / (size + 1) } else { larger + (place - in_larger) / size }
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
