//! Solved at the first contact, or not.

use serde::Serialize;

use crate::{Confidence, DefinitionId, Error, Interval, count, proportion};

/// One contact of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact<'a> {
    /// Who.
    pub customer: &'a str,
    /// About what.
    pub reason: &'a str,
    /// When, in days from any fixed day.
    pub day: i64,
    /// Whether it was marked resolved; `None` when nobody said.
    pub resolved: Option<bool>,
}

/// When a contact belongs to the one before, and until when contacts were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Days after a contact within which another one, on the same reason, is a repeat; the last day included.
    pub days: u64,
    /// Last day contacts were seen, counted as those of the contacts.
    pub observed: i64,
}

/// Counts issues and how many took one contact only.
///
/// ```
/// use measures::{Confidence, recovery::{ResolutionAccumulator, Window}};
/// let mut issues = ResolutionAccumulator::new(Window { days: 7, observed: 100 });
/// issues.push_history(&mut [(1, Some(true))])?; // solved at once
/// issues.push_history(&mut [(1, Some(true)), (8, Some(true))])?; // back on the seventh day
/// assert_eq!(issues.summary(Confidence::P95)?.rate, Some(0.5));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolutionAccumulator {
    window: Window,
    contacts: u64,
    issues: u64,
    pending: u64,
    unmarked: u64,
    resolved_first: u64,
}

/// Resolution at the first contact.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FirstContact {
    /// Contacts in all.
    pub contacts: u64,
    /// Issues they form.
    pub issues: u64,
    /// Issues too fresh to judge: a repeat could still come.
    pub pending: u64,
    /// Issues of a single contact nobody marked resolved or not, left out like pending ones.
    pub unmarked: u64,
    /// Issues judged: issues − pending − unmarked.
    pub eligible: u64,
    /// Of these, with a single contact, which was marked resolved.
    pub resolved_first: u64,
    /// resolved_first / eligible, 0 to 1; `None` without an eligible issue.
    pub rate: Option<f64>,
    /// Wilson's interval of the rate; `None` with it.
    pub ci_wilson: Option<Interval>,
}

impl ResolutionAccumulator {
    /// Formula and version of this measure; the window is part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("first_contact_resolution", 1);

    /// An empty accumulator.
    #[must_use]
    pub const fn new(window: Window) -> Self {
        Self { window, contacts: 0, issues: 0, pending: 0, unmarked: 0, resolved_first: 0 }
    }

    /// Adds every contact of one customer on one reason, as (day, resolved), in any order; they come out sorted.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ contacts.
    pub fn push_history(&mut self, history: &mut [(i64, Option<bool>)]) -> Result<(), Error> {
        self.contacts = count::add(self.contacts, history.len() as u64)?;
        history.sort_unstable();
        let is_repeat = |gap: i64| u64::try_from(gap).is_ok_and(|gap| gap <= self.window.days);
        for issue in history.chunk_by(|a, b| is_repeat(b.0.saturating_sub(a.0))) {
            let Some((last, resolved)) = issue.last() else { continue };
            self.issues += 1;
            let seen_since = u64::try_from(self.window.observed.saturating_sub(*last));
            if seen_since.is_ok_and(|days| days >= self.window.days) {
                match (issue.len(), resolved) {
                    (1, None) => self.unmarked += 1,
                    (1, Some(true)) => self.resolved_first += 1,
                    _ => {}
                }
            } else {
                self.pending += 1;
            }
        }
        Ok(())
    }

    /// Takes over what `other` counted, of other customers or reasons; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when its window differs; `out_of_range` above 2⁵³ contacts; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.window != other.window {
            return Err(Error::BadShape { what: "issues under different windows cannot be merged" });
        }
        self.contacts = count::add(self.contacts, other.contacts)?;
        self.issues += other.issues;
        self.pending += other.pending;
        self.unmarked += other.unmarked;
        self.resolved_first += other.resolved_first;
        Ok(())
    }

    /// The rate and its interval.
    ///
    /// # Errors
    /// Those of [`proportion::wilson`], none of which can arise here.
    pub fn summary(&self, confidence: Confidence) -> Result<FirstContact, Error> {
        let eligible = self.issues - self.pending - self.unmarked;
        let ci_wilson = match eligible {
            0 => None,
            n => Some(proportion::wilson(self.resolved_first, n, confidence)?),
        };
        Ok(FirstContact {
            contacts: self.contacts,
            issues: self.issues,
            pending: self.pending,
            unmarked: self.unmarked,
            eligible,
            resolved_first: self.resolved_first,
            rate: ci_wilson.map(|_| self.resolved_first as f64 / eligible as f64),
            ci_wilson,
        })
    }
}

