//! The other cases of a customer, beside one of theirs.

use kernel::Instant;
use kernel::clock::Zone;
use kernel::texts::T;

use crate::cases::model::{Case, Phase};
use crate::cases::{rules, url};
use crate::clocks::ClockView;

/// Another case of the same customer.
pub(super) struct Other {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) reference: String,
    pub(super) state: String,
    pub(super) is_danger: bool,
}

impl Other {
    /// As it stands now.
    pub(super) fn new(t: T, zone: &Zone, case: &Case, now: Instant) -> Self {
        let runs = case.is_open() && case.clock.phase != Phase::Over;
        Self {
            href: url(case.id),
            title: case.title.clone(),
            reference: case.reference.clone(),
            state: match case.closed_at {
                Some(at) => t.one("case-closed-on", "day", t.day(zone.day_of(at))),
                None if runs => ClockView::new(t, zone, case.clock.from, &case.clock.times, now).left,
                None => t.get(rules::next_step(case).key()),
            },
            is_danger: case.is_danger(),
        }
    }
}
