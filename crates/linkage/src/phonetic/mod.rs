//! Codes of names that sound alike.
//!
//! [`soundex`], [`soundex_fr`] and [`fonem`] are the published codes, as others compute them; [`sound_key`] is this
//! crate's own, made to bring French and English spellings of one name together.

mod fonem;
mod sound_key;
mod soundex;
#[cfg(test)]
mod tests;

pub use fonem::fonem;
pub use sound_key::sound_key;
pub use soundex::{soundex, soundex_fr};

/// Letters A to Z of a name in upper case, accents off and ligatures spelt; `replace` has the first word on a character.
fn letters(name: &str, replace: fn(char) -> Option<u8>) -> Vec<u8> {
    let mut letters = Vec::with_capacity(name.len().min(64));
    let mut folded = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphabetic() {
            letters.push(letter.to_ascii_uppercase() as u8);
        } else if let Some(letter) = replace(letter) {
            letters.push(letter);
        } else if !letter.is_ascii() {
            folded.clear();
            crate::normalise::fold_into(letter.encode_utf8(&mut [0; 4]), &mut folded);
            letters.extend(
                folded.bytes().filter(u8::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase()),
            );
        }
    }
    letters
}
