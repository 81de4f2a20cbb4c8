//! Full names taken apart.

/// Titles in front of a name; they are left out.
const TITLES: [&str; 12] =
    ["m", "mr", "mme", "mlle", "mrs", "ms", "miss", "dr", "monsieur", "madame", "mademoiselle", "mister"];
/// Words that begin a family name.
const PARTICLES: [&str; 16] =
    ["de", "du", "des", "d'", "la", "le", "van", "von", "der", "den", "di", "da", "el", "al", "ben", "saint"];

/// Given name and family name.
///
/// “Nom, Prénom” says it itself; else the words in capitals are the family name (KERVELLA Odile, Odile KERVELLA);
/// else the last word with the particles before it. Names are kept as they are written.
pub(super) fn split(full: &str) -> (String, String) {
    if let Some((family, given)) = full.split_once(',') {
        return (untitled(&words(given)).join(" "), untitled(&words(family)).join(" "));
    }
    let words = words(full);
    let words = untitled(&words);
    let (capitals, others): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| is_capital(word));
    if !capitals.is_empty() && !others.is_empty() {
        // “Jean de LA TOUR”: a particle goes with the capitals that follow it.
        return by_capitals(words);
    }
    let mut start = words.len().saturating_sub(1);
    while start > 1 && words.get(start - 1).is_some_and(|word| is_particle(word)) {
        start -= 1;
    }
    let (given, family) = words.split_at(start);
    (given.join(" "), family.join(" "))
}

fn by_capitals(words: &[&str]) -> (String, String) {
    let (mut given, mut family) = (Vec::new(), Vec::new());
    for (at, word) in words.iter().enumerate() {
        let leads = is_particle(word) && words.get(at + 1).is_some_and(|next| is_capital(next));
        if is_capital(word) || leads { family.push(*word) } else { given.push(*word) }
    }
    (given.join(" "), family.join(" "))
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn untitled<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let is_title = |word: &str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    match words {
        [first, rest @ ..] if !rest.is_empty() && is_title(first) => rest,
        all => all,
    }
}

/// Two capital letters at least, and no small one: an initial is no family name.
fn is_capital(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 2 && letters.iter().all(|c| c.is_uppercase())
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.replace('’', "'").to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_are_taken_apart_as_they_are_written() {
        let cases = [
            ("Odile Kervella", "Odile", "Kervella"),
            ("KERVELLA Odile", "Odile", "KERVELLA"),
            ("Odile Marie KERVELLA", "Odile Marie", "KERVELLA"),
            ("Kervella, Odile", "Odile", "Kervella"),
            ("N’DIAYE, Gaspard", "Gaspard", "N’DIAYE"),
            ("Mme Odile Kervella", "Odile", "Kervella"),
            ("Jean de La Fontaine", "Jean", "de La Fontaine"),
            ("Jean de LA FONTAINE", "Jean", "de LA FONTAINE"),
            ("LE GOFF Paul", "Paul", "LE GOFF"),
            ("J. Martin", "J.", "Martin"),
            ("ODILE KERVELLA", "ODILE", "KERVELLA"),
            ("Kervella", "", "Kervella"),
            ("  ", "", ""),
        ];
        for (full, given, family) in cases {
            assert_eq!(split(full), (given.to_owned(), family.to_owned()), "{full}");
        }
    }
}
