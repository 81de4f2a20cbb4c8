//! The textbook model: matches and others, agreement or not.

use serde::Serialize;

use super::probability::{Probability, log2_ratio, probability_of};
use crate::Error;

/// What the comparison of a field says; a missing field is `None` of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// The two values are different.
    Differ,
    /// The two values are the same.
    Agree,
}

/// How often a field agrees, and so what its agreement is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Probability that it agrees among matches.
    pub m: Probability,
    /// Probability that it agrees among all other pairs.
    pub u: Probability,
}

impl Field {
    /// A field that agrees in `m` of the matches and `u` of the others.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless both are strictly between 0 and 1.
    pub fn new(m: f64, u: f64) -> Result<Self, Error> {
        Ok(Self { m: Probability::new("m", m)?, u: Probability::new("u", u)? })
    }

    /// What a comparison is worth, in bits: log₂(m / u) when it agrees, log₂((1 − m) / (1 − u)) when it differs, 0 when
    /// missing.
    ///
    /// ```
    /// use linkage::fellegi_sunter::{Agreement, Field};
    /// let city = Field::new(0.8, 0.2)?;
    /// assert_eq!(city.weight(Some(Agreement::Agree)), 2.0); // four times as often among matches
    /// assert_eq!(city.weight(None), 0.0);
    /// # Ok::<(), linkage::Error>(())
    /// ```
    #[must_use]
    pub fn weight(&self, agreement: Option<Agreement>) -> f64 {
        let (m, u) = (self.m.get(), self.u.get());
        match agreement {
            Some(Agreement::Agree) => log2_ratio(m, u),
            Some(Agreement::Differ) => log2_ratio(1.0 - m, 1.0 - u),
            None => 0.0,
        }
    }
}

/// A model with two classes of pairs and two levels of each field.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoClass {
    /// Share of matches among the pairs.
    pub prior: Probability,
    /// The fields, in the order in which comparisons give them.
    pub fields: Vec<Field>,
}

/// A pair weighed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Bits each field adds, 0 where missing.
    pub weights: Vec<f64>,
    /// Bits in all, those of the prior among them: log₂ of the odds of a match.
    pub match_weight: f64,
    /// Probability of a match, 0 to 1.
    pub probability: f64,
}

impl TwoClass {
    /// A model from its numbers, `m` and `u` field by field.
    ///
    /// # Errors
    /// [`Error::BadShape`] when `m` and `u` differ in length; [`Error::OutOfRange`] unless every number is strictly
    /// between 0 and 1.
    pub fn new(prior: f64, m: &[f64], u: &[f64]) -> Result<Self, Error> {
        if m.len() != u.len() {
            return Err(Error::bad_shape("m and u must be of the same length"));
        }
        let prior = Probability::new("prior", prior)?;
        let fields = m.iter().zip(u).map(|(m, u)| Field::new(*m, *u)).collect::<Result<_, _>>()?;
        Ok(Self { prior, fields })
    }

    /// Weighs a pair: log₂(prior / (1 − prior)) plus what each field is worth. Without any field that can be compared,
    /// the prior remains.
    ///
    /// # Errors
    /// [`Error::BadShape`] unless there is one comparison for each field.
    ///
    /// ```
    /// use linkage::fellegi_sunter::{Agreement::*, TwoClass};
    /// let model = TwoClass::new(0.5, &[0.8, 0.9], &[0.2, 0.1])?;
    /// let score = model.score(&[Some(Agree), None])?;
    /// assert_eq!(score.match_weight, 2.0);
    /// assert_eq!(score.probability, 0.8);
    /// # Ok::<(), linkage::Error>(())
    /// ```
    pub fn score(&self, comparison: &[Option<Agreement>]) -> Result<Score, Error> {
        if comparison.len() != self.fields.len() {
            return Err(Error::bad_shape("there must be one comparison for each field"));
        }
        let weights: Vec<f64> =
            self.fields.iter().zip(comparison).map(|(field, gamma)| field.weight(*gamma)).collect();
        let match_weight = self.prior.bits() + weights.iter().sum::<f64>();
        Ok(Score { weights, match_weight, probability: probability_of(match_weight) })
    }

    /// How strongly agreement speaks for a match, all fields together: Σ log₂(m / u).
    pub(super) fn direction(&self) -> f64 {
        self.fields.iter().map(|field| field.weight(Some(Agreement::Agree))).sum()
    }

    /// The same model with the classes called by each other's name.
    pub(super) fn swapped(self) -> Self {
        let fields = self.fields.into_iter().map(|Field { m, u }| Field { m: u, u: m }).collect();
        Self { prior: Probability::estimated(1.0 - self.prior.get()), fields }
    }
}
