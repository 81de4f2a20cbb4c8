//! Numbers and names of streets.

use super::{cell, missing};

mod words;

pub(crate) use words::is_way;

/// A line of an address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Street {
    /// Number in the street with its bis, ter or letter: "12", "12bis", "12-14".
    pub number: Option<String>,
    /// The street: folded, abbreviations spelt out, articles off ("rue paix").
    pub way: String,
    /// Flat, staircase, building, floor, post box: "batb apt12".
    pub unit: Option<String>,
}

/// Line of an address: "12 bis, bd. de la Paix, appt 4" and "12bis boulevard de la paix Apt. 4" are one. Abbreviations in
/// French and English are spelt out (bd, av, r., ch., St as saint or as street …), articles do not count. The number may
/// follow the street ("Rue Neuve 12") where it cannot be part of a date ("place du 8 mai 1945"). `None` for placeholders.
///
/// ```
/// use linkage::normalise::street;
/// let found = street("12 bis, bd. de la Paix").unwrap_or_default();
/// assert_eq!((found.number.as_deref(), found.way.as_str()), (Some("12bis"), "boulevard paix"));
/// ```
#[must_use]
pub fn street(text: &str) -> Option<Street> {
    let folded = cell::folded(text);
    if missing::of_folded(&folded, false) {
        return None;
    }
    let mut street = Street { way: String::with_capacity(folded.len() + 8), ..Street::default() };
    let rest = take_units(&folded, &mut street);
    let mut words = until_postal_code(&rest);
    if let Some(start) = way_within(words) {
        // "Résidence des Lilas, 4 rue Pasteur": what stands before the number is where in the street.
        let (before, way) = words.split_at(start);
        let text = street.unit.get_or_insert_default();
        for word in before.iter().filter(|word| !words::is_article(word)) {
            push(words::spelt(word, true, false), text);
        }
        words = way;
    }
    street.number = take_number(&mut words);
    if street.number.is_none() {
        street.number = take_last_number(&mut words);
    }
    for (place, word) in words.iter().enumerate() {
        let spelt = words::spelt(word, place == 0, place + 1 == words.len());
        if !words::is_article(spelt) || words.len() == 1 {
            push(spelt, &mut street.way);
        }
    }
    street.way = cell::cut(street.way);
    (street.number.is_some() || !street.way.is_empty() || street.unit.is_some()).then_some(street)
}

/// Words before a postal code: "12 rue Pasteur 75012 Paris".
fn until_postal_code<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    let is_code = |word: &&str| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    let end = words.iter().skip(2).position(is_code).map_or(words.len(), |place| place + 2);
    &words[..end]
}

/// Place after the first of a number with a kind of street after it.
fn way_within(words: &[&str]) -> Option<usize> {
    if words.first().is_none_or(|first| starts_with_digit(first) || is_number_label(first)) {
        return None;
    }
    let is_start = |pair: &[&str]| {
        starts_with_digit(pair[0])
            && !is_ordinal(pair[0])
            && words::is_way(words::spelt(pair[1], true, false))
    };
    words.windows(2).position(is_start)
}

fn push(word: &str, text: &mut String) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// Words without those of the inside of a building, which go to `unit`.
fn take_units<'a>(folded: &'a str, street: &mut Street) -> Vec<&'a str> {
    let mut rest = Vec::with_capacity(12);
    let mut words = cell::words(folded).peekable();
    while let Some(word) = words.next() {
        let Some(unit) = words::unit(word) else {
            rest.push(word);
            continue;
        };
        // "1er étage".
        if unit == "etg"
            && let Some(floor) = rest.pop_if(|before| is_ordinal(before))
        {
            let text = street.unit.get_or_insert_default();
            push(unit, text);
            text.push_str(floor.trim_end_matches(|letter: char| !letter.is_ascii_digit()));
            continue;
        }
        let name = words.next_if(|next| next.len() <= 2 || next.bytes().any(|byte| byte.is_ascii_digit()));
        // "Porte d'Italie" is a street, "Bât D" a building.
        let is_article = |name: &str| words::is_article(name) && (name.len() > 1 || unit == "porte");
        let Some(name) = name.filter(|name| !is_article(name)) else {
            rest.push(word);
            rest.extend(name);
            continue;
        };
        let text = street.unit.get_or_insert_default();
        push(unit, text);
        text.push_str(name);
    }
    rest
}

