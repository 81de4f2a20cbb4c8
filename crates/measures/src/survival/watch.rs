//! How many were at risk at each time, from sorted counts.

use super::Spell;
use crate::Error;

/// Time and outcome as one number that sorts by time and, at the same time, the ended before the others: the bits of a
/// positive double rise with it, and leave the highest bit free.
pub(super) fn exit_key(spell: Spell) -> Result<u64, Error> {
    if !spell.time.is_finite() || spell.time < 0.0 {
        return Err(Error::out_of_range("time", spell.time, "a time of 0 or more"));
    }
    Ok(entry_key(spell.time) << 1 | u64::from(!spell.is_over))
}

/// A time of 0 or more as a number that sorts alike; −0 is 0.
pub(super) fn entry_key(time: f64) -> u64 {
    (time + 0.0).to_bits()
}

/// Spells of one group, looked at in the order of time.
pub(super) struct Watch {
    from_start: u64,
    entries: Vec<(u64, u64)>,
    exits: Vec<(u64, u64)>,
}

/// At one time: how many were at risk, and for how many of them it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) at_risk: u64,
    pub(super) ended: u64,
}

impl Watch {
    pub(super) const fn new(from_start: u64, entries: Vec<(u64, u64)>, exits: Vec<(u64, u64)>) -> Self {
        Self { from_start, entries, exits }
    }

    /// Times, as keys of entry, at which something ended, in rising order.
    pub(super) fn event_times(&self) -> impl Iterator<Item = u64> {
        self.exits.iter().filter(|(key, _)| key & 1 == 0).map(|(key, _)| key >> 1)
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor { entries: &self.entries, exits: &self.exits, at_risk: self.from_start }
    }
}

/// A place in time that only moves on.
pub(super) struct Cursor<'w> {
    entries: &'w [(u64, u64)],
    exits: &'w [(u64, u64)],
    /// Entered and not gone before the place.
    at_risk: u64,
}

impl Cursor<'_> {
    /// Moves on to a time, given as a key of entry and not before the last one.
    pub(super) fn at(&mut self, time: u64) -> Moment {
        while let [(key, times), later @ ..] = self.entries
            && *key < time
        {
            self.at_risk += times;
            self.entries = later;
        }
        // Every entry comes before its own exit, so nobody leaves who has not come.
        while let [(key, times), later @ ..] = self.exits
            && key >> 1 < time
        {
            self.at_risk -= times;
            self.exits = later;
        }
        let ended = self.exits.first().filter(|(key, _)| *key == time << 1).map_or(0, |(_, times)| *times);
        Moment { at_risk: self.at_risk, ended }
    }
}
