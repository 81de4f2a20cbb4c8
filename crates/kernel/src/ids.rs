//! Identifiers: 64 bits, ordered by time, made by the program.
//!
//! Layout from the high end: 1 zero bit, 41 bits of milliseconds since 2024-01-01, 10 bits of process
//! number, 12 bits of sequence. Enough until 2093 and for four million identifiers a second in a process.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Instant;

/// 2024-01-01T00:00:00Z in milliseconds since 1970.
const EPOCH_MS: i64 = 1_704_067_200_000;
const SEQUENCE_BITS: u32 = 12;
const PROCESS_BITS: u32 = 10;

/// Identifier of a row. A string in JSON and in URLs, because JavaScript numbers lose digits above 2^53.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub i64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Id {
    /// Below every identifier made at `instant` or later.
    pub fn first_of(instant: Instant) -> Self {
        let ms = (instant.as_micros().div_euclid(1000) - EPOCH_MS).max(0);
        Self(ms << (SEQUENCE_BITS + PROCESS_BITS))
    }
}

/// A text that is no identifier.
#[derive(Debug, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = !text.is_empty() && text.len() <= 19 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits {
            return Err(NotAnId);
        }
        text.parse().map(Id).map_err(|_| NotAnId)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Makes identifiers: strictly increasing within a process, distinct between processes of different number.
#[derive(Debug)]
pub struct IdMaker {
    last: AtomicI64,
    process: i64,
}

impl IdMaker {
    /// A maker for process number `process` (taken modulo 1024).
    pub fn new(process: u16) -> Self {
        Self { last: AtomicI64::new(0), process: i64::from(process) & ((1 << PROCESS_BITS) - 1) }
    }

    /// Makes only identifiers later than `id` from now on, whatever the clock says: what was sealed up to there
    /// stays as it is.
    pub fn start_after(&self, id: Id) {
        let tick = (id.0 >> (SEQUENCE_BITS + PROCESS_BITS)).saturating_add(1) << SEQUENCE_BITS;
        self.last.fetch_max(tick, Ordering::Relaxed);
    }

    /// The next identifier at `now`. When the sequence of a millisecond is used up, or the clock went back,
    /// it borrows from the following milliseconds, so order and uniqueness hold whatever the clock does.
    pub fn next(&self, now: Instant) -> Id {
        let ms = (now.as_micros() / 1000 - EPOCH_MS).max(1);
        let floor = ms << SEQUENCE_BITS;
        let advance = |last: i64| Some(if last < floor { floor } else { last + 1 });
        // The closure always yields a value, so both arms hold the previous one.
        let previous = match self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, advance) {
            Ok(last) | Err(last) => last,
        };
        let tick = if previous < floor { floor } else { previous + 1 };
        let (ms, sequence) = (tick >> SEQUENCE_BITS, tick & ((1 << SEQUENCE_BITS) - 1));
        Id((ms << (SEQUENCE_BITS + PROCESS_BITS)) | (self.process << SEQUENCE_BITS) | sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_increase_even_when_the_clock_stands_still_or_goes_back() {
        let maker = IdMaker::new(7);
        let mut last = Id(0);
        for step in 0..10_000 {
            let now = Instant::from_micros(1_790_000_000_000_000 - i64::from(step % 3) * 5_000_000);
            let id = maker.next(now);
            assert!(id > last);
            last = id;
        }
    }

    #[test]
    fn identifiers_begin_after_what_they_must_whatever_the_clock_says() {
        let now = Instant::from_micros(1_790_000_000_000_000);
        let (maker, late) =
            (IdMaker::new(7), IdMaker::new(1023).next(now.plus(jiff::SignedDuration::from_hours(1))));
        maker.start_after(late);
        assert!(maker.next(now) > late && maker.next(now) > late);
        assert!(IdMaker::new(0).next(now) >= Id::first_of(now));
        let before = now.minus(jiff::SignedDuration::from_millis(1));
        assert!(IdMaker::new(1023).next(before) < Id::first_of(now));
    }

    #[test]
    fn a_text_with_anything_but_digits_is_no_identifier() {
        for bad in ["", "-1", "+1", "1 ", "abc", "12345678901234567890", "9223372036854775808"] {
            assert!(bad.parse::<Id>().is_err(), "{bad}");
        }
        assert_eq!("42".parse::<Id>().unwrap(), Id(42));
    }
}
