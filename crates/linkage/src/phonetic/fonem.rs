//! FONEM, a transcription of French family names.

use self::rules::{RULES, Rule};

mod rules;

/// FONEM code of a name, a spelling that is the same for names that sound alike in French (DUPON for Dupont and Dupond);
/// `None` without a letter.
///
/// Accents go first, ligatures are spelt out, and other characters do not count.
/// Source: G. Bouchard, P. Brard and Y. Lavoie, 1981, "FONEM : un code de transcription phonétique pour la
/// reconstitution automatique des familles saguenayennes", Population 36(6), its rules V-1 to V-20 and C-1 to C-33.
///
/// ```
/// use linkage::phonetic::fonem;
/// assert_eq!(fonem("Gauthier"), Some("GOTIER".to_owned()));
/// assert_eq!(fonem("Gauthier"), fonem("Gautier"));
/// ```
#[must_use]
pub fn fonem(name: &str) -> Option<String> {
    let mut code = super::letters(name, |_| None);
    if code.is_empty() {
        return None;
    }
    let mut next = Vec::with_capacity(code.len() + 8);
    for rule in RULES {
        rewrite(&code, *rule, &mut next);
        std::mem::swap(&mut code, &mut next);
    }
    // Protected syllables get their vowel back.
    Some(code.iter().map(|letter| char::from(letter.to_ascii_uppercase())).collect())
}

/// Applies a rule from left to right; what it has taken is not looked at again.
fn rewrite(code: &[u8], rule: Rule, out: &mut Vec<u8>) {
    out.clear();
    let mut at = 0;
    while at < code.len() {
        if let Some((taken, written)) = rule(code, at) {
            out.extend(written.letters());
            at += taken.max(1);
        } else {
            out.push(code[at]);
            at += 1;
        }
    }
}
