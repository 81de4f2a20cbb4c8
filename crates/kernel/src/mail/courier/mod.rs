//! Who carries messages away, and what became of each.

mod folder;
mod smtp;

pub(super) use folder::Folder;
pub(super) use smtp::{Server, Smtp};

use lettre::address::Envelope;

/// A message ready to leave.
pub(super) struct Ready {
    /// Without angle brackets.
    pub(super) message_id: String,
    pub(super) envelope: Envelope,
    pub(super) text: String,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It left.
    Taken,
    /// It is refused for good.
    Refused(String),
    /// Not now: it did not leave.
    Later(String),
    /// The connection was lost before the end of the text: it did not leave.
    Lost(String),
    /// There was nobody to take it: it did not leave, and neither would another.
    Unreachable(String),
    /// It may have left or not.
    Unknown(String),
}

/// Carries messages away, one after the other.
pub(super) trait Courier {
    /// Carries one message away.
    fn carry(&mut self, ready: &Ready) -> Answer;
    /// Nothing to carry for a while: lets go of what is held.
    fn rest(&mut self) {}
}
