//! A point in time.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use super::{TimeError, serde_as_text};

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
///
/// Always between 0001-01-01T00:00:00Z and 9999-12-30T21:59:59.999999Z: what
/// RFC 3339 can write in any zone. Constructors and arithmetic **clamp** to that range
/// instead of failing; nothing real happens out there. Written as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The earliest instant, 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_135_596_800_000_000);
    /// The latest instant, 9999-12-30T21:59:59.999999Z.
    pub const MAX: Self = Self(253_402_207_199_999_999);

    /// The instant `micros` microseconds after 1970-01-01T00:00:00Z (before it if negative), clamped.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        if micros < Self::MIN.0 {
            return Self::MIN;
        }
        if micros > Self::MAX.0 {
            return Self::MAX;
        }
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z, as stored in the database.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// From a jiff timestamp: rounded down to the microsecond, clamped.
    #[must_use]
    pub fn from_jiff(timestamp: Timestamp) -> Self {
        let micros = timestamp.as_nanosecond().div_euclid(1_000);
        Self::from_micros(saturate(micros))
    }

    /// The same point as a jiff timestamp.
    #[must_use]
    pub fn to_jiff(self) -> Timestamp {
        // Cannot fail within our range; MAX keeps the signature free of an error nobody can meet.
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::MAX)
    }

    /// This instant moved by `amount` (its nanoseconds below one microsecond are dropped), clamped.
    #[must_use]
    pub fn plus(self, amount: SignedDuration) -> Self {
        Self::from_micros(self.0.saturating_add(saturate(amount.as_micros())))
    }

    /// This instant moved back by `amount`, clamped.
    #[must_use]
    pub fn minus(self, amount: SignedDuration) -> Self {
        Self::from_micros(self.0.saturating_sub(saturate(amount.as_micros())))
    }

    /// Time from `other` to this instant; negative if this one is earlier.
    #[must_use]
    pub fn since(self, other: Self) -> SignedDuration {
        SignedDuration::from_micros(self.0 - other.0)
    }
}

fn saturate(micros: i128) -> i64 {
    i64::try_from(micros).unwrap_or(if micros < 0 { i64::MIN } else { i64::MAX })
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_jiff(), f)
    }
}

impl FromStr for Instant {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let refused = || TimeError::NotAnInstant(text.to_owned());
        let timestamp: Timestamp = text.trim().parse().map_err(|_| refused())?;
        let (first, last) = (Self::MIN.to_jiff(), Self::MAX.to_jiff());
        if timestamp < first || timestamp > last {
            return Err(refused());
        }
        Ok(Self::from_jiff(timestamp))
    }
}

serde_as_text!(Instant);
