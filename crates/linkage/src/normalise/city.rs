//! Towns.

use super::{cell, missing};

/// Town: folded; "St" and "Ste" spelt out, "s/" is "sur"; postal codes, numbers of arrondissements, "cedex" and what follows
/// it, and a final "France" off. `None` for placeholders.
///
/// ```
/// use linkage::normalise::city;
/// assert_eq!(city("St-Denis s/ Loire CEDEX 2").as_deref(), Some("saint denis sur loire"));
/// assert_eq!(city("75012 PARIS 12e").as_deref(), Some("paris"));
/// ```
#[must_use]
pub fn city(text: &str) -> Option<String> {
    let folded = cell::folded(text);
    if missing::of_folded(&folded, false) {
        return None;
    }
    let as_it_is = |word: &str| !word.bytes().any(|byte| byte.is_ascii_digit()) && !is_special(word);
    if cell::words(&folded).all(as_it_is) {
        return Some(cell::cut(folded));
    }
    let mut city = String::with_capacity(folded.len() + 6);
    for word in cell::words(&folded) {
        if word == "cedex" || word == "france" && !city.is_empty() {
            break;
        }
        let spelt = match word {
            "st" => "saint",
            "ste" => "sainte",
            "s" if !city.is_empty() => "sur",
            "arrondissement" | "arrdt" | "arr" | "eme" => continue,
            _ if word.bytes().any(|byte| byte.is_ascii_digit()) => continue,
            _ => word,
        };
        if !city.is_empty() {
            city.push(' ');
        }
        city.push_str(spelt);
    }
    let city = cell::cut(city);
    (!missing::of_folded(&city, false)).then_some(city)
}

/// Words that are spelt otherwise or left out.
fn is_special(word: &str) -> bool {
    matches!(word, "st" | "ste" | "s" | "cedex" | "france" | "arrondissement" | "arrdt" | "arr" | "eme")
}

#[cfg(test)]
mod tests {
    use super::city;

    #[test]
    fn one_town_has_one_spelling() {
        for (text, expected) in [
            ("PARIS", "paris"),
            ("Paris 12ème arrondissement", "paris"),
            ("Lyon 3e", "lyon"),
            ("Ste-Foy-lès-Lyon", "sainte foy les lyon"),
            ("L'Haÿ-les-Roses", "l hay les roses"),
            ("Chalon s/Saône", "chalon sur saone"),
            ("Évry Cedex", "evry"),
            ("Paris, France", "paris"),
            ("Le Havre", "le havre"),
            ("Saint-Denis (93)", "saint denis"),
        ] {
            assert_eq!(city(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(city("75001"), None);
        assert_eq!(city("NC"), None);
    }
}
