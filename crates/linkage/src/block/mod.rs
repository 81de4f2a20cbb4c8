//! Which pairs are worth comparing: those that share a key, for several keys that complement each other.
//!
//! A *key* is made of parts that must all agree: the sound of both names and the year of birth, or the telephone number.
//! Keys are chosen for the records at hand: the fewest pairs for the most of the pairs to be found. What too many records
//! share is narrowed by a further part.

mod candidates;
mod choose;
mod pairs;
mod parts;

pub use self::candidates::Candidates;
pub(crate) use self::choose::{Key, choose};
pub(crate) use self::pairs::{Blocking, entries, unit};
pub(crate) use self::parts::{Part, Parts};
