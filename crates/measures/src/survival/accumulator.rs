//! Spells, gathered.

use super::watch::{self, Watch};
use super::{Spell, SurvivalCurve};
use crate::sorted_counts::SortedCounts;
use crate::{DefinitionId, Error, count};

/// Gathers spells, whole or by groups. Memory grows with the number of different times, not of spells: days or months
/// of any number of customers stay small.
///
/// ```
/// use measures::survival::{Accumulator, Spell};
/// let mut customers = Accumulator::new();
/// customers.push_count(Spell { time: 1.0, is_over: true }, 25)?;  // 25 left after one month
/// customers.push_count(Spell { time: 3.0, is_over: false }, 75)?; // 75 still here after three
/// assert_eq!(customers.curve()?.share_at(2.0), 0.75);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Accumulator {
    n: u64,
    missing: u64,
    /// Spells watched from their very beginning.
    from_start: u64,
    /// Times from which the other spells were watched.
    entries: SortedCounts,
    /// Times to which spells were watched, each with whether it was over.
    exits: SortedCounts,
}

impl Accumulator {
    /// Formula and version of the curve.
    pub const DEFINITION: DefinitionId = DefinitionId::new("survival", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one spell.
    ///
    /// # Errors
    /// `out_of_range` for a time that is negative or no number, or above 2⁵³ spells.
    pub fn push(&mut self, spell: Spell) -> Result<(), Error> {
        self.push_count(spell, 1)
    }

    /// Adds `times` equal spells, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` for a time that is negative or no number, or above 2⁵³ spells.
    pub fn push_count(&mut self, spell: Spell, times: u64) -> Result<(), Error> {
        let key = watch::exit_key(spell)?;
        self.n = count::add(self.n, times)?;
        self.from_start += times;
        self.exits.push_count(key, times);
        Ok(())
    }

    /// Adds `times` equal spells that were first seen when they had already gone on for `entry` (delayed entry): they
    /// are at risk at t only when entry < t ≤ time. A customer taken over with a file is an example: those who left
    /// before the file was taken over are unknown.
    ///
    /// # Errors
    /// `out_of_range` unless 0 ≤ entry < time, or above 2⁵³ spells.
    pub fn push_entered(&mut self, entry: f64, spell: Spell, times: u64) -> Result<(), Error> {
        let key = watch::exit_key(spell)?;
        // Also refuses what is no number.
        if !(entry >= 0.0 && entry < spell.time) {
            let expected = format!("0 or more and below the duration, {}", spell.time);
            return Err(Error::out_of_range("entry", entry, expected));
        }
        self.n = count::add(self.n, times)?;
        self.entries.push_count(watch::entry_key(entry), times);
        self.exits.push_count(key, times);
        Ok(())
    }

    /// Counts `times` spells of which nobody knows how long they lasted or whether they are over.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the spells of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let n = count::add(self.n, other.n)?;
        self.missing = count::add(self.missing, other.missing)?;
        self.n = n;
        self.from_start += other.from_start;
        self.entries.merge(&other.entries);
        self.exits.merge(&other.exits);
        Ok(())
    }

    /// The product-limit curve, as [`SurvivalCurve::new`].
    ///
    /// # Errors
    /// `empty_sample` without a spell.
    pub fn curve(self) -> Result<SurvivalCurve, Error> {
        let (n, missing) = (self.n, self.missing);
        Ok(SurvivalCurve::of(n, missing, &self.watch()?))
    }

    /// The spells as they went by.
    pub(super) fn watch(self) -> Result<Watch, Error> {
        if self.n == 0 {
            return Err(Error::EmptySample);
        }
        Ok(Watch::new(self.from_start, self.entries.into_sorted(), self.exits.into_sorted()))
    }
}
