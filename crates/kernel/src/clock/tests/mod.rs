//! What must hold of instants, days, zones, calendars and working hours.

mod calendars;
mod times;
mod working;

use super::*;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn france() -> Calendar {
    Calendar::new(Regime::France, zone("Europe/Paris"))
}
