//! What was done for those who complained: the facts behind the feeling of having been treated fairly.

use serde::Serialize;

use super::promise::check_duration;
use crate::{Confidence, DefinitionId, Error, Interval, MAX_COUNT, count, proportion};

/// When a complaint was acknowledged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Acknowledged {
    /// After this long, in any unit of time.
    After(f64),
    /// Not at all.
    Never,
}

/// What is known of one case; `None` where it is not known or does not apply (no promise was made).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CaseFacts {
    /// When it was acknowledged.
    pub acknowledged: Option<Acknowledged>,
    /// Whether what was promised was done, and in time.
    pub promise_kept: Option<bool>,
    /// Whether the customer was told what had happened and why.
    pub cause_told: Option<bool>,
    /// Whether something was given for the loss.
    pub compensated: Option<bool>,
    /// How many contacts it took, at least 1.
    pub contacts: Option<u64>,
    /// Whether the customer was blamed.
    pub customer_blamed: Option<bool>,
}

/// What counts as quick and easy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JusticeLimits {
    acknowledged_within: f64,
    contacts_at_most: u64,
}

impl JusticeLimits {
    /// Acknowledged within so long, the limit included, and settled in at most so many contacts.
    ///
    /// # Errors
    /// `out_of_range` for a time that is negative or no finite number, or less than one contact.
    pub fn new(acknowledged_within: f64, contacts_at_most: u64) -> Result<Self, Error> {
        check_contacts(contacts_at_most)?;
        Ok(Self {
            acknowledged_within: check_duration("acknowledged_within", acknowledged_within)?,
            contacts_at_most,
        })
    }
}

/// Counts facts over cases.
///
/// ```
/// use measures::{Confidence, recovery::{CaseFacts, JusticeAccumulator, JusticeLimits}};
/// let mut cases = JusticeAccumulator::new(JusticeLimits::new(24.0, 2)?);
/// cases.push(&CaseFacts { cause_told: Some(true), contacts: Some(2), ..CaseFacts::default() })?;
/// cases.push(&CaseFacts { cause_told: Some(false), contacts: Some(1), ..CaseFacts::default() })?;
/// let facts = cases.summary(Confidence::P95)?;
/// assert_eq!(facts.interactional[0].share, Some(0.5)); // one of two was told the cause
/// assert_eq!(facts.procedural[2].share, Some(1.0)); // both settled in two contacts
/// assert_eq!(facts.distributive[0].missing, 2); // nobody wrote down whether anything was given
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct JusticeAccumulator {
    limits: JusticeLimits,
    cases: u64,
    facts: [proportion::Accumulator; 6],
}

/// How many cases a fact holds for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fact {
    /// Which fact; each is worded so that more is fairer.
    pub fact: &'static str,
    /// Cases of which it is known.
    pub n: u64,
    /// Cases of which it is not known, or to which it does not apply.
    pub missing: u64,
    /// Cases for which it holds.
    pub met: u64,
    /// met / n, 0 to 1; `None` when nothing is known.
    pub share: Option<f64>,
    /// Wilson's interval of the share; `None` with it.
    pub ci_wilson: Option<Interval>,
}

/// Facts by the kind of fairness they stand for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JusticeFacts {
    /// Cases in all.
    pub cases: u64,
    /// What the customer got: `compensated`.
    pub distributive: [Fact; 1],
    /// How it was decided: `acknowledged_in_time`, `promise_kept`, `few_contacts`.
    pub procedural: [Fact; 3],
    /// How the customer was spoken to: `cause_told`, `not_blamed`.
    pub interactional: [Fact; 2],
}

impl JusticeAccumulator {
    /// Formula and version of this measure; the limits are part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("justice_facts", 1);

    /// An empty accumulator.
    #[must_use]
    pub const fn new(limits: JusticeLimits) -> Self {
        Self { limits, cases: 0, facts: [proportion::Accumulator::new(); 6] }
    }

    /// Adds one case.
    ///
    /// # Errors
    /// `out_of_range` for a time that is negative or no finite number, a case without a contact, or above 2⁵³ cases;
    /// nothing is added then.
    pub fn push(&mut self, case: &CaseFacts) -> Result<(), Error> {
        let in_time = match case.acknowledged {
            Some(Acknowledged::After(time)) => {
                Some(check_duration("time to acknowledge", time)? <= self.limits.acknowledged_within)
            }
            Some(Acknowledged::Never) => Some(false),
            None => None,
        };
        case.contacts.map_or(Ok(()), check_contacts)?;
        self.cases = count::add(self.cases, 1)?;
        let held = [
            case.compensated,
            in_time,
            case.promise_kept,
            case.contacts.map(|contacts| contacts <= self.limits.contacts_at_most),
            case.cause_told,
            case.customer_blamed.map(|blamed| !blamed),
        ];
        for (fact, held) in self.facts.iter_mut().zip(held) {
            match held {
                Some(held) => fact.push(held)?,
                None => fact.push_missing(1)?,
            }
        }
        Ok(())
    }

