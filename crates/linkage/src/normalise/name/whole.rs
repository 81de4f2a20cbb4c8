//! A whole name in one cell.

use super::words::{self, Suffix};
use super::{append, cell, family_of, given_name, is_known_given_name, joined, missing};

/// A whole name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WholeName {
    /// As [`given_name`](super::given_name) gives it.
    pub given: Option<String>,
    /// As [`family_name`](super::family_name) gives it.
    pub family: Option<String>,
    /// Jr, Sr, II …
    pub suffix: Option<Suffix>,
}

/// Takes a whole name apart: "Dupont, Jean", "DUPONT Jean", "Jean DUPONT" and "M. Jean Dupont" are one. `None` for
/// placeholders.
///
/// A comma tells family from given name, otherwise capitals do. Without either, names are in the usual order, given name
/// first, unless the first word is not a known given name and the last one is ("Dupont Jean"). Further words belong to the
/// given name as long as they are known given names ("Jean Paul Martin"), to the family name otherwise. One word alone
/// is a family name, unless a space was lost ("JeanDupont"). Of a couple both given names stay ("Paul et Céline Moreau").
///
/// ```
/// use linkage::normalise::whole_name;
/// let name = whole_name("DE LA TOUR Jean-Pierre").unwrap_or_default();
/// assert_eq!((name.given.as_deref(), name.family.as_deref()), (Some("jean pierre"), Some("delatour")));
/// ```
#[must_use]
pub fn whole_name(text: &str) -> Option<WholeName> {
    let text = cell::trimmed(text);
    let suffix = words::suffix(text);
    let found = by_comma(text).or_else(|| by_capitals(text)).or_else(|| by_lost_space(text));
    let found = found.unwrap_or_else(|| by_order(text));
    let name = WholeName { suffix, ..found };
    (name.given.is_some() || name.family.is_some()).then_some(name)
}

/// "Dupont, Jean"; not "King, Jr." nor "Clifford, 1st Baron Clifford".
fn by_comma(text: &str) -> Option<WholeName> {
    let (family, given) = text.split_once(',')?;
    let (mut family_words, mut given_words) = (String::new(), String::new());
    append(family, &mut family_words);
    append(given, &mut given_words);
    let has_digit = given_words.bytes().any(|byte| byte.is_ascii_digit());
    if family_words.is_empty()
        || given_words.is_empty()
        || has_digit
        || words::suffix_of(&given_words).is_some()
    {
        return Some(by_order(if family_words.is_empty() { given } else { family }));
    }
    // "Linden, Jan van der", and "Veen, van".
    let given: Vec<&str> = without_suffix(&given_words).split(' ').collect();
    let (given, particles) = given.split_at(given.len() - words::particles_behind(&given));
    for particle in particles {
        append(particle, &mut family_words);
    }
    Some(parts(&given.join(" "), &family_words))
}

/// Words in capitals are the family name where others are not.
fn by_capitals(text: &str) -> Option<WholeName> {
    let capitals = |pair: &[u8]| pair.iter().all(u8::is_ascii_uppercase);
    if text.is_ascii() && !text.as_bytes().windows(2).any(capitals) {
        return None;
    }
    let words = || text.split_whitespace().filter(|word| is_part_of_name(word));
    let (mut capitals, mut others) = (false, false);
    for word in words() {
        *(if is_capitals(word) { &mut capitals } else { &mut others }) = true;
    }
    if !capitals || !others {
        return None;
    }
    let (mut given, mut family) = (String::new(), String::new());
    for word in words() {
        // A particle in small letters goes with the capitals: "Jean de GAULLE".
        let of_family = is_capitals(word) || is_lower_particle(word) || words::suffix_of(word).is_some();
        append(word, if of_family { &mut family } else { &mut given });
    }
    Some(parts(&given, &family))
}

/// "JeanDupont", but not "McDonald".
fn by_lost_space(text: &str) -> Option<WholeName> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let is_small = |at: usize| text[..at].chars().next_back().is_some_and(char::is_lowercase);
    let (at, _) = text.char_indices().find(|(at, letter)| letter.is_uppercase() && is_small(*at))?;
    let (mut given, mut family) = (String::new(), String::new());
    append(&text[..at], &mut given);
    append(&text[at..], &mut family);
    let known = is_known_given_name(&given) && !is_known_given_name(&family) && family.len() > 1;
    known.then(|| parts(&given, &family))
}

fn by_order(text: &str) -> WholeName {
    let mut folded = String::new();
    append(text, &mut folded);
    if missing::of_folded(&folded, true) {
        return WholeName::default();
    }
    let words = words::spelt_out(words::without_titles(without_suffix(&folded)));
    match words::and_between(&words) {
        Some(at) => of_couple(&words[..at], &words[at + 1..]),
        None => of_words(&words),
    }
}

