//! Time: instants, days, zones, legal calendars and working hours.
//!
//! Two notions are kept apart on purpose. An [`Instant`] is a point on the one
//! time line everybody shares (UTC); a [`Day`] is a square of somebody's wall
//! calendar. Only a [`Zone`] turns one into the other.
//!
//! Nothing here reads the system clock, except [`SystemClock`]: everything
//! that needs "now" is given a [`Clock`], so tests travel in time.

mod calendar;
mod day;
mod holidays;
mod hours;
mod instant;
mod now;
mod openings;
mod zone;

#[cfg(test)]
mod tests;

pub use calendar::{Calendar, CalendarError, MAX_SEARCH_DAYS};
pub use day::Day;
pub use holidays::{HOLIDAY_KEYS, Holiday, QuebecEaster, Regime};
pub use hours::{Opening, WorkingHours};
pub use instant::Instant;
pub use jiff::SignedDuration;
pub use jiff::civil::{DateTime, Weekday};
pub use now::{AheadClock, Clock, FixedClock, SystemClock};
pub use openings::Openings;
pub use zone::Zone;

/// Why a text is not a time, a day, a zone, a regime or an opening.
///
/// `Display` is for logs; people are shown the sentence of [`TimeError::key`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not an RFC 3339 instant such as `2026-11-22T08:30:00Z`, or outside the years 1 to 9999.
    #[error("not an instant: {0:?} (expected for instance 2026-11-22T08:30:00Z)")]
    NotAnInstant(String),
    /// Not a date such as `2026-11-22`, or no such date.
    #[error("not a date: {0:?} (expected for instance 2026-11-22)")]
    NotADay(String),
    /// No such time zone.
    #[error("unknown time zone: {given:?}; accepted are IANA names such as {}", nearest.join(", "))]
    UnknownZone {
        /// The text that was given.
        given: String,
        /// Accepted names that look like it, best first; never empty.
        nearest: Vec<String>,
    },
    /// No such legal calendar.
    #[error("unknown calendar: {given:?}; accepted are {}", accepted.join(", "))]
    UnknownRegime {
        /// The text that was given.
        given: String,
        /// Every accepted code.
        accepted: Vec<&'static str>,
    },
    /// Not an opening such as `09:00-12:30`.
    #[error("not opening hours: {0:?} (expected for instance 09:00-12:30)")]
    NotAnOpening(String),
    /// Two openings of one weekday overlap.
    #[error("opening hours overlap: {0} and {1}")]
    OverlappingOpenings(Opening, Opening),
}

impl TimeError {
    /// Stable text key of the sentence shown to people.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotAnInstant(_) => "clock-not-an-instant",
            Self::NotADay(_) => "clock-not-a-day",
            Self::UnknownZone { .. } => "clock-unknown-zone",
            Self::UnknownRegime { .. } => "clock-unknown-regime",
            Self::NotAnOpening(_) => "clock-not-an-opening",
            Self::OverlappingOpenings(..) => "clock-overlapping-openings",
        }
    }
}

/// Serialises a type as the text of its `Display`, and reads it back by its `FromStr`.
macro_rules! serde_as_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
use serde_as_text;