/// Number at the beginning: "12", "12 bis", "12b", "n° 12", "12 14".
fn take_number(words: &mut &[&str]) -> Option<String> {
    if let [label, number, ..] = words
        && is_number_label(label)
        && starts_with_digit(number)
    {
        *words = &words[1..];
    }
    let (first, rest) = words.split_first()?;
    // "42nd street", "8eme rue": an ordinal names the street.
    if !starts_with_digit(first) || is_ordinal(first) || (rest.is_empty() && first.len() > 6) {
        return None;
    }
    let mut number = String::from(*first);
    *words = rest;
    let [next, after, ..] = rest else { return Some(compact(number)) };
    let is_letter = next.len() == 1
        && next.bytes().all(|byte| byte.is_ascii_lowercase())
        && !matches!(*next, "l" | "d" | "r");
    if is_repetition(next) || is_letter {
        number.push_str(next);
    } else if next.bytes().all(|byte| byte.is_ascii_digit()) && !words::is_month(after) {
        number.push('-');
        number.push_str(next);
    } else {
        return Some(compact(number));
    }
    *words = &rest[1..];
    Some(compact(number))
}

/// Without leading zeros.
fn compact(number: String) -> String {
    let plain = number.trim_start_matches('0');
    if plain.len() == number.len() || !starts_with_digit(plain) { number } else { plain.to_owned() }
}

/// Number at the end, as in Belgium, Germany or Spain.
fn take_last_number(words: &mut &[&str]) -> Option<String> {
    let [.., before, last] = words else { return None };
    let (name, repetition) =
        if is_repetition(last) { (words.len().checked_sub(2)?, *last) } else { (words.len() - 1, "") };
    let (before, last) =
        if repetition.is_empty() { (before, last) } else { (words.get(name.checked_sub(1)?)?, before) };
    let fits = starts_with_digit(last) && !is_ordinal(last) && last.len() <= 4 && name > 0;
    if !fits || words::is_month(before) || words::takes_number(before) {
        return None;
    }
    let number = [*last, repetition].concat();
    *words = &words[..name];
    Some(number)
}

fn is_number_label(word: &str) -> bool {
    matches!(word, "n" | "no" | "num" | "numero")
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}

fn is_repetition(word: &str) -> bool {
    matches!(word, "bis" | "ter" | "quater" | "quinquies")
}

fn is_ordinal(word: &str) -> bool {
    let letters = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    matches!(letters, "st" | "nd" | "rd" | "th" | "e" | "er" | "ere" | "eme" | "ieme")
}

#[cfg(test)]
mod tests {
    use super::street;

    #[test]
    fn one_address_has_one_spelling() {
        for (text, number, way, unit) in [
            ("12, rue de la Paix", Some("12"), "rue paix", None),
            ("12 RUE DE LA PAIX", Some("12"), "rue paix", None),
            ("12bis bd Saint-Michel", Some("12bis"), "boulevard saint michel", None),
            ("12 bis, boul. St Michel", Some("12bis"), "boulevard saint michel", None),
            (
                "3 av. du Gal de Gaulle - Bât B, appt 12",
                Some("3"),
                "avenue general gaulle",
                Some("batb apt12"),
            ),
            ("imp. des Lilas", None, "impasse lilas", None),
            ("place du 8 mai 1945", None, "place 8 mai 1945", None),
            ("5 place du 8 mai 1945", Some("5"), "place 8 mai 1945", None),
            ("Rue Neuve 12", Some("12"), "rue neuve", None),
            ("14-16 rue du Bac", Some("14-16"), "rue bac", None),
            ("7 tullaroop street", Some("7"), "tullaroop street", None),
            ("7 Main St.", Some("7"), "main street", None),
            ("Flat 3, 12 High Rd", Some("12"), "high road", Some("apt3")),
            ("n° 5 chem. vert", Some("5"), "chemin vert", None),
            ("rue du Dr Roux", None, "rue docteur roux", None),
            ("10 porte de Vanves", Some("10"), "porte vanves", None),
            ("1 r d'Alésia", Some("1"), "rue alesia", None),
            ("Rés. des Lilas Bât A, 4 rue Pasteur", Some("4"), "rue pasteur", Some("bata residence lilas")),
            ("1er étage, 12 rue Pasteur", Some("12"), "rue pasteur", Some("etg1")),
            ("12 rue Pasteur 75012 Paris", Some("12"), "rue pasteur", None),
            ("BP 12", None, "", Some("bp12")),
        ] {
            let found = street(text).unwrap_or_default();
            assert_eq!(
                (found.number.as_deref(), found.way.as_str(), found.unit.as_deref()),
                (number, way, unit),
                "{text}"
            );
        }
        assert_eq!(street("néant"), None);
    }
}