/// Share of issues solved at the first contact, from contacts in any order.
///
/// Formula: contacts of one customer on one reason are one issue while each comes within `days` of the one before.
/// rate = issues of a single contact that was marked resolved / issues whose last contact lies `days` or more before
/// the last day seen. Fresher issues are pending: counting them would flatter.
///
/// Source: no norm fixes a formula, so window and scope are part of the name (contact centres: ISO 18295-1:2017;
/// J. Anton & D. Gustin, 2000, *Call Center Benchmarking*); interval: E. B. Wilson, 1927.
///
/// Not with one channel alone (who writes after calling has repeated), nor when reasons are entered carelessly: a
/// repeat under another reason passes for a success.
///
/// # Errors
/// `out_of_range` above 2⁵³ contacts.
///
/// ```
/// use measures::{Confidence, recovery::{Contact, Window, first_contact_resolution}};
/// let contact = |customer, day| Contact { customer, reason: "billing", day, resolved: Some(true) };
/// let contacts = [contact("a", 1), contact("b", 1), contact("b", 5), contact("c", 95)];
/// let found = first_contact_resolution(&contacts, Window { days: 7, observed: 100 }, Confidence::P95)?;
/// assert_eq!((found.issues, found.pending, found.resolved_first), (3, 1, 1));
/// assert_eq!(found.rate, Some(0.5));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn first_contact_resolution(
    contacts: &[Contact<'_>],
    window: Window,
    confidence: Confidence,
) -> Result<FirstContact, Error> {
    let mut sorted: Vec<&Contact<'_>> = contacts.iter().collect();
    sorted.sort_unstable_by_key(|contact| (contact.customer, contact.reason));
    let (mut all, mut history) = (ResolutionAccumulator::new(window), Vec::new());
    for same in sorted.chunk_by(|a, b| (a.customer, a.reason) == (b.customer, b.reason)) {
        history.clear();
        history.extend(same.iter().map(|contact| (contact.day, contact.resolved)));
        all.push_history(&mut history)?;
    }
    all.summary(confidence)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WEEK: Window = Window { days: 7, observed: 60 };

    #[test]
    fn what_nobody_marked_is_counted_apart() {
        let mut issues = ResolutionAccumulator::new(WEEK);
        issues.push_history(&mut [(1, None)]).unwrap();
        issues.push_history(&mut [(1, None), (2, Some(true))]).unwrap();
        issues.push_history(&mut [(53, Some(true))]).unwrap();
        issues.push_history(&mut [(54, Some(true))]).unwrap();
        issues.push_history(&mut [(i64::MAX, None), (i64::MIN, None)]).unwrap();
        let found = issues.summary(Confidence::P95).unwrap();
        assert_eq!((found.issues, found.pending, found.unmarked, found.eligible), (6, 2, 2, 2));
        assert_eq!(found.rate, Some(0.5));
    }

    #[test]
    fn a_window_of_no_days_joins_the_same_day_only() {
        let mut issues = ResolutionAccumulator::new(Window { days: 0, observed: 9 });
        issues.push_history(&mut [(9, Some(true)), (9, Some(true)), (8, Some(true))]).unwrap();
        let found = issues.summary(Confidence::P95).unwrap();
        assert_eq!((found.issues, found.eligible, found.resolved_first), (2, 2, 1));
    }

    fn contacts() -> impl Strategy<Value = Vec<(u8, u8, i64, Option<bool>)>> {
        prop::collection::vec((0..4_u8, 0..2_u8, 0..60_i64, any::<Option<bool>>()), 0..50)
    }

    const NAMES: [&str; 4] = ["a", "b", "c", "d"];

    fn of(rows: &[(u8, u8, i64, Option<bool>)], days: u64) -> FirstContact {
        let contacts: Vec<Contact<'_>> = rows
            .iter()
            .map(|&(who, why, day, resolved)| Contact {
                customer: NAMES[usize::from(who)],
                reason: NAMES[usize::from(why)],
                day,
                resolved,
            })
            .collect();
        first_contact_resolution(&contacts, Window { days, observed: 60 }, Confidence::P95).unwrap()
    }

    proptest! {
        #[test]
        fn order_and_split_by_customer_change_nothing(rows in contacts()) {
            let mut turned = rows.clone();
            turned.reverse();
            prop_assert_eq!(of(&rows, 7), of(&turned, 7));
            let mut parts = [ResolutionAccumulator::new(WEEK), ResolutionAccumulator::new(WEEK)];
            for who in 0..4_u8 {
                for why in 0..2_u8 {
                    let mut history: Vec<_> =
                        rows.iter().filter(|row| (row.0, row.1) == (who, why)).map(|row| (row.2, row.3)).collect();
                    parts[usize::from(who % 2)].push_history(&mut history).unwrap();
                }
            }
            let [mut all, other] = parts;
            all.merge(&other).unwrap();
            prop_assert_eq!(all.summary(Confidence::P95).unwrap(), of(&rows, 7));
        }

        #[test]
        fn a_longer_window_never_makes_more_issues(rows in contacts(), days in 0..30_u64) {
            let (short, long) = (of(&rows, days), of(&rows, days + 1));
            prop_assert!(long.issues <= short.issues && long.resolved_first <= short.resolved_first);
            prop_assert!(short.resolved_first <= short.eligible);
            prop_assert_eq!(short.eligible + short.pending + short.unmarked, short.issues);
        }
    }
}
