//! What is known of a second factor.

use kernel::Instant;

/// A factor as stored.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    /// The secret shared with the application, in base 32.
    pub(super) secret: String,
    /// Since when it is asked; none while it is being set up.
    pub(super) confirmed_at: Option<Instant>,
    /// The last step of time whose code was used: it and those before work no more.
    pub(super) last_step: i64,
}

/// How somebody's second factor stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Since when it is asked, if it is.
    pub since: Option<Instant>,
    /// Recovery codes not used yet.
    pub codes_left: i64,
}
