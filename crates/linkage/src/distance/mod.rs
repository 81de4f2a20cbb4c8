//! How far two texts are from one another.
//!
//! Everything counts characters (Unicode scalar values), keeps case and is symmetric; work stays near the length of
//! the texts, so that a cell of a megabyte costs milliseconds. Normalise first: here, `é` and `e` are two letters.

mod edit;
mod jaro;
#[cfg(test)]
mod tests;

pub use edit::osa_within;
pub use jaro::{jaro, jaro_winkler};

/// Length up to which plain ASCII is compared by bits of one word.
const WORD: usize = 64;

/// Whether both texts are ASCII and short enough for the bits of a word.
fn fit_a_word(a: &[u8], b: &[u8]) -> bool {
    a.len() <= WORD && b.len() <= WORD && a.is_ascii() && b.is_ascii()
}
