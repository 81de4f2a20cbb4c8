//! Time zones: between the time line and somebody's wall clock.

use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use super::{Day, Instant, TimeError, serde_as_text};

/// The zones shipped inside the program: a deadline is the same on every machine,
/// also where the system has no time zone files.
static BUNDLED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

const MICROSECOND: jiff::SignedDuration = jiff::SignedDuration::from_micros(1);
const SUGGESTIONS: usize = 5;

/// A time zone of the IANA database, such as `Europe/Paris` or `America/Toronto`.
///
/// Parsing ignores case. Serialised by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Every accepted name, sorted.
    #[must_use]
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = BUNDLED.available().map(|name| name.to_string()).collect();
        names.sort_unstable();
        names
    }

    /// What calendars and clocks show in this zone at `instant`.
    #[must_use]
    pub fn local(&self, instant: Instant) -> DateTime {
        self.0.to_datetime(instant.to_jiff())
    }

    /// The day it is in this zone at `instant`.
    #[must_use]
    pub fn day_of(&self, instant: Instant) -> Day {
        Day::from_date(self.local(instant).date())
    }

    /// The instant at which this zone's clocks show `local`, clamped.
    ///
    /// A time that clocks skip (spring) is read with the offset in force before the jump: 02:30 becomes 03:30.
    /// A time they show twice (autumn) is the first of the two.
    #[must_use]
    pub fn instant_of(&self, local: DateTime) -> Instant {
        match self.0.to_ambiguous_timestamp(local).compatible() {
            Ok(timestamp) => Instant::from_jiff(timestamp),
            Err(_) => clamped(local),
        }
    }

    /// The first instant at which this zone's clocks show `local` or, where they skip it, a later time.
    ///
    /// Unlike [`Zone::instant_of`] it never moves past the end of a jump, so the borders of
    /// days and opening hours keep their order and never overlap.
    pub(super) fn border(&self, local: DateTime) -> Instant {
        let ambiguous = self.0.to_ambiguous_timestamp(local);
        if !matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
            return self.instant_of(local);
        }
        let before_jump = ambiguous.earlier().ok();
        let jump = before_jump.and_then(|before| self.0.following(before).next());
        jump.map_or_else(|| self.instant_of(local), |jump| Instant::from_jiff(jump.timestamp()))
    }

    /// The first instant of `day`. Midnight, or the first time shown where clocks skip midnight.
    #[must_use]
    pub fn start_of_day(&self, day: Day) -> Instant {
        self.border(day.date().to_datetime(Time::midnight()))
    }

    /// The last microsecond of `day`: a deadline that is "the 15th" is met until then.
    ///
    /// For sums over days use the half-open [`Zone::range_of`].
    #[must_use]
    pub fn end_of_day(&self, day: Day) -> Instant {
        if day == Day::MAX {
            return Instant::MAX;
        }
        self.start_of_day(day.plus_days(1)).minus(MICROSECOND)
    }

    /// From the first instant of `day` up to, not including, the first of the next.
    /// 23 or 25 hours where clocks change; empty for a day the zone skipped altogether.
    #[must_use]
    pub fn range_of(&self, day: Day) -> Range<Instant> {
        self.start_of_day(day)..self.start_of_day(day.plus_days(1))
    }
}

/// The end of the time line on whose side `local` lies.
fn clamped(local: DateTime) -> Instant {
    if local.year() < 5_000 { Instant::MIN } else { Instant::MAX }
}

/// Accepted names that look like `given`: same city or shared letters first, then the usual ones.
fn nearest(given: &str) -> Vec<String> {
    const USUAL: [&str; SUGGESTIONS] =
        ["Europe/Paris", "America/Toronto", "Europe/Brussels", "Europe/Zurich", "UTC"];
    let wanted = given.trim().to_lowercase().replace(' ', "_");
    let mut scored: Vec<(Reverse<usize>, String)> = Zone::names()
        .into_iter()
        .map(|name| (Reverse(likeness(&wanted, &name.to_lowercase())), name))
        .filter(|(Reverse(score), _)| *score >= 4)
        .collect();
    scored.sort_unstable();
    let near = scored.into_iter().map(|(_, name)| name);
    let mut names: Vec<String> = Vec::with_capacity(SUGGESTIONS);
    for name in near.chain(USUAL.map(str::to_owned)) {
        if names.len() < SUGGESTIONS && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Length of the longest run of letters of `wanted` that stands in the city or the whole of `name`.
fn likeness(wanted: &str, name: &str) -> usize {
    let letters: Vec<char> = wanted.chars().take(40).collect();
    let mut best = 0;
    for start in 0..letters.len() {
        for end in (start + best + 1)..=letters.len() {
            let run: String = letters[start..end].iter().collect();
            if !name.contains(&run) {
                break;
            }
            best = end - start;
        }
    }
    best
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        BUNDLED
            .get(text.trim())
            .map(Self)
            .map_err(|_| TimeError::UnknownZone { given: text.to_owned(), nearest: nearest(text) })
    }
}

serde_as_text!(Zone);