/// "Paul et Céline Moreau", "Moreau Paul et Céline", "Paul Moreau et Mme Céline Dupuis".
fn of_couple(one: &[&str], other: &[&str]) -> WholeName {
    let titles = other.iter().take(other.len() - 1).take_while(|word| words::is_title(word)).count();
    let (one, other) = (one, &other[titles..]);
    let given_name = |word: &&str| is_known_given_name(word) && !OFTEN_FAMILY.contains(word);
    let (left, right) = match (one, other) {
        ([left], [right]) if given_name(left) && given_name(right) => {
            return WholeName { given: joined([*left, *right].into_iter()), ..WholeName::default() };
        }
        ([_, ..], [_]) if one.len() > 1 => (of_words(one), of_given(other)),
        ([_], [_, ..]) if other.len() > 1 => (of_given(one), of_words(other)),
        _ => (of_words(one), of_words(other)),
    };
    let both = |left: Option<&str>, right: Option<&str>| {
        joined(left.into_iter().chain(right.filter(|right| left != Some(right))))
    };
    WholeName {
        given: both(left.given.as_deref(), right.given.as_deref()),
        family: both(left.family.as_deref(), right.family.as_deref()),
        suffix: None,
    }
}

fn of_given(words: &[&str]) -> WholeName {
    WholeName { given: joined(words.iter().copied()), ..WholeName::default() }
}

fn of_words(words: &[&str]) -> WholeName {
    // "Durand Marie épouse Martin": what follows is one more family name.
    if let Some(joint) = words.iter().skip(2).position(|word| words::joins_names(word)).map(|place| place + 2)
        && joint + 1 < words.len()
    {
        let mut name = of_words(&words[..joint]);
        let more = family_of(words[joint..].iter().copied());
        name.family = joined(name.family.as_deref().into_iter().chain(more.as_deref()));
        return name;
    }
    let [first, .., last] = words else {
        return WholeName { family: family_of(words.iter().copied()), ..WholeName::default() };
    };
    if is_turned(first, last) {
        let given = words.iter().skip(1).rev().take_while(|word| is_further_given_name(word)).count();
        let (family, given) = words.split_at(words.len() - given);
        return WholeName {
            given: joined(given.iter().copied()),
            family: family_of(family.iter().copied()),
            suffix: None,
        };
    }
    let more = words[1..words.len() - 1].iter().take_while(|word| is_further_given_name(word)).count();
    let (given, family) = words.split_at(1 + more);
    WholeName {
        given: joined(given.iter().copied()),
        family: family_of(family.iter().copied()),
        suffix: None,
    }
}

fn parts(given: &str, family: &str) -> WholeName {
    let name = |folded: &str| !missing::of_folded(folded, true);
    WholeName {
        given: name(given).then(|| given_name(given)).flatten(),
        family: name(family).then(|| family_of(words::without_titles(family))).flatten(),
        suffix: None,
    }
}

/// Known given names and initials go on a given name.
fn is_further_given_name(word: &str) -> bool {
    let certain = !words::is_particle(word) && !OFTEN_FAMILY.contains(&word);
    certain && (word.len() == 1 || is_known_given_name(word))
}

/// Whether the order is family name first. "Martin Sophie" is, "Martin Michel" may be either and is taken as it stands.
fn is_turned(first: &str, last: &str) -> bool {
    // "A. Lucas", and "Dupont J." whose last word is an initial.
    if first.len() == 1 {
        return false;
    }
    if last.len() == 1 {
        return !is_known_given_name(first) || OFTEN_FAMILY.contains(&first);
    }
    if OFTEN_FAMILY.contains(&first) {
        return is_further_given_name(last) && !ALSO_FAMILY.contains(&last);
    }
    !is_known_given_name(first) && is_further_given_name(last)
}

/// Given names borne at least as often as family names.
const OFTEN_FAMILY: [&str; 16] = [
    "martin", "bernard", "thomas", "robert", "richard", "simon", "david", "bertrand", "vincent", "garnier",
    "james", "scott", "lewis", "grant", "gauthier", "owen",
];

/// Given names that are frequent family names too.
#[rustfmt::skip]
const ALSO_FAMILY: [&str; 36] = [
    "adam", "andre", "arnaud", "benoit", "charles", "clement", "daniel", "denis", "etienne", "francois", "george", "georges",
    "gerard", "gilbert", "guillaume", "henry", "jacques", "jean", "joseph", "julien", "laurent", "leon", "louis", "lucas",
    "marie", "mathieu", "michel", "noel", "olivier", "paul", "philippe", "pierre", "remy", "rene", "roger", "roy",
];

fn without_suffix(folded: &str) -> &str {
    match folded.rsplit_once(' ') {
        Some((name, last)) if words::suffix_of(last).is_some() => name,
        _ => folded,
    }
}

fn is_part_of_name(word: &str) -> bool {
    let mut folded = String::new();
    append(word, &mut folded);
    folded.chars().any(char::is_alphabetic) && !words::is_title(&folded) && !words::is_and(&folded)
}

fn is_lower_particle(word: &str) -> bool {
    word.chars().all(|letter| letter.is_lowercase() || letter == '\'')
        && words::is_particle(word.trim_end_matches('\''))
}

/// At least two letters, none of them small.
fn is_capitals(word: &str) -> bool {
    // "d'ARTAGNAN".
    let word = word
        .split_once(['\'', '’'])
        .map_or(word, |(before, after)| if before.len() == 1 { after } else { word });
    let letters = || word.chars().filter(|letter| letter.is_alphabetic());
    letters().nth(1).is_some() && letters().all(char::is_uppercase)
}
