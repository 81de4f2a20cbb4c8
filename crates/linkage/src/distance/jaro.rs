//! Jaro's similarity and Winkler's boost for a common beginning.

use std::collections::HashMap;

use super::{ROOM, letters};

/// Jaro's similarity of two texts, from 0 (no letter in common) to 1 (equal); `None` when either is empty, which is no
/// evidence either way.
///
/// Formula: (m/|a| + m/|b| + (m − t)/m) / 3, where m counts letters found in both at most max(|a|, |b|)/2 − 1 places
/// apart and t is half the number of those letters that stand in another order, rounded down.
/// Source: M. A. Jaro, 1989, "Advances in record-linkage methodology as applied to matching the 1985 census of Tampa,
/// Florida".
///
/// ```
/// let same = linkage::distance::jaro("MARTHA", "MARHTA");
/// assert!(same.is_some_and(|same| (same - 17.0 / 18.0).abs() < 1e-12));
/// assert_eq!(linkage::distance::jaro("", "MARTHA"), None);
/// ```
#[must_use]
pub fn jaro(a: &str, b: &str) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    if a == b {
        return Some(1.0);
    }
    let (left, right) = (a.as_bytes(), b.as_bytes());
    if super::fit_a_word(left, right) {
        return Some(of_words(left, right).similarity());
    }
    let (mut left, mut right) = (ROOM, ROOM);
    let found = match (letters(a, &mut left), letters(b, &mut right)) {
        (Some(a), Some(b)) => of_letters(a, b),
        _ => of_texts(a, b),
    };
    Some(found.similarity())
}

/// Jaro's similarity, raised for texts that begin alike: a tenth of what lacks to 1 for each of the first four letters
/// in common, if Jaro's similarity is above 0.7. `None` when either is empty.
///
/// Source: W. E. Winkler, 1990, "String comparator metrics and enhanced decision rules in the Fellegi–Sunter model of
/// record linkage".
///
/// ```
/// let same = linkage::distance::jaro_winkler("DIXON", "DICKSONX");
/// assert!(same.is_some_and(|same| (same - 0.813_333_333_333).abs() < 1e-9));
/// ```
#[must_use]
pub fn jaro_winkler(a: &str, b: &str) -> Option<f64> {
    const BOOST_ABOVE: f64 = 0.7;
    const LONGEST_PREFIX: usize = 4;
    const SCALE: f64 = 0.1;
    let jaro = jaro(a, b)?;
    if jaro <= BOOST_ABOVE {
        return Some(jaro);
    }
    let prefix = a.chars().zip(b.chars()).take(LONGEST_PREFIX).take_while(|(a, b)| a == b).count();
    Some(jaro + prefix as f64 * SCALE * (1.0 - jaro))
}

/// What two texts have in common.
struct Common {
    lengths: (usize, usize),
    matched: usize,
    /// Matched letters that stand in another order.
    out_of_order: usize,
}

impl Common {
    fn similarity(&self) -> f64 {
        if self.matched == 0 {
            return 0.0;
        }
        let (matched, transposed) = (self.matched as f64, (self.out_of_order / 2) as f64);
        // The two shares are added first, so that swapping the texts changes no bit of the result.
        let shares = matched / self.lengths.0 as f64 + matched / self.lengths.1 as f64;
        (shares + (matched - transposed) / matched) / 3.0
    }
}

/// Places that two equal letters may be apart.
fn reach(a: usize, b: usize) -> usize {
    (a.max(b) / 2).saturating_sub(1)
}

/// ASCII of at most 64 letters: the places of each letter of `b` are bits of a word.
fn of_words(a: &[u8], b: &[u8]) -> Common {
    let mut places = [0_u64; 128];
    for (i, letter) in b.iter().enumerate() {
        places[usize::from(letter & 127)] |= 1 << i;
    }
    of_places((a.len(), b.len()), |i| places[usize::from(a[i] & 127)])
}

/// At most 64 letters of any script: few enough to look at each for its places.
fn of_letters(a: &[char], b: &[char]) -> Common {
    of_places((a.len(), b.len()), |i| super::places(a[i], b))
}

/// At most 64 letters on each side; `places` gives the places in `b` of the letter at a place of `a`.
fn of_places(lengths: (usize, usize), places: impl Fn(usize) -> u64) -> Common {
    let reach = reach(lengths.0, lengths.1);
    // Bits 0 to `reach`: the window of the first letter; it grows, then slides.
    let mut window = low_bits(reach + 1);
    let (mut in_a, mut in_b) = (0_u64, 0_u64);
    for i in 0..lengths.0 {
        let candidates = places(i) & window & !in_b;
        in_b |= candidates & candidates.wrapping_neg();
        in_a |= u64::from(candidates != 0) << i;
        window = if i < reach { (window << 1) | 1 } else { window << 1 };
    }
    let matched = in_a.count_ones() as usize;
    let mut out_of_order = 0;
    while in_a != 0 {
        // As many bits as `in_a`: one letter of b was taken for each of a.
        let other = in_b & in_b.wrapping_neg();
        out_of_order += usize::from(places(in_a.trailing_zeros() as usize & 63) & other == 0);
        in_a &= in_a - 1;
        in_b ^= other;
    }
    Common { lengths, matched, out_of_order }
}

fn low_bits(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// Any text, in time near its length: the places of a letter in `b` form a queue. Windows only move forward, so a place
/// once passed or taken is never looked at again.
fn of_texts(a: &str, b: &str) -> Common {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let reach = reach(a.len(), b.len());
    let mut queues = Queues::new(&b);
    let mut matched_in_a = Vec::new();
    let mut in_b = vec![false; b.len()];
    for (i, letter) in a.iter().enumerate() {
        if let Some(place) = queues.take(*letter, i.saturating_sub(reach), i + reach) {
            matched_in_a.push(*letter);
            in_b[place] = true;
        }
    }
    let matched_in_b = b.iter().zip(&in_b).filter_map(|(letter, taken)| taken.then_some(letter));
    let out_of_order = matched_in_a.iter().zip(matched_in_b).filter(|(a, b)| a != b).count();
    Common { lengths: (a.len(), b.len()), matched: matched_in_a.len(), out_of_order }
}

/// Places of each letter of a text, in order.
struct Queues {
    /// Place of the next occurrence of the same letter; `usize::MAX` after the last.
    next: Vec<usize>,
    heads: HashMap<char, usize>,
}

impl Queues {
    fn new(text: &[char]) -> Self {
        let mut next = vec![usize::MAX; text.len()];
        let mut heads = HashMap::new();
        for (i, letter) in text.iter().enumerate().rev() {
            if let Some(later) = heads.insert(*letter, i) {
                next[i] = later;
            }
        }
        Self { next, heads }
    }

    /// First place of `letter` from `least` to `most` that was not taken; earlier ones are forgotten.
    fn take(&mut self, letter: char, least: usize, most: usize) -> Option<usize> {
        let head = self.heads.get_mut(&letter)?;
        while *head < least {
            *head = self.next[*head];
        }
        if *head > most || *head == usize::MAX {
            return None;
        }
        let place = *head;
        *head = self.next[place];
        Some(place)
    }
}
