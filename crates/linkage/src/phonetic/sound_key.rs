//! A code of this crate's own, to bring together records whose names sound alike.

use self::sounds::Sounds;

mod sounds;

/// Key of a folded name (see [`fold`](crate::normalise::fold)): equal for spellings that sound alike in French or in
/// English. `None` without letter or digit.
///
/// Meant to bring records together for a closer look, so it joins too much rather than too little: consonants in order,
/// by sound (ph and f; c, k and q; s, z and soft c; j and soft g), and the sound of the first vowel; h, other vowels,
/// doubled letters, silent final d and t, -ault and -aud, mute gh, and spaces do not count. A name in another script,
/// or without letters, is its own key. The number has no meaning and may change between versions: do not store it.
///
/// ```
/// use linkage::phonetic::sound_key;
/// assert_eq!(sound_key("lefebvre"), sound_key("lefevre"));
/// assert_eq!(sound_key("philippe"), sound_key("filip"));
/// assert_ne!(sound_key("martin"), sound_key("martinez"));
/// ```
#[must_use]
pub fn sound_key(name: &str) -> Option<u64> {
    // A longer name has more consonants than the key holds long before.
    const LONGEST: usize = 48;
    let mut letters = [0_u8; LONGEST];
    let mut len = 0;
    for byte in name.bytes().filter(|byte| *byte != b' ') {
        let letter = byte.to_ascii_lowercase();
        if !letter.is_ascii_lowercase() {
            return other(name);
        }
        letters[len] = letter;
        len += 1;
        if len == LONGEST {
            break;
        }
    }
    (len > 0).then(|| Sounds::of(&letters[..len]).key())
}

/// Digits and other scripts: a digest of the letters (FNV-1a), apart from all other keys by its highest bit.
fn other(name: &str) -> Option<u64> {
    let mut bytes = name.bytes().filter(|byte| *byte != b' ').peekable();
    bytes.peek()?;
    let digest = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    Some(bytes.fold(0xcbf2_9ce4_8422_2325, digest) | 1 << 63)
}
