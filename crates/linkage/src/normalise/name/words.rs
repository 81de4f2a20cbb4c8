//! Words of names that are not the name.

/// What is written after a family name to tell a person from a parent of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suffix {
    /// Jr, junior, fils.
    Junior,
    /// Sr, senior, père.
    Senior,
    /// II, 2nd.
    Second,
    /// III, 3rd.
    Third,
    /// IV, 4th.
    Fourth,
}

/// Suffix at the end of a family or whole name; `None` without.
///
/// ```
/// use linkage::normalise::{Suffix, suffix};
/// assert_eq!(suffix("Martin Luther King, Jr."), Some(Suffix::Junior));
/// assert_eq!(suffix("King"), None);
/// ```
#[must_use]
pub fn suffix(text: &str) -> Option<Suffix> {
    // A suffix is short: only the end of a long cell is folded.
    let text = super::cell::trimmed(text);
    let (_, last) = text.rsplit_once([' ', ',', '\t'])?;
    let mut folded = String::new();
    super::fold_into(last, &mut folded);
    suffix_of(&folded)
}

pub(super) fn suffix_of(word: &str) -> Option<Suffix> {
    match word {
        "jr" | "junior" | "fils" => Some(Suffix::Junior),
        "sr" | "senior" => Some(Suffix::Senior),
        "ii" | "2nd" => Some(Suffix::Second),
        "iii" | "3rd" => Some(Suffix::Third),
        "iv" | "4th" => Some(Suffix::Fourth),
        _ => None,
    }
}

/// Words of a folded name without the titles it begins with. The last word stays: "Me" or "Major" alone is a name.
pub(super) fn without_titles(folded: &str) -> impl Iterator<Item = &str> + Clone {
    let mut words = super::cell::words(folded).peekable();
    let mut left = folded.bytes().filter(|byte| *byte == b' ').count();
    // "M. et Mme Dupont".
    let mut before = "";
    while left > 0
        && let Some(word) = words.next_if(|word| is_title(word) || !before.is_empty() && is_and(word))
    {
        before = word;
        left -= 1;
    }
    words
}

/// The same of a folded given name: before another initial, "M" is one too ("M. C." for Marie Claire).
pub(super) fn without_titles_of_given(folded: &str) -> impl Iterator<Item = &str> + Clone {
    let without = without_titles(folded);
    let is_initial = |word: &str| word.chars().nth(1).is_none() && word.chars().all(char::is_alphabetic);
    let initials = without.clone().next().is_some_and(is_initial);
    // What was taken off ends before what is left.
    let left = without.clone().map(|word| word.len() + 1).sum::<usize>();
    let taken = folded.get(..(folded.len() + 1).saturating_sub(left)).unwrap_or_default();
    let is_m = initials && (taken == "m " || taken.ends_with(" m "));
    is_m.then_some("m").into_iter().chain(without)
}

pub(super) fn is_and(word: &str) -> bool {
    matches!(word, "et" | "and" | "ou" | "or" | "und")
}

/// Where one of two names ends and the other begins: "Paul et Céline".
pub(super) fn and_between(words: &[&str]) -> Option<usize> {
    let inner = words.get(1..words.len().checked_sub(1)?)?;
    inner.iter().position(|word| is_and(word)).map(|at| at + 1)
}

/// Words of a family name in their usual order, abbreviated particles spelt out: "Linden, v.d." is "van der Linden".
pub(super) fn with_particles_before<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut words: Vec<&str> = spelt_out(words);
    let behind = words.iter().rev().take_while(|word| is_behind(word) || is_particle(word)).count();
    let ends_so = words.last().is_some_and(|word| is_behind(word));
    if ends_so && behind < words.len() {
        words.rotate_right(behind);
    }
    if words.len() > 1
        && let Some(first) = words.first_mut()
        && *first == "v"
    {
        *first = "van";
    }
    words
}

/// "v.d." and "vd" are "van der".
pub(super) fn spelt_out<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for word in words {
        match (out.last_mut(), word) {
            (Some(before), "d" | "de" | "den" | "der") if *before == "v" => {
                *before = "van";
                out.push(if word == "d" { "der" } else { word });
            }
            (_, "vd") => out.extend(["van", "der"]),
            _ => out.push(word),
        }
    }
    out
}

/// Particles that lists write after the name they begin: "Veen, van".
fn is_behind(word: &str) -> bool {
    matches!(
        word,
        "d" | "de"
            | "den"
            | "der"
            | "des"
            | "du"
            | "ten"
            | "ter"
            | "v"
            | "van"
            | "vander"
            | "vom"
            | "von"
            | "zu"
    )
}

/// How many words at the end of a given name are particles of the family name: "Linden, Jan van der".
pub(super) fn particles_behind(words: &[&str]) -> usize {
    match words.last() {
        Some(last) if is_behind(last) && last.len() > 1 => {
            words.iter().rev().take_while(|word| is_particle(word) || is_behind(word)).count()
        }
        _ => 0,
    }
}

/// A family name without the particles it begins with, if at least three letters are left: "brink" of "vandenbrink".
pub(super) fn without_particles(name: &str) -> Option<&str> {
    let longest = name.len().saturating_sub(3).min(9);
    let end = (2..=longest).rev().find(|&end| name.get(..end).is_some_and(are_particles))?;
    name.get(end..)
}

/// Whether letters are nothing but particles: "vanden" of "vandenbrink".
pub(super) fn are_particles(letters: &str) -> bool {
    letters.is_ascii()
        && letters.len() <= 9
        && (2..=letters.len()).any(|end| {
            let (one, rest) = letters.split_at(end);
            is_particle(one) && (rest.is_empty() || are_particles(rest))
        })
}

/// Titles and forms of address, folded.
#[rustfmt::skip]
pub(super) fn is_title(word: &str) -> bool {
    matches!(word,
        "baron" | "baronne" | "capitaine" | "captain" | "colonel" | "comte" | "comtesse" | "dame"
            | "docteur" | "doctor" | "dr" | "dre" | "general" | "herr" | "lady" | "lord" | "m" | "madame"
            | "mademoiselle" | "maitre" | "major" | "marquis" | "marquise" | "master" | "me" | "melle"
            | "messieurs" | "mgr" | "mister" | "mle" | "mlle" | "mm" | "mme" | "mmes" | "monseigneur"
            | "monsieur" | "mr" | "mrs" | "ms" | "mx" | "pere" | "pr" | "prof" | "professeur" | "professor"
            | "rev" | "reverend" | "sieur" | "sir" | "soeur" | "sr" | "veuve" | "vve")
}

/// Words between two family names of one person: born, spouse of, widow of, alias.
#[rustfmt::skip]
pub(super) fn joins_names(word: &str) -> bool {
    matches!(word,
        "alias" | "born" | "dit" | "dite" | "ep" | "epouse" | "epoux" | "ne" | "nee" | "veuve" | "vve")
}

/// Particles, written with the name they begin or apart from it.
#[rustfmt::skip]
pub(super) fn is_particle(word: &str) -> bool {
    matches!(word,
        "abd" | "abdel" | "abou" | "abu" | "al" | "am" | "auf" | "ben" | "bin" | "d" | "da" | "dal" | "das"
            | "de" | "degli" | "dei" | "del" | "della" | "den" | "der" | "des" | "di" | "do" | "dos" | "du"
            | "el" | "fitz" | "ibn" | "l" | "la" | "las" | "le" | "les" | "lo" | "los" | "mac" | "mc" | "o"
            | "ould" | "ter" | "ten" | "van" | "vander" | "vom" | "von" | "zu" | "zum" | "zur")
}
