//! Genders and forms of address.

use super::cell;

/// Gender as a record states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// F, femme, Mme, Mlle, female, Mrs, Ms …
    Female,
    /// M, H, homme, M., male, Mr …
    Male,
}

/// Gender of a word or a form of address, in French or English; `None` for other text.
///
/// ```
/// use linkage::normalise::{Gender, gender};
/// assert_eq!(gender("Mme"), Some(Gender::Female));
/// assert_eq!(gender("H"), Some(Gender::Male));
/// ```
#[must_use]
pub fn gender(text: &str) -> Option<Gender> {
    match cell::folded(text).as_str() {
        "f" | "femme" | "feminin" | "female" | "fem" | "w" | "woman" | "girl" | "fille" | "mme" | "mlle"
        | "melle" | "madame" | "mademoiselle" | "mrs" | "ms" | "miss" | "dame" | "femelle" => {
            Some(Gender::Female)
        }
        "m" | "h" | "homme" | "masculin" | "male" | "masc" | "man" | "boy" | "garcon" | "mr" | "monsieur"
        | "mister" | "sir" | "hom" => Some(Gender::Male),
        _ => None,
    }
}