    /// Takes over the cases of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when its limits differ; `out_of_range` above 2⁵³ cases; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.limits != other.limits {
            return Err(Error::BadShape { what: "cases under different limits cannot be merged" });
        }
        self.cases = count::add(self.cases, other.cases)?;
        for (fact, more) in self.facts.iter_mut().zip(&other.facts) {
            fact.merge(more)?;
        }
        Ok(())
    }

    /// Shares of the facts, each with its interval.
    ///
    /// Formula: for each fact cases for which it holds / cases of which it is known.
    /// Sources: S. S. Tax, S. W. Brown & M. Chandrashekaran, 1998, "Customer evaluations of service complaint
    /// experiences: implications for relationship marketing" (outcome, procedure, treatment); J. A. Colquitt, 2001, "On
    /// the dimensionality of organizational justice"; interval: E. B. Wilson, 1927.
    ///
    /// Not the customers' own verdict (ask for it: facts may be good and felt unfair), and never one mean of all: money
    /// does not make up for rudeness.
    ///
    /// # Errors
    /// `empty_sample` without a case.
    pub fn summary(&self, confidence: Confidence) -> Result<JusticeFacts, Error> {
        if self.cases == 0 {
            return Err(Error::EmptySample);
        }
        let [compensated, in_time, kept, few, told, not_blamed] = &self.facts;
        let fact =
            |name: &'static str, all: &proportion::Accumulator| Fact::of(name, all, self.cases, confidence);
        Ok(JusticeFacts {
            cases: self.cases,
            distributive: [fact("compensated", compensated)],
            procedural: [
                fact("acknowledged_in_time", in_time),
                fact("promise_kept", kept),
                fact("few_contacts", few),
            ],
            interactional: [fact("cause_told", told), fact("not_blamed", not_blamed)],
        })
    }
}

impl Fact {
    fn of(fact: &'static str, all: &proportion::Accumulator, cases: u64, confidence: Confidence) -> Self {
        let n = all.n();
        // The only refusal is that nothing is known.
        let known = all.summary(confidence).ok();
        Self {
            fact,
            n,
            missing: cases - n,
            met: known.map_or(0, |known| known.successes),
            share: known.map(|known| known.share),
            ci_wilson: known.map(|known| known.ci_wilson),
        }
    }
}

fn check_contacts(contacts: u64) -> Result<(), Error> {
    if (1..=MAX_COUNT).contains(&contacts) {
        return Ok(());
    }
    Err(Error::out_of_range("contacts", contacts as f64, "at least 1"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn limits() -> JusticeLimits {
        JusticeLimits::new(24.0, 2).unwrap()
    }

    #[test]
    fn never_is_late_unknown_is_neither() {
        let mut cases = JusticeAccumulator::new(limits());
        for acknowledged in [
            Some(Acknowledged::After(24.0)),
            Some(Acknowledged::After(24.1)),
            Some(Acknowledged::Never),
            None,
        ] {
            cases.push(&CaseFacts { acknowledged, ..CaseFacts::default() }).unwrap();
        }
        let [in_time, kept, _] = cases.summary(Confidence::P95).unwrap().procedural;
        assert_eq!((in_time.met, in_time.n, in_time.missing), (1, 3, 1));
        assert_eq!((kept.share, kept.ci_wilson, kept.missing), (None, None, 4));
    }

    #[test]
    fn impossible_facts_are_refused_whole() {
        let mut cases = JusticeAccumulator::new(limits());
        let wrong = CaseFacts { acknowledged: Some(Acknowledged::After(-1.0)), ..CaseFacts::default() };
        assert!(cases.push(&wrong).is_err());
        assert!(cases.push(&CaseFacts { contacts: Some(0), ..CaseFacts::default() }).is_err());
        assert_eq!(cases.summary(Confidence::P95).unwrap_err().code(), "empty_sample");
        assert!(JusticeLimits::new(f64::NAN, 1).is_err() && JusticeLimits::new(1.0, 0).is_err());
        assert!(cases.merge(&JusticeAccumulator::new(JusticeLimits::new(48.0, 2).unwrap())).is_err());
    }

    proptest! {
        #[test]
        fn split_changes_nothing(
            rows in prop::collection::vec((any::<Option<bool>>(), prop::option::of(0.0..50.0_f64), prop::option::of(1..5_u64)), 1..40),
            cut in 0..40_usize,
        ) {
            let gather = |part: &[(Option<bool>, Option<f64>, Option<u64>)]| {
                let mut all = JusticeAccumulator::new(limits());
                for (yes, time, contacts) in part {
                    let acknowledged = time.map(Acknowledged::After);
                    let case = CaseFacts {
                        acknowledged, promise_kept: *yes, cause_told: *yes, compensated: *yes, contacts: *contacts,
                        customer_blamed: *yes,
                    };
                    all.push(&case).unwrap();
                }
                all
            };
            let (left, right) = rows.split_at(cut.min(rows.len()));
            let mut merged = gather(right);
            merged.merge(&gather(left)).unwrap();
            prop_assert_eq!(&merged, &gather(&rows));
            let facts = merged.summary(Confidence::P95).unwrap();
            // Blamed and not blamed are each other's rest.
            let [told, not_blamed] = facts.interactional;
            prop_assert_eq!(told.met + not_blamed.met, told.n);
            prop_assert_eq!(told.n + told.missing, facts.cases);
        }
    }
}
