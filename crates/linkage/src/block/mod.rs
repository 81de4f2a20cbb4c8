//! Which pairs are worth comparing: those that share a key, for several keys that complement each other.

mod choose;
mod pairs;
mod parts;

pub(crate) use self::choose::{Key, choose};
pub(crate) use self::pairs::{Blocking, blocked, entries, unit};
pub(crate) use self::parts::{Part, Parts};
