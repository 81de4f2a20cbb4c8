//! How much an agreement says: the Fellegi–Sunter model, and its estimation without labels.
//!
//! Two records are compared field by field; each field comes out at a level (of agreement) or missing. A level is worth
//! the logarithm of how much more often it occurs among pairs of one person (m) than among pairs of strangers (u);
//! missing fields say nothing. Fields are taken as independent given the kind of pair. [`TwoClass`] is the textbook
//! model, [`em`] its fit to counted patterns; [`Mixture`] is the same arithmetic for any number of levels and of kinds
//! of pairs, some of them known beforehand.
//!
//! Sources: Fellegi & Sunter 1969, A theory for record linkage; Dempster, Laird & Rubin 1977, Maximum likelihood from
//! incomplete data via the EM algorithm; Winkler 1988, Using the EM algorithm for weight computation in the
//! Fellegi–Sunter model of record linkage.

mod climb;
mod em;
mod mixture;
mod patterns;
mod probability;
mod step;
mod two_class;

pub use self::em::{EmFit, EmStep, TwoLevelPatterns, em, em_step};
pub use self::mixture::{Class, FittedClass, Limits, Mixture, MixtureFit, PseudoCounts};
pub use self::patterns::{MAX_COUNT, Patterns};
pub use self::probability::{Probability, probability_of};
pub use self::two_class::{Agreement, Field, Score, TwoClass};

#[cfg(test)]
mod tests;
