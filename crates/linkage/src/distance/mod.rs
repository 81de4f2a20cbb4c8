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

/// Room for the letters of a short text of any script.
const ROOM: [char; WORD] = ['\0'; WORD];

/// Letters of a text, written into `room`; `None` for more than fit a word.
fn letters<'a>(text: &str, room: &'a mut [char; WORD]) -> Option<&'a [char]> {
    // No character takes more than four bytes.
    if text.len() > 4 * WORD {
        return None;
    }
    let mut len = 0;
    for letter in text.chars() {
        *room.get_mut(len)? = letter;
        len += 1;
    }
    Some(&room[..len])
}

/// Places of a letter in a text of at most 64, as bits.
fn places(letter: char, text: &[char]) -> u64 {
    text.iter().enumerate().fold(0, |places, (i, other)| places | u64::from(*other == letter) << (i & 63))
}
