//! What time it is: the only door to the system clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::SignedDuration;

use super::Instant;

/// Tells what time it is.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Instant;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Instant {
        (**self).now()
    }
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the single place that may read the system clock; everyone else is given a Clock"
    )]
    fn now(&self) -> Instant {
        Instant::from_jiff(jiff::Timestamp::now())
    }
}

/// A clock that runs ahead of the machine's: to rehearse what a later day brings.
#[derive(Debug, Clone, Copy)]
pub struct AheadClock(pub SignedDuration);

impl Clock for AheadClock {
    fn now(&self) -> Instant {
        SystemClock.now().plus(self.0)
    }
}

/// A clock that stands still until told otherwise; may be shared between threads.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows `instant`.
    #[must_use]
    pub const fn at(instant: Instant) -> Self {
        Self(AtomicI64::new(instant.as_micros()))
    }

    /// Sets the clock.
    pub fn set(&self, instant: Instant) {
        self.0.store(instant.as_micros(), Ordering::SeqCst);
    }

    /// Moves the clock by `amount` (back if negative) and tells the new time.
    pub fn advance(&self, amount: SignedDuration) -> Instant {
        let forward = |micros| Some(Instant::from_micros(micros).plus(amount).as_micros());
        let before = self
            .0
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, forward)
            .unwrap_or_else(|unchanged| unchanged);
        Instant::from_micros(before).plus(amount)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}
