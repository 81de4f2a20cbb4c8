//! The floor of anonymity: small groups are not shown, nor what would let one compute them.

use crate::indicators::model::FLOOR;

/// Which groups of a breakdown to hide, by their numbers of answers.
///
/// Below the floor a group is hidden. When that hides exactly one, its value would follow from the total and the
/// others: the next smallest is hidden with it.
pub(super) fn hidden(counts: &[u64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = counts.iter().map(|n| *n < FLOOR).collect();
    if hidden.iter().filter(|is_hidden| **is_hidden).count() != 1 {
        return hidden;
    }
    let others = counts.iter().enumerate().filter(|(index, _)| !hidden[*index]);
    if let Some((next, _)) = others.min_by_key(|(_, n)| **n) {
        hidden[next] = true;
    }
    hidden
}
